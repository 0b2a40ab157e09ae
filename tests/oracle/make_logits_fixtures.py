#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_logits_fixtures.py FOLDER: writes one JSON file per variant of tiny_models.py that stands for a kind of architecture: config.json, the rule
that its weights follow (tiny_models.py), token ids, the logits that transformers computes in float32, its count of parameters and the numbers
that its cache keeps per layer. tests/model reads them where there is no Python."""
import json
import pathlib
import sys
import tempfile

import tiny_models
import torch
from transformers import logging

VOCABULARY = 61
LENGTHS = [13, 4]
CACHED_TOKENS = 20
CHOSEN = ["llama, linear rope", "mistral, window 8", "qwen2", "llama, llama3 rope", "llama, mlp_bias, tied", "llama, dynamic rope", "ministral", "qwen2, yarn", "qwen3", "smollm3", "granite",
          "phi3, longrope, partial", "olmo2", "olmo3, yarn", "gemma", "gemma2", "gemma3", "glm", "glm4", "stablelm", "starcoder2", "mixtral",
          "qwen2 moe, dense layer", "qwen3 moe", "olmoe", "deepseek v2, groups, yarn", "deepseek v3"]


def fixture(number, kind, arguments):
    # Windows and original contexts are such that the longer row goes beyond them.
    changes = {"vocab_size": VOCABULARY}
    if kind == "Phi3":
        changes["original_max_position_embeddings"] = 10
    if "dynamic" in json.dumps(arguments):
        changes["max_position_embeddings"] = 9
    config = tiny_models.configuration(kind, {**arguments, **changes})
    generator = torch.Generator().manual_seed(number)
    rows = [torch.randint(VOCABULARY, (length,), generator=generator).tolist() for length in LENGTHS]
    with tempfile.TemporaryDirectory() as scratch:
        manifest = tiny_models.write(config, scratch)
        model = tiny_models.load(scratch)
        settings = json.loads((pathlib.Path(scratch) / "config.json").read_text())
    logits = tiny_models.logits(model, rows)
    with torch.no_grad():
        cache = model(torch.arange(CACHED_TOKENS).unsqueeze(0), use_cache=True).past_key_values
    return {"config": settings, "tensors": manifest, "rows": rows, "logits": [float(f"{value:.6g}") for value in logits.flatten().tolist()],
            "parameters": model.num_parameters(), "cached_tokens": CACHED_TOKENS,
            "cached": [layer.keys.numel() + layer.values.numel() for layer in cache.layers]}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    logging.set_verbosity_error()
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, kind, arguments, _) in enumerate(tiny_models.variants()):
        if name in CHOSEN:
            text = json.dumps(fixture(number, kind, arguments), separators=(",", ":"))
            # One tensor a line: a change of the rule can be read.
            text = text.replace('],["', '],\n["').replace(',"tensors":', ',\n"tensors":').replace(',"rows":', ',\n"rows":')
            (folder / (name.replace(", ", "_").replace(" ", "_") + ".json")).write_text(text.replace(',"logits":', ',\n"logits":') + "\n")


if __name__ == "__main__":
    main()
