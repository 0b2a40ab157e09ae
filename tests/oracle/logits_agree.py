#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""logits_agree.py TOOL [MODEL ...] [--only TEXT]: holds the engine's logits against transformers in float32.

Tiny models of every variant in tiny_models.py are made with transformers, saved as it saves them and, in a second spelling, as older
versions did (rope_theta and rope_scaling beside each other, torch_dtype); rows of different lengths go through TOOL (octavo-logits) and
through transformers one by one. Further MODEL folders are compared on random ids. The greatest difference must stay below 1e-4 of the range of
the logits. Ends with 0 when all agree, with 1 and the names of those that do not."""
import json
import pathlib
import subprocess
import sys
import tempfile

import tiny_models
import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, logging

from results import Results

TOLERANCE = 1e-4
LENGTHS = [37, 5, 37, 64, 2, 50, 64]
RESULTS = Results("logits", keep="--only" in sys.argv)


def compare(tool, name, folder, model, rows, chunk):
    """Prints one line; true when all logits agree."""
    with tempfile.TemporaryDirectory() as scratch:
        ids, out = pathlib.Path(scratch) / "ids.json", pathlib.Path(scratch) / "logits.safetensors"
        ids.write_text(json.dumps(rows))
        done = subprocess.run([tool, str(folder), str(ids), str(out), str(chunk)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{name:40} octavo-logits ended with {done.returncode}: {done.stderr.strip()}")
            return False
        own = load_file(out)["logits"]
    expected = tiny_models.logits(model, rows)
    worst = ((own - expected).abs().max() / (expected.max() - expected.min())).item()
    ok = own.shape == expected.shape and worst <= TOLERANCE
    RESULTS.add(check="logits", model=name, ok=bool(ok), text=f"{worst:.0e}")
    print(f"{name:40} {worst:.1e} of the range {expected.min():.1f} ... {expected.max():.1f}{'' if ok else '   DIFFERS'}")
    return ok


def tiny(tool, number, name, kind, arguments, old):
    config = tiny_models.configuration(kind, arguments)
    generator = torch.Generator().manual_seed(number)
    rows = [torch.randint(config.get_text_config().vocab_size, (length,), generator=generator).tolist() for length in LENGTHS]
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        tiny_models.write(config, folder)
        model = tiny_models.load(folder)
        wrong = [] if compare(tool, name, folder, model, rows, 100) else [name]
        if old is not None:
            tiny_models.old_spelling(folder, old)
            wrong += [] if compare(tool, name + " (old spelling)", folder, model, rows, 1) else [name + " (old spelling)"]
    return wrong


def real(tool, folder):
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    generator = torch.Generator().manual_seed(7)
    rows = [torch.randint(model.config.vocab_size, (length,), generator=generator).tolist() for length in (96, 33, 96)]
    return [] if compare(tool, pathlib.Path(folder).name, folder, model, rows, 2048) else [folder]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    logging.disable_progress_bar()
    tool, folders, only = sys.argv[1], sys.argv[2:], ""
    if "--only" in folders:
        at = folders.index("--only")
        folders, only = folders[:at], folders[at + 1]
    wrong = []
    for number, (name, kind, arguments, old) in enumerate(tiny_models.variants()):
        if only in name:
            wrong += tiny(tool, number, name, kind, arguments, old)
    for folder in folders:
        wrong += real(tool, folder)
    print(f"{len(wrong)} differ {wrong}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
