#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""logits_agree.py TOOL [MODEL ...]: holds the engine's logits against transformers in float32.

Tiny random models of every variant that Octavo runs are made with transformers, saved as it saves them and, in a second spelling, as older
versions did (rope_theta and rope_scaling beside each other, torch_dtype); rows of different lengths go through TOOL (octavo-logits) and
through transformers one by one. Further MODEL folders are compared on random ids. The greatest difference must stay below 1e-4 of the range of
the logits. Ends with 0 when all agree, with 1 and the names of those that do not."""
import json
import pathlib
import subprocess
import sys
import tempfile

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, LlamaConfig, MistralConfig, Qwen2Config, logging

TOLERANCE = 1e-4
LENGTHS = [37, 5, 37, 64, 2, 50, 64]

LLAMA3 = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
          "original_max_position_embeddings": 32}


def sizes(**changes):
    base = dict(vocab_size=199, hidden_size=48, intermediate_size=80, num_hidden_layers=3, num_attention_heads=6, num_key_value_heads=6,
                max_position_embeddings=256, tie_word_embeddings=False, pad_token_id=None, bos_token_id=1, eos_token_id=2)
    return {**base, **changes}


def variants():
    """name -> (config, None or the old spelling of its rotary embedding)"""
    rope = lambda **keys: {"rope_type": "default", "rope_theta": 10000.0, **keys}
    yield "llama, as many kv heads", LlamaConfig(**sizes(rope_parameters=rope())), {"rope_theta": 10000.0, "rope_scaling": None}
    yield "llama, 3 kv heads", LlamaConfig(**sizes(num_key_value_heads=3, tie_word_embeddings=True)), None
    yield "llama, 9 heads on 3", LlamaConfig(**sizes(hidden_size=72, num_attention_heads=9, num_key_value_heads=3, rms_norm_eps=1e-5)), None
    yield "llama, one kv head", LlamaConfig(**sizes(num_key_value_heads=1)), None
    yield "llama, head_dim 20", LlamaConfig(**sizes(head_dim=20, num_key_value_heads=2)), None
    yield "llama, attention_bias", LlamaConfig(**sizes(attention_bias=True, num_key_value_heads=2)), None
    yield "llama, mlp_bias, tied", LlamaConfig(**sizes(mlp_bias=True, attention_bias=True, tie_word_embeddings=True)), None
    yield "llama, gelu", LlamaConfig(**sizes(hidden_act="gelu")), None
    yield "llama, gelu tanh", LlamaConfig(**sizes(hidden_act="gelu_pytorch_tanh")), None
    yield "llama, linear rope", LlamaConfig(**sizes(rope_parameters=rope(rope_type="linear", factor=4.0))), {
        "rope_theta": 10000.0, "rope_scaling": {"type": "linear", "factor": 4.0}}
    yield "llama, llama3 rope", LlamaConfig(**sizes(rope_parameters=LLAMA3, num_key_value_heads=2)), {
        "rope_theta": 500000.0, "rope_scaling": {key: value for key, value in LLAMA3.items() if key != "rope_theta"}}
    yield "llama, large theta", LlamaConfig(**sizes(rope_parameters=rope(rope_theta=1e6))), {"rope_theta": 1000000.0}
    yield "mistral, window 8", MistralConfig(**sizes(sliding_window=8, num_key_value_heads=2)), None
    yield "mistral, window 1", MistralConfig(**sizes(sliding_window=1, num_key_value_heads=2)), None
    yield "mistral, no window", MistralConfig(**sizes(sliding_window=None, num_key_value_heads=3, head_dim=12)), {"rope_theta": 10000.0}
    yield "qwen2", Qwen2Config(**sizes(num_key_value_heads=2)), {"rope_theta": 10000.0}
    yield "qwen2, tied", Qwen2Config(**sizes(num_key_value_heads=3, tie_word_embeddings=True)), None
    yield "qwen2, window from layer 1", Qwen2Config(**sizes(num_key_value_heads=2, use_sliding_window=True, sliding_window=8, max_window_layers=1)), None


def random_model(config, seed):
    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32, attn_implementation="eager").eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            # Large enough that attention is far from uniform and every bias and norm weight counts.
            if "norm" in name:
                parameter.copy_(1 + 0.5 * torch.randn_like(parameter))
            else:
                parameter.copy_(torch.randn_like(parameter) * (0.5 if name.endswith("bias") else 0.2))
    return model


def old_spelling(folder, rope):
    file = folder / "config.json"
    config = json.loads(file.read_text())
    config.pop("rope_parameters", None)
    config.pop("layer_types", None)
    config["torch_dtype"] = config.pop("dtype", "float32")
    file.write_text(json.dumps({**config, **rope}))


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
    with torch.no_grad():
        expected = torch.cat([model(torch.tensor([row])).logits[0] for row in rows])
    worst = ((own - expected).abs().max() / (expected.max() - expected.min())).item()
    ok = own.shape == expected.shape and worst <= TOLERANCE
    print(f"{name:40} {worst:.1e} of the range {expected.min():.1f} ... {expected.max():.1f}{'' if ok else '   DIFFERS'}")
    return ok


def tiny(tool, number, name, config, rope):
    model = random_model(config, number)
    generator = torch.Generator().manual_seed(number)
    rows = [torch.randint(config.vocab_size, (length,), generator=generator).tolist() for length in LENGTHS]
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        model.save_pretrained(folder)
        wrong = [] if compare(tool, name, folder, model, rows, 100) else [name]
        if rope is not None:
            old_spelling(folder, rope)
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
    tool, folders = sys.argv[1], sys.argv[2:]
    wrong = []
    for number, (name, config, rope) in enumerate(variants()):
        wrong += tiny(tool, number, name, config, rope)
    for folder in folders:
        wrong += real(tool, folder)
    print(f"{len(wrong)} differ {wrong}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
