#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""llm_compressor_agrees.py CLI MODEL TEXT [SCHEME ...]: octavo-cli against llm-compressor on the same model, the same token ids and the same options.

  rounded    every scheme on a random Llama, rounded to nearest by both: every tensor and the quantization_config of the export are the same
  verify     `octavo-cli verify` passes llm-compressor's own export of every scheme
  solved     GPTQ (damping 1 %, blocks of 128, static order) of every scheme: 99.9 % of the codes, the error within 0.1 %; scales of inputs within 1e-3
  smoothing  SmoothQuant 0.5 of the norms: scales within 1e-3; and GPTQ after it, as above
The last two also on the first layers of MODEL, with TEXT as data. Both tools calibrate a matrix on what the unquantized model feeds it
(propagate_error=False there, the other matrices ignored here), because the greedy solve is chaotic: where two machines' float32 sums differ by one
bit a code may fall on the other side of a border, and all that follows in its row, and in the layers after it, is another solution as good as the first.
How far that goes in a whole run is measured as `sequential`, beside llm-compressor against itself with the rows in another order.
With names of schemes only those. Ends with 0 when all agree, else with 1."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# One order of float32 sums on every CPU, for both: what MKL chooses by itself decides codes that lie on a border.
os.environ["MKL_CBWR"] = "AVX2"
import torch
from compressed_tensors.quantization import QuantizationConfig, preset_name_to_scheme
from llmcompressor.modifiers.gptq import GPTQModifier
from llmcompressor.modifiers.quantization import QuantizationModifier
from llmcompressor.modifiers.smoothquant import SmoothQuantModifier
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig

import tiny_models
from llm_compressor import compress
from results import Results

# llm-compressor multiplies float32 numbers; so does octavo-cli then.
os.environ["OCTAVO_FLOAT32_PRODUCTS"] = "1"
CODES, LOSS, SCALES = 0.999, 1e-3, 1e-3
WITHOUT_DATA = ("FP8_DYNAMIC", "FP8_BLOCK", "W4A16", "W4A16_ASYM", "W8A8", "W8A16", "W4A8", "W4AFP8", "NVFP4A16", "MXFP4", "MXFP4A16", "MXFP8", "MXFP8A16",
                "W2A16", "W3A16", "W5A16", "W6A16", "W7A16")
STATIC = ("FP8", "NVFP4")
STAGES = {"q_proj k_proj v_proj": "self_attn", "o_proj": "self_attn", "gate_proj up_proj": "mlp", "down_proj": "mlp"}
PLAIN = ["--scales", "minmax", "--shrinkage", "0", "--no-quantize-activations", "--device", "cpu", "--threads", "1"]


def random_model(folder):
    """A Llama whose sizes every group divides, with ordinary weights and norms with outliers."""
    config = LlamaConfig(**tiny_models.sizes(hidden_size=256, intermediate_size=384, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
                                             vocab_size=480))
    tiny_models.write(config, folder)
    generator = torch.Generator().manual_seed(11)
    tensors = {}
    for name, tensor in load_file(folder / "model.safetensors").items():
        random = torch.randn(tensor.shape, generator=generator)
        tensors[name] = 1 + 4 * random.pow(4) / 100 if tensor.dim() == 1 else random * 0.08
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    for name in ("tokenizer.json", "tokenizer_config.json"):  # llm-compressor asks for a tokenizer
        shutil.copy(pathlib.Path(__file__).parent.parent / "text" / "tiny" / name, folder)
    return torch.randint(480, (32, 96), generator=generator).tolist()


def first_layers(sample, text, folder, layers):
    """The sample model cut after some layers, in float32, so that both tools compute and store the same numbers."""
    model = AutoModelForCausalLM.from_pretrained(sample, dtype=torch.float32, num_hidden_layers=layers)
    model.save_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(sample)
    tokenizer.save_pretrained(folder)
    ids = tokenizer(pathlib.Path(text).read_text(encoding="utf-8"), add_special_tokens=False)["input_ids"]
    return [ids[at:at + 128] for at in range(0, 24 * 128, 128)]


def run(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}: {done.stderr}{done.stdout}")
    return done.stdout


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(each) for key, each in value.items() if each is not None and each != {}}
    return value


def same_config(ours, theirs):
    """What the package reads out of both, keys of value null removed. Its version and, as Octavo writes the format of a group only where a model
    mixes several, the group's format are taken out."""
    def read(folder):
        config = json.loads((folder / "config.json").read_text())
        quantization = without_nulls(json.loads(QuantizationConfig.model_validate(config.pop("quantization_config")).model_dump_json()))
        quantization.pop("version", None)
        for group in quantization["config_groups"].values():
            group.pop("format", None)
        return quantization, config
    return read(ours) == read(theirs)


def different_tensors(ours, theirs):
    a, b = load_file(ours / "model.safetensors"), load_file(theirs / "model.safetensors")
    wrong = sorted(a.keys() ^ b.keys())
    for name in a.keys() & b.keys():
        as_bytes = lambda tensor: tensor.contiguous().flatten().view(torch.uint8)
        if a[name].shape != b[name].shape or a[name].dtype != b[name].dtype or not torch.equal(as_bytes(a[name]), as_bytes(b[name])):
            wrong.append(name)
    return wrong


class Judge:
    def __init__(self, cli, folder, rows, results, name):
        self.cli, self.folder, self.rows, self.results, self.name = cli, folder, rows, results, name
        self.model, self.ids = folder / "model", folder / "ids.json"
        self.ids.write_text(json.dumps(rows))
        self.ok = True

    def note(self, check, scheme, ok, text):
        self.ok &= ok
        print(f"{self.name:7} {check:10} {scheme:24} {text}{'' if ok else '   DIFFERS'}", flush=True)
        self.results.add(check="llm-compressor " + check, scheme=scheme, model=self.name, ok=ok, text=text)

    def quantize(self, scheme, *options):
        out = self.folder / "ours"
        answer = run([self.cli, "quantize", self.model, "--output", out, "--overwrite", "--scheme", scheme, "--calibration-ids", self.ids,
                      "--run-directory", self.folder / "run", "--json", *PLAIN, *options])
        shutil.rmtree(self.folder / "run")
        return out, {layer["name"]: layer for layer in json.loads(answer)["layers"]}

    def compress(self, recipe, scheme, **options):
        out = self.folder / "theirs"
        shutil.rmtree(out, ignore_errors=True)
        # Its own choice for this scheme, int-quantized, is one that vLLM does not load.
        solved, _ = compress(self.model, recipe, out=out, quantization_format="pack-quantized" if scheme == "W4AFP8" else None, **options)
        return out, solved

    def rounded(self, scheme):
        theirs, _ = self.compress(QuantizationModifier(targets="Linear", scheme=scheme, ignore=["lm_head"]), scheme)
        ours, _ = self.quantize(scheme, "--smoothing", "off", "--solver", "rtn")
        wrong, config = different_tensors(ours, theirs), same_config(ours, theirs)
        self.note("rounded", scheme, not wrong and config, f"{len(wrong)} tensors differ {wrong[:3]}, configuration {'equal' if config else 'differs'}")
        self.verify(scheme, theirs)

    def verify(self, scheme, folder):
        done = subprocess.run([str(self.cli), "verify", str(folder), "--json"], capture_output=True, text=True, check=False)
        bad = [f"{check['id']}: {check['message']}" for check in json.loads(done.stdout)["checks"] if check["status"] == "fail"]
        self.note("verify", scheme, done.returncode == 0, f"{len(bad)} of its checks fail {bad[:3]}")

    def solved(self, scheme, args=None, smoothing=False, group_size=None):
        """All stages of the last layer, each by itself."""
        recipe = [GPTQModifier(targets="Linear", ignore=["lm_head"], **({"config_groups": {"group_0": args}} if args else {"scheme": scheme}))]
        if smoothing:
            recipe.insert(0, SmoothQuantModifier(smoothing_strength=0.5))
        theirs, solved = self.compress(recipe, scheme, rows=self.rows, propagate_error=False)
        label = scheme + (f" groups of {group_size}" if group_size else "") + (" smoothed" if smoothing else "")
        self.verify(label, theirs)
        expected = load_file(theirs / "model.safetensors")
        same = total = 0
        loss = scales = 0.0
        last = max(int(re.search(r"layers\.(\d+)\.", name)[1]) for name in solved)
        for roles, parent in STAGES.items():
            if smoothing and roles in ("o_proj", "down_proj"):
                continue  # llm-compressor smooths norms only; Octavo would quantize these by themselves just the same
            names = [f"model.layers.{last}.{parent}.{role}" for role in roles.split()]
            others = "re:(?!" + "|".join(re.escape(name) for name in names) + ").*"
            options = ["--solver", "gptq", "--act-order", "--ignore", others]
            options += ["--smoothing", "0.5", "--no-smooth-down", "--no-smooth-value-output"] if smoothing else ["--smoothing", "off"]
            options += ["--group-size", group_size] if group_size else []
            ours, layers = self.quantize(scheme, *options)
            found = load_file(ours / "model.safetensors")
            for name in names:
                codes = "weight_packed" if name + ".weight_packed" in found else "weight"
                a, b = codes_of(found[f"{name}.{codes}"], scheme), codes_of(expected[f"{name}.{codes}"], scheme)
                same += (a == b).sum().item()
                total += a.numel()
                error = solved[name].relative_error(solved[name].quantized)
                loss = max(loss, abs(layers[name]["relative_error"] / error - 1))
                for key in found:
                    if key.startswith(name + ".") and key.endswith(("_scale", "_zero_point")):
                        scales = max(scales, (found[key].float() - expected[key].float()).abs().max().item() / expected[key].float().abs().max().clamp_min(1e-30).item())
        ok = same >= CODES * total and loss <= LOSS and scales <= SCALES
        self.note("solved", label, ok, f"{100 * same / total:.3f} % of {total} codes, loss within {100 * loss:.4f} %, scales within {scales:.1e}")

    def smoothing(self):
        """Both groups of every layer, each with all other matrices in 16 bit."""
        _, model = compress(self.model, SmoothQuantModifier(smoothing_strength=0.5), rows=self.rows)
        expected, before, worst = model.state_dict(), load_file(self.model / "model.safetensors"), 0.0
        for layer in range(model.config.num_hidden_layers):
            for parent, norm in (("self_attn.(q|k|v)", "input_layernorm"), ("mlp.(gate|up)", "post_attention_layernorm")):
                others = "re:(?!model.layers.%d.%s_proj).*" % (layer, parent)
                ours, _ = self.quantize("W8A8", "--solver", "rtn", "--smoothing", "0.5", "--no-smooth-down", "--no-smooth-value-output", "--ignore", others)
                name = f"model.layers.{layer}.{norm}.weight"
                scale, theirs = before[name] / load_file(ours / "model.safetensors")[name], before[name] / expected[name]
                worst = max(worst, (scale / theirs - 1).abs().max().item())
        self.note("smoothing", "SmoothQuant 0.5", worst <= SCALES, f"scales of {2 * model.config.num_hidden_layers} groups within {worst:.1e}")

    def sequential(self, scheme):
        """A whole run: every matrix calibrated after those before it were quantized. The codes may differ twice as often as those of two runs of
        llm-compressor do."""
        recipe = lambda: GPTQModifier(targets="Linear", scheme=scheme, ignore=["lm_head"])
        _, one = self.compress(recipe(), scheme, rows=self.rows, sequential_targets=["Linear"])
        first = load_file(self.folder / "theirs" / "model.safetensors")
        self.compress(recipe(), scheme, rows=self.rows[::-1], sequential_targets=["Linear"])
        second = load_file(self.folder / "theirs" / "model.safetensors")
        ours, layers = self.quantize(scheme, "--solver", "gptq", "--act-order", "--smoothing", "off")
        found = load_file(ours / "model.safetensors")
        names = [f"{name}.weight" for name in one]
        share = lambda other: 100 * sum((first[name] == other[name]).sum().item() for name in names) / sum(first[name].numel() for name in names)
        loss = [layers[name]["relative_error"] / solved.relative_error(solved.quantized) - 1 for name, solved in one.items()]
        # Two solutions of one problem: on average as good as each other, whatever their codes.
        mean = sum(loss) / len(loss)
        self.note("sequential", scheme, abs(mean) <= LOSS and 100 - share(found) <= 2 * (100 - share(second)),
                  f"{share(found):.2f} % of the codes, itself with the rows reversed {share(second):.2f} %; mean loss within {100 * abs(mean):.4f} %")


def codes_of(tensor, scheme):
    """One element per code."""
    if tensor.dtype == torch.int32:  # a little-endian stream of bits along the row
        bits = int(re.match(r"W(\d)", scheme)[1])
        stream = (tensor.unsqueeze(-1) >> torch.arange(32)) & 1
        stream = stream.flatten(1)
        return stream[:, :stream.shape[1] // bits * bits].unflatten(1, (-1, bits)).mul(1 << torch.arange(bits)).sum(-1)
    if tensor.dtype == torch.uint8:  # E2M1; llm-compressor's solver loses the sign of zeros, which are the code 8
        codes = torch.stack([tensor & 15, tensor >> 4], -1).flatten(1)
        return codes.masked_fill(codes == 8, 0)
    return tensor.view(torch.int8) if tensor.element_size() == 1 else tensor


def grouped(scheme, size):
    args = json.loads(preset_name_to_scheme(scheme, ["Linear"]).model_dump_json())
    args["weights"]["group_size"] = size
    return args


def judge_random(judge, chosen):
    for scheme in filter(chosen, WITHOUT_DATA):
        judge.rounded(scheme)
    for scheme in filter(chosen, (*WITHOUT_DATA, *STATIC)):
        judge.solved(scheme)


def judge_sample(judge, chosen):
    if chosen("W4A16"):
        judge.solved("W4A16", grouped("W4A16", 64), group_size=64)
    if chosen("W8A8"):
        judge.solved("W8A8")


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    cli, sample, text, *only = sys.argv[1:]
    chosen = lambda scheme: not only or scheme in only
    results, ok = Results("llm_compressor", keep=bool(only)), True
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("random", "sample"):
            folder = pathlib.Path(scratch) / name
            folder.mkdir()
            rows = random_model(folder / "model") if name == "random" else first_layers(sample, text, folder / "model", 2)
            judge = Judge(cli, folder, rows, results, name)
            (judge_random if name == "random" else judge_sample)(judge, chosen)
            if chosen("W8A8"):
                judge.solved("W8A8", smoothing=True)
                judge.smoothing()
                judge.sequential("W8A8")
            ok &= judge.ok
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
