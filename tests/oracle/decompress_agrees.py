# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds an export against the Python package compressed-tensors: decompress_agrees.py FOLDER SOURCE

1. Decompressed by the package, every quantized weight equals code x scale computed with numpy.
2. Codes and scales of a folder that was only rounded (--rounded) equal the package's own quantize() on fp32 weights with the stored scales,
   and the stored scales equal the package's calculate_qparams() on the source's dtype.
Prints one JSON line; exit code 1 when something differs.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from compressed_tensors.compressors import BaseCompressor
from compressed_tensors.quantization import QuantizationArgs, QuantizationScheme
from compressed_tensors.quantization.lifecycle.forward import quantize
from compressed_tensors.quantization.utils import calculate_qparams
from safetensors import safe_open


def tensors_of(folder):
    out = {}
    for file in sorted(Path(folder).glob("*.safetensors")):
        with safe_open(file, "pt") as handle:
            for name in handle.keys():
                out[name] = handle.get_tensor(name)
    return out


def decompressed_by_package(weight, scale, scheme, format_name):
    compressor = BaseCompressor.load_from_registry(format_name)
    state = {"weight": weight, "weight_scale": scale}
    return compressor.decompress(state, scheme)["weight"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("source")
    parser.add_argument("--rounded", action="store_true")
    arguments = parser.parse_args()

    config = json.loads((Path(arguments.folder) / "config.json").read_text())["quantization_config"]
    (group,) = config["config_groups"].values()
    args = QuantizationArgs(**group["weights"])
    scheme = QuantizationScheme(targets=group["targets"], weights=args, input_activations=QuantizationArgs(**group["input_activations"]))
    exported, source = tensors_of(arguments.folder), tensors_of(arguments.source)

    result = {"matrices": 0, "decompressed": 0, "scales": 0, "codes": 0, "unchanged": 0}
    for name, tensor in exported.items():
        if not name.endswith(".weight_scale"):
            if name in source and name.removesuffix("weight") + "weight_scale" not in exported:
                result["unchanged"] += int(torch.equal(tensor, source[name]))
            continue
        weight_name = name.removesuffix("_scale")
        weight, original = exported[weight_name], source[weight_name]
        result["matrices"] += 1
        # One product in fp32, rounded once to the scale's dtype: what bf16 arithmetic means.
        numbers = weight.to(torch.float32).numpy() * tensor.to(torch.float32).numpy()
        expected = torch.from_numpy(np.ascontiguousarray(numbers)).to(tensor.dtype)
        result["decompressed"] += int(torch.equal(decompressed_by_package(weight, tensor, scheme, config["format"]), expected))
        if arguments.rounded:
            low, high = original.amin(dim=1, keepdim=True), original.amax(dim=1, keepdim=True)
            scale, zero = calculate_qparams(low, high, args)
            result["scales"] += int(torch.equal(scale, tensor))
            codes = quantize(original.to(torch.float32), tensor.to(torch.float32), torch.zeros_like(zero), args, dtype=weight.dtype)
            result["codes"] += int(torch.equal(codes.view(torch.int8), weight.view(torch.int8)))
    kept = len(exported) - 2 * result["matrices"]
    wanted = ["decompressed"] + (["scales", "codes"] if arguments.rounded else [])
    ok = result["matrices"] > 0 and all(result[key] == result["matrices"] for key in wanted)
    if arguments.rounded:
        ok = ok and result["unchanged"] == kept
    print(json.dumps({"ok": ok, "kept": kept, **result}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
