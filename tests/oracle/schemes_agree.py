#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""schemes_agree.py CLI TOOL: every scheme of octavo-cli against the Python package compressed-tensors, on matrices that are hard to round.

A model of random, denormal, all-zero, one-outlier, extreme and mixed matrices, in bfloat16 and in float32, is rounded to nearest by CLI. Then, bit for bit:
  scales    the stored scales, zero points and global scales are those of the package's calculate_qparams() and generate_gparam() in the model's dtype
  codes     the stored codes are those of the package's compress() on the float32 weights with these scales
  values    the package's decompress() gives what TOOL (octavo-dequantize) gives, rounded to the package's dtype
  config    the package's QuantizationConfig of the preset, keys of value null removed
Ends with 0 when all agree, else with 1."""
import json
import pathlib
import subprocess
import sys
import tempfile

import torch
from compressed_tensors.compressors import BaseCompressor
from compressed_tensors.quantization import QuantizationArgs, QuantizationScheme, preset_name_to_scheme
from compressed_tensors.quantization.lifecycle.forward import dequantize
from compressed_tensors.quantization.utils import calculate_qparams, generate_gparam
from safetensors.torch import load_file, save_file

ROWS, COLUMNS = 256, 384
SCHEMES = {name: [] for name in ("FP8_DYNAMIC", "FP8_BLOCK", "W4A16_ASYM", "W8A8", "W8A16", "W4A8", "W4AFP8", "NVFP4A16", "MXFP4", "MXFP4A16", "MXFP8", "MXFP8A16",
                                 "W2A16", "W3A16", "W5A16", "W6A16", "W7A16")}
SCHEMES |= {f"W4A16 {size}": ["--group-size", size] for size in ("128", "64", "32", "channel")}
SCHEMES["W4A16_ASYM channel"] = ["--group-size", "channel"]


def matrices():
    generator = torch.Generator().manual_seed(1)
    normal = lambda: torch.randn(ROWS, COLUMNS, generator=generator)
    outlier = normal() * 0.02
    outlier[17, 33] = 100
    exponents = torch.randint(-120, 120, (ROWS, COLUMNS), generator=generator).float()
    mixed = normal() * torch.exp(4 * normal())
    mixed[:, ::3] = 0
    mixed[5] = 0
    one_sided = normal().abs() * 0.1
    one_sided[ROWS // 2:] *= -1
    return {"random": normal() * 0.05, "denormal": normal() * 1e-39, "tiny": normal() * 1e-36, "zero": torch.zeros(ROWS, COLUMNS), "outlier": outlier,
            "extreme": torch.sign(normal()) * torch.exp2(exponents), "mixed": mixed, "one-sided": one_sided}


def write_model(folder, weights, dtype):
    folder.mkdir()
    tensors = {f"model.layers.{i}.mlp.down_proj.weight": weight.to(dtype) for i, weight in enumerate(weights.values())}
    tensors["model.embed_tokens.weight"] = torch.zeros(8, COLUMNS, dtype=dtype)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    # An architecture that nobody knows: matrices are found by their names.
    (folder / "config.json").write_text(json.dumps({"architectures": ["HardToRoundForCausalLM"], "model_type": "hard", "vocab_size": 8, "tie_word_embeddings": True}))


def run(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}: {done.stderr}{done.stdout}")


def expected_scales(weight, args):
    """Scale, zero point and global scale as the package's observers find them."""
    strategy = str(args.strategy.value if hasattr(args.strategy, "value") else args.strategy)
    if strategy == "channel":
        cells = weight.unsqueeze(1)
    elif strategy in ("group", "tensor_group"):
        cells = weight.unflatten(-1, (-1, args.group_size))
    elif strategy == "block":
        high, wide = args.block_structure
        cells = weight.unflatten(0, (-1, high)).unflatten(-1, (-1, wide)).transpose(1, 2).flatten(2)
    else:
        cells = weight.reshape(1, 1, -1)
    low, high = cells.amin(-1), cells.amax(-1)
    gparam = generate_gparam(weight.min(), weight.max()) if strategy == "tensor_group" else None
    scale, zero = calculate_qparams(low, high, args, global_scale=gparam)
    return scale, zero, gparam


def same(a, b):
    as_bytes = lambda each: each.contiguous().flatten().view(torch.uint8)
    return a.shape == b.shape and torch.equal(as_bytes(a), as_bytes(b))


def check_matrix(stored, weight, scheme, compressor, own):
    args = scheme.weights
    scale, zero, gparam = expected_scales(weight, args)
    found = {"scales": True}
    # Scales as the package keeps them before they are packed.
    state = {"weight": weight.float(), "weight_scale": scale.float()}
    if gparam is not None:
        state["weight_global_scale"] = gparam
        found["scales"] = same(stored["weight_global_scale"], gparam)
    if not args.symmetric:
        state["weight_zero_point"] = zero
    packed = compressor.compress(dict(state), scheme)
    plain = stored["weight_scale"].dtype in (torch.bfloat16, torch.float16, torch.float32)
    found["scales"] &= same(stored["weight_scale"], scale if plain else packed["weight_scale"])
    codes = "weight_packed" if "weight_packed" in stored else "weight"
    found["codes"] = same(stored[codes], packed[codes])
    for name in ("weight_zero_point", "weight_shape"):
        if name in packed or name in stored:
            found["scales"] &= name in packed and name in stored and same(stored[name], packed[name])
    if args.block_structure is not None:
        values = dequantize(stored["weight"], stored["weight_scale"], args=args)
    else:
        values = compressor.decompress(dict(stored), scheme)["weight"]
    found["values"] = bool(torch.equal(values, own.to(values.dtype)))
    return found


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(each) for key, each in value.items() if each is not None and each != {}}
    return value


def expected_config(scheme, config):
    """The group as the package dumps it. Octavo leaves out what says nothing: an observer's default for dynamic inputs, the type of zero points."""
    group = without_nulls(json.loads(scheme.model_dump_json()))
    for args in (group["weights"], group.get("input_activations", {})):
        args.pop("zp_dtype", None)
    group["weights"].setdefault("observer", "memoryless_minmax")
    group.pop("format", None)
    group["targets"] = ["Linear"]
    return group


def check_scheme(cli, tool, label, options, weights, dtype, scratch):
    name = label.split()[0]
    folder, out = scratch / "model", scratch / "out"
    run([cli, "quantize", folder, "--output", out, "--overwrite", "--scheme", name, "--smoothing", "off", "--solver", "rtn", "--scales", "minmax", "--device", "cpu",
         "--run-directory", scratch / f"run {label}", *options])
    run([tool, out, scratch / "own.safetensors"])
    config = json.loads((out / "config.json").read_text())["quantization_config"]
    (group,) = config["config_groups"].values()
    scheme = QuantizationScheme(targets=["Linear"], weights=QuantizationArgs(**group["weights"]),
                                input_activations=QuantizationArgs(**group["input_activations"]) if group["input_activations"] else None, format=config["format"])
    compressor = BaseCompressor.get_value_from_registry(config["format"])
    exported, own = load_file(out / "model.safetensors"), load_file(scratch / "own.safetensors")
    wrong = []
    for i, (kind, weight) in enumerate(weights.items()):
        prefix = f"model.layers.{i}.mlp.down_proj."
        stored = {key.removeprefix(prefix): value for key, value in exported.items() if key.startswith(prefix)}
        found = check_matrix(stored, weight.to(dtype), scheme, compressor, own[prefix + "weight"])
        wrong += [f"{kind} {what}" for what, ok in found.items() if not ok]
    if not options and without_nulls(group) != expected_config(preset_name_to_scheme(name, ["Linear"]), config):
        wrong.append("config")
    print(f"{label:20} {str(dtype).removeprefix('torch.'):9} {config['format']:22} {'agrees' if not wrong else 'DIFFERS: ' + ', '.join(wrong)}")
    return not wrong


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    cli, tool = sys.argv[1:]
    weights, ok = matrices(), True
    for dtype in (torch.bfloat16, torch.float32):
        with tempfile.TemporaryDirectory() as scratch:
            write_model(pathlib.Path(scratch) / "model", weights, dtype)
            for label, options in SCHEMES.items():
                ok &= check_scheme(cli, tool, label, options, weights, dtype, pathlib.Path(scratch))
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
