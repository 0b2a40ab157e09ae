# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds a folder that Octavo made from a GGUF file against the one that transformers made from the same file.

usage: sample_model_agrees.py OURS THEIRS

Tensors bit for bit, settings that decide the result, token ids on a fuzz of texts (fixed seed), rendered chats. Exit code 1 and one
line per difference when they disagree. Needs torch, safetensors and transformers; nothing is fetched.
"""
import random
import sys

import torch
from safetensors import safe_open
from transformers import AutoConfig, AutoTokenizer

PIECES = ["Hello", " world", "  ", "\n", "\n\n", "\t", "don't", "I'LL", "2024", "3.14159", "  42", "ü", "Straße", "日本語", "中文文本", "español ¿qué?", "🙂", "👩‍👩‍👧",
          "def f(x):\n    return x**2", "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<repo_name>", "<empty_output>", "user", "…", "é", "\u00a0", "\r\n", "\x00",
          "ﬁ", "Ω≈ç√", "عربي", "हिन्दी", "a" * 70, "    if", "__init__", "http://x.y/z?q=1", "▁", "Ġ", "$1,000.50", "//", "{}[]", "\u200b", "12 34  56   78"]


def texts(count=600):
    rng = random.Random(7)
    for index in range(count):
        if index % 3 == 0:
            yield "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 12)))
        elif index % 3 == 1:
            yield "".join(chr(rng.choice([rng.randint(9, 126), rng.randint(160, 0x24ff), rng.randint(0x3000, 0x9fff), rng.randint(0x1f300, 0x1faff)]))
                          for _ in range(rng.randint(1, 40)))
        else:
            yield "".join(rng.choice("abcdefgXYZ 0123456789 .,'\n") for _ in range(rng.randint(1, 60)))


def chats():
    user, reply = {"role": "user", "content": "What is  2 + 2?\n"}, {"role": "assistant", "content": "4 – »four«"}
    system = {"role": "system", "content": "Answer briefly."}
    return [[user], [system, user], [user, reply], [system, user, reply, user]]


def compare_tensors(ours, theirs, complain):
    with safe_open(ours + "/model.safetensors", "pt") as a, safe_open(theirs + "/model.safetensors", "pt") as b:
        names_a, names_b = set(a.keys()), set(b.keys())
        for name in sorted(names_a ^ names_b):
            complain(f"tensor {name} is only in {'ours' if name in names_a else 'theirs'}")
        for name in sorted(names_a & names_b):
            x, y = a.get_tensor(name), b.get_tensor(name)
            if x.dtype != y.dtype or x.shape != y.shape:
                complain(f"tensor {name}: {x.dtype} {tuple(x.shape)} against {y.dtype} {tuple(y.shape)}")
            elif not torch.equal(x.view(torch.uint8), y.view(torch.uint8)):
                complain(f"tensor {name}: {(x != y).sum().item()} of {x.numel()} values differ")
        return len(names_a & names_b)


def compare_configs(ours, theirs, complain):
    a, b = AutoConfig.from_pretrained(ours), AutoConfig.from_pretrained(theirs)
    keys = ["architectures", "model_type", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim",
            "vocab_size", "max_position_embeddings", "hidden_act", "tie_word_embeddings", "attention_bias", "mlp_bias", "rope_parameters", "dtype",
            "bos_token_id", "eos_token_id", "pad_token_id"]
    for key in keys:
        if getattr(a, key) != getattr(b, key):
            complain(f"config {key}: {getattr(a, key)} against {getattr(b, key)}")
    if torch.tensor(a.rms_norm_eps) != torch.tensor(b.rms_norm_eps):  # as the float32 that the model computes with
        complain(f"config rms_norm_eps: {a.rms_norm_eps} against {b.rms_norm_eps}")


def compare_tokenizers(ours, theirs, complain):
    a, b = AutoTokenizer.from_pretrained(ours), AutoTokenizer.from_pretrained(theirs)
    count = 0
    for text in texts():
        count += 1
        for special in (False, True):
            x, y = a(text, add_special_tokens=special)["input_ids"], b(text, add_special_tokens=special)["input_ids"]
            if x != y:
                complain(f"ids of {text!r}: {x} against {y}")
    for messages in chats():
        for prompt in (False, True):
            x = a.apply_chat_template(messages, tokenize=False, add_generation_prompt=prompt)
            y = b.apply_chat_template(messages, tokenize=False, add_generation_prompt=prompt)
            if x != y:
                complain(f"chat {messages!r}: {x!r} against {y!r}")
    return count


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    differences = []
    tensors = compare_tensors(*sys.argv[1:], differences.append)
    compare_configs(*sys.argv[1:], differences.append)
    count = compare_tokenizers(*sys.argv[1:], differences.append)
    for line in differences[:20]:
        print(line)
    print(f"{tensors} tensors, {count} texts, {len(chats())} chats: {len(differences)} differences")
    sys.exit(1 if differences or tensors == 0 else 0)


main()
