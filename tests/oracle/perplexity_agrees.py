# SPDX-License-Identifier: GPL-3.0-or-later
"""perplexity_agrees.py CLI MODEL TEXT EXPORT...: holds `octavo-cli evaluate` against transformers in fp32.

Perplexity of the original must agree within 0.1 %. An export (loaded by transformers through compressed-tensors) quantizes its activations, and
one code that falls the other way changes all that follow: noise of 2e-6 on the embeddings alone moves the log-likelihood of a token by 0.19
(standard deviation, transformers against itself, FP8_DYNAMIC and W8A8 alike). So its perplexity must agree within three standard errors of
that, and its KL divergence to the original, which averages over the vocabulary, within 10 %. Exit code 1 and one line per figure that differs by more.
"""
import argparse
import json
import math
import subprocess
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

NOISE = 0.19


def windows_of(model, text, length, count):
    """Consecutive windows of the text's own ids; each starts with a BOS where the tokenizer adds one by default."""
    tokenizer = AutoTokenizer.from_pretrained(model)
    with open(text, encoding="utf-8") as file:
        ids = tokenizer(file.read(), add_special_tokens=False)["input_ids"]
    adds_bos = tokenizer.bos_token_id is not None and tokenizer("a")["input_ids"][:1] == [tokenizer.bos_token_id]
    lead = [tokenizer.bos_token_id] if adds_bos else []
    step = length - len(lead)
    return [lead + ids[start:start + step] for start in range(0, step * min(count, len(ids) // step), step)]


def log_probabilities(folder, windows):
    """[windows, length - 1, vocabulary], for every position that has a next token."""
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    with torch.inference_mode():
        return torch.stack([torch.log_softmax(model(torch.tensor([window])).logits[0, :-1].float(), -1) for window in windows])


def perplexity(log_p, windows):
    targets = torch.tensor([window[1:] for window in windows])
    return math.exp(-log_p.gather(-1, targets[..., None]).double().mean().item())


def divergence(log_p, log_q):
    """Mean of KL(p || q) in nats."""
    return (log_p.exp() * (log_p - log_q)).sum(-1).double().mean().item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cli")
    parser.add_argument("model")
    parser.add_argument("text")
    parser.add_argument("exports", nargs="*")
    parser.add_argument("--length", type=int, default=256)
    parser.add_argument("--windows", type=int, default=10)
    arguments = parser.parse_args()
    protocol = ["--text", arguments.text, "--sequence-length", str(arguments.length), "--windows", str(arguments.windows), "--json"]

    def ask(*options):
        return json.loads(subprocess.run([arguments.cli, "evaluate", *options, *protocol], check=True, capture_output=True, text=True).stdout)

    wrong = 0

    def compare(what, ours, theirs, tolerance):
        nonlocal wrong
        difference = abs(ours / theirs - 1)
        wrong += not difference <= tolerance
        print(f"{'ok    ' if difference <= tolerance else 'DIFFER'} {what}: {ours:.6f} against {theirs:.6f}, {100 * difference:.4f} % (allowed {100 * tolerance:.3g} %)")

    windows = windows_of(arguments.model, arguments.text, arguments.length, arguments.windows)
    original = log_probabilities(arguments.model, windows)
    ours = ask(arguments.model)
    if ours["tokens"] != len(windows) * (arguments.length - 1):
        print(f"DIFFER scored tokens: {ours['tokens']} against {len(windows) * (arguments.length - 1)}")
        wrong += 1
    compare("perplexity of the original", ours["perplexity"], perplexity(original, windows), 1e-3)
    for export in arguments.exports:
        log_q = log_probabilities(export, windows)
        ours = ask(export, "--reference", arguments.model)
        compare(f"perplexity of {export}", ours["perplexity"], perplexity(log_q, windows), 3 * NOISE / math.sqrt(ours["tokens"]))
        compare(f"KL divergence of {export}", ours["kl_divergence"]["mean"], divergence(original, log_q), 0.1)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
