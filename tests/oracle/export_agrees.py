#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""export_agrees.py CLI TOOL: what octavo-cli exports, read by transformers with compressed-tensors, gives the logits that the engine gives.

Tiny random float32 models are quantized by CLI with smoothing and solve (W8A8; static activations too, with and without zero point) or rounding (FP8_DYNAMIC;
FP8 with its static activations clipped at a percentile); the folder's logits by TOOL
(octavo-logits) are held against transformers' forward, in which compressed-tensors quantizes the activations. Both round activations to a
grid, so a value on the border between two steps may fall on either side, which moves the logits of its row. With W8A8 that is common: the scale is
absmax / 127.5, so where the largest value is negative it lies at -127.5, on the border itself. Of 48 short rows two in five (FP8: four in five) must
agree to 1e-5 of the range, and all to 3 %. With activations left alone no row does, which is checked too.
Ends with 0 when all agree, else with 1."""
import json
import pathlib
import subprocess
import sys
import tempfile

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, LlamaConfig, Qwen2Config, logging

import tiny_models
from tiny_models import sizes

ROWS, TOKENS = 48, 5
SAME, LARGEST = 1e-5, 0.03
SCHEMES = {"W8A8": [], "FP8_DYNAMIC": [], "W8A8 static": ["--activations", "static"], "W8A8 asymmetric": ["--activations", "static-asymmetric"],
           "FP8": ["--activation-percentile", "99.9"]}
SHARE = {"W8A8": 0.4, "FP8_DYNAMIC": 0.8, "W8A8 static": 0.4, "W8A8 asymmetric": 0.4, "FP8": 0.8}  # of the rows

MODELS = {
    "llama, grouped, biases": LlamaConfig(**sizes(num_key_value_heads=2, attention_bias=True, mlp_bias=True)),
    "llama, tied, head_dim 20": LlamaConfig(**sizes(head_dim=20, tie_word_embeddings=True)),
    "qwen2": Qwen2Config(**sizes(num_key_value_heads=3)),
}


def run(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr}")


def reference_logits(folder, rows, activations):
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    if not activations:
        for module in model.modules():
            scheme = getattr(module, "quantization_scheme", None)
            if scheme is not None:
                scheme.input_activations = None
    with torch.no_grad():
        return torch.cat([model(torch.tensor([row])).logits[0] for row in rows]).float()


def largest_by_row(own, expected):
    difference = (own - expected).abs() / (expected.max() - expected.min())
    return difference.view(ROWS, -1).amax(dim=1)


def compare(cli, tool, name, scheme, config, number):
    generator = torch.Generator().manual_seed(number)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        tiny_models.write(config, folder / "model")
        rows = [torch.randint(config.vocab_size, (TOKENS,), generator=generator).tolist() for _ in range(ROWS)]
        (folder / "ids.json").write_text(json.dumps(rows))
        run([cli, "quantize", folder / "model", "--output", folder / "out", "--scheme", scheme.split()[0], *SCHEMES[scheme], "--calibration-ids", folder / "ids.json",
             "--run-directory", folder / "run", "--device", "cpu"])
        run([tool, folder / "out", folder / "ids.json", folder / "logits.safetensors"])
        own = load_file(folder / "logits.safetensors")["logits"]
        largest = largest_by_row(own, reference_logits(folder / "out", rows, True))
        without = largest_by_row(own, reference_logits(folder / "out", rows, False))
    same = (largest <= SAME).sum().item()
    ok = same >= SHARE[scheme] * ROWS and largest.max() <= LARGEST and without.min() > SAME
    print(f"{name:28} {scheme:16} {same} of {ROWS} rows the same, largest {largest.max():.1e} of the range; activations left alone: {without.min():.1e}{'' if ok else '   DIFFERS'}")
    return ok


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    logging.disable_progress_bar()
    cli, tool = sys.argv[1:]
    results = [compare(cli, tool, name, scheme, config, number) for number, (name, config) in enumerate(MODELS.items()) for scheme in SCHEMES]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
