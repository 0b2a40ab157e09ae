#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kv_cache_agrees.py CLI: the calibrated scales of the KV cache against llm-compressor's, on the same token ids, and against what transformers caches.

Tiny random float32 models get an FP8 KV cache and nothing else, with one scale per layer and with one per head. k_scale and v_scale must be there for every
layer, of the same shapes; they must agree to 1e-5 with absmax / 448 of the keys and values in transformers' own cache, and to 1e-3 with llm-compressor's;
kv_cache_scheme must say the same once keys of value null are removed. The observer of the package is static_minmax: its default forgets all but the last batch.
Where llm-compressor itself does not agree with transformers (0.14 on Phi-3 and Starcoder2: behind the first layer its pipeline computes something else), that is
said and must be so: when it changes, the exception goes.
Ends with 0 when all agree, else with 1."""
import json
import pathlib
import subprocess
import sys
import tempfile

import torch
from datasets import Dataset
from llmcompressor import oneshot
from llmcompressor.modifiers.quantization import QuantizationModifier
from loguru import logger
from safetensors.torch import load_file
from transformers import DynamicCache, PreTrainedTokenizerFast, logging

import tiny_models

ROWS, TOKENS, TOLERANCE, EXACT = 12, 24, 1e-3, 1e-5
PACKAGE_DIFFERS = ("phi3", "starcoder2")
MODELS = ("llama, 9 heads on 3", "llama, attention_bias", "qwen3", "phi3", "gemma3", "starcoder2")
TOKENIZER = pathlib.Path(__file__).parent.parent / "text/tiny/tokenizer.json"  # of no use but that the package insists on one
STRATEGIES = {"fp8": "tensor", "fp8-per-head": "attn_head"}


def without_nulls(value):
    return {key: each for key, each in value.items() if each not in (None, {})}


def reference(folder, out, rows, strategy):
    model = tiny_models.load(folder)
    args = {"num_bits": 8, "type": "float", "strategy": strategy, "dynamic": False, "symmetric": True, "observer": "static_minmax"}
    data = Dataset.from_dict({"input_ids": rows, "attention_mask": [[1] * TOKENS] * ROWS})
    oneshot(model=model, recipe=[QuantizationModifier(targets=[], kv_cache_scheme=args)], dataset=data, max_seq_length=TOKENS, num_calibration_samples=ROWS,
            processor=PreTrainedTokenizerFast(tokenizer_file=str(TOKENIZER), pad_token="</s>"))
    model.save_pretrained(out)


def cached(folder, rows, strategy):
    """absmax / 448 of what transformers keeps of the rows"""
    model, out = tiny_models.load(folder), {}
    cache = DynamicCache()  # without a configuration it forgets nothing, windows or not
    with torch.no_grad():
        model(torch.tensor(rows), past_key_values=cache, use_cache=True)
    for number, layer in enumerate(cache.layers):
        for name, values in (("k", layer.keys), ("v", layer.values)):
            largest = values.abs().amax(dim=(0, 2, 3)) / 448
            out[f"model.layers.{number}.self_attn.{name}_scale"] = largest.max().reshape(1) if strategy == "tensor" else largest.reshape(-1, 1, 1)
    return out


def largest_difference(own, other):
    return max(((own[name] - other[name]).abs() / other[name]).max().item() for name in own)


def scales(folder):
    return {name: value for name, value in load_file(folder / "model.safetensors").items() if name.endswith(("k_scale", "v_scale"))}


def scheme(folder):
    return without_nulls(json.loads((folder / "config.json").read_text())["quantization_config"]["kv_cache_scheme"])


def compare(cli, name, kind, arguments, option, strategy):
    config = tiny_models.configuration(kind, arguments)
    generator = torch.Generator().manual_seed(3)
    rows = torch.randint(config.vocab_size, (ROWS, TOKENS), generator=generator).tolist()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        tiny_models.write(config, folder / "model")
        (folder / "ids.json").write_text(json.dumps(rows))
        command = [cli, "quantize", folder / "model", "--output", folder / "own", "--scheme", "FP8_DYNAMIC", "--ignore", "Linear", "--kv-cache", option,
                   "--calibration-ids", folder / "ids.json", "--run-directory", folder / "run", "--device", "cpu"]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{name:24} {option:14} octavo-cli ended with {done.returncode}: {done.stderr.strip()}")
            return False
        reference(folder / "model", folder / "reference", rows, strategy)
        own, expected = scales(folder / "own"), scales(folder / "reference")
        truth = cached(folder / "model", rows, strategy)
        shapes = [{name: list(value.shape) for name, value in each.items()} for each in (own, expected, truth)]
        if not shapes[0] == shapes[1] == shapes[2]:
            print(f"{name:24} {option:14} names or shapes DIFFER: {shapes}")
            return False
        from_truth, from_package = largest_difference(own, truth), largest_difference(own, expected)
        wrong = [] if from_truth <= EXACT else ["transformers' cache"]
        if (from_package > TOLERANCE) != (name in PACKAGE_DIFFERS):
            wrong.append("llm-compressor")
        if scheme(folder / "own") != scheme(folder / "reference"):
            wrong.append(f"config: {scheme(folder / 'own')}, {scheme(folder / 'reference')}")
    print(f"{name:24} {option:14} {len(own)} scales, largest difference from transformers {from_truth:.1e}, from llm-compressor {from_package:.1e}{'' if not wrong else '   DIFFERS: ' + '; '.join(wrong)}")
    return not wrong


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    logging.disable_progress_bar()
    logger.disable("llmcompressor")
    torch.set_num_threads(2)
    chosen = {name: (kind, arguments) for name, kind, arguments, _ in tiny_models.dense_variants() if name in MODELS}
    results = [compare(sys.argv[1], name, *chosen[name], option, strategy) for name in MODELS for option, strategy in STRATEGIES.items()]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
