# SPDX-License-Identifier: GPL-3.0-or-later
"""What an oracle test found, kept as JSON lines for the table of proofs (proof_table): one file per test in OCTAVO_ORACLE_WORK/results."""
import json
import os
import pathlib
from importlib import metadata

PACKAGES = ("llmcompressor", "compressed-tensors", "transformers", "tokenizers", "torch")


class Results:
    """`keep`: goes on with what is there, because only a part is run."""

    def __init__(self, test, keep=False):
        work = os.environ.get("OCTAVO_ORACLE_WORK")
        self.file = pathlib.Path(work) / "results" / f"{test}.jsonl" if work else None
        if self.file:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            if not keep:
                self.file.write_text("", encoding="utf-8")
            versions = [{"package": name, "version": metadata.version(name)} for name in PACKAGES]
            (self.file.parent / "versions.jsonl").write_text("".join(json.dumps(each) + "\n" for each in versions), encoding="utf-8")

    def add(self, **entry):
        if self.file:
            with open(self.file, "a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
