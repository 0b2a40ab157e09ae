# SPDX-License-Identifier: GPL-3.0-or-later
"""sensitivity_agrees.py CLI MODEL TEXT: holds `octavo-cli sensitivity` against brute force with transformers in fp32.

For a few groups the weights are rounded and their inputs quantized by hand (compressed-tensors' definitions: scale = absmax over half the
range, rounded to bf16 for weights), the whole model is run, and the logits are compared with the original's. The KL divergence has to agree
within 1 %, the signal-to-noise ratio of the weights within 0.01 dB. Exit code 1 and one line per figure that differs by more.
"""
import argparse
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

LAYERS = 3  # of the model; more would only take longer
GROUPS = {
    "W8A8": ["model.layers.0.self_attn.qkv", "model.layers.1.mlp.gate_up", "model.layers.2.mlp.down_proj"],
    "FP8_DYNAMIC": ["model.layers.0.mlp.gate_up", "model.layers.1.self_attn.qkv", "model.layers.2.self_attn.o_proj"],
}


def first_layers(model, folder):
    """A model folder with the first layers of another."""
    shutil.copytree(model, folder, ignore=shutil.ignore_patterns("*.safetensors", "*.index.json"))
    path = os.path.join(folder, "config.json")
    with open(path, encoding="utf-8") as file:
        config = json.load(file)
    config["num_hidden_layers"] = LAYERS
    with open(path, "w", encoding="utf-8") as file:
        json.dump(config, file)
    tensors = {}
    for shard in glob.glob(os.path.join(model, "*.safetensors")):
        for name, tensor in load_file(shard).items():
            if not name.startswith("model.layers.") or int(name.split(".")[2]) < LAYERS:
                tensors[name] = tensor
    save_file(tensors, os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})


def on_grid(x, scale, scheme):
    steps = x / scale
    if scheme == "W8A8":
        return steps.round().clamp(-128, 127) * scale
    return steps.clamp(-448, 448).to(torch.float8_e4m3fn).float() * scale


def half_range(scheme):
    return 127.5 if scheme == "W8A8" else 448.0


def rounded_weight(w, scheme):
    scale = (w.abs().amax(1, keepdim=True) / half_range(scheme)).bfloat16().float()
    return on_grid(w, scale, scheme)


def rounded_input(x, scheme):
    return on_grid(x, (x.abs().amax(-1, keepdim=True) / half_range(scheme)).clamp_min(1e-12), scheme)


def log_probabilities(model, windows):
    with torch.inference_mode():
        return torch.stack([torch.log_softmax(model(torch.tensor([window])).logits[0, :-1].float(), -1) for window in windows])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cli")
    parser.add_argument("model")
    parser.add_argument("text")
    parser.add_argument("--length", type=int, default=128)
    parser.add_argument("--windows", type=int, default=4)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        short, file = os.path.join(folder, "model"), os.path.join(folder, "table.json")
        first_layers(arguments.model, short)
        subprocess.run([arguments.cli, "sensitivity", short, "--text", arguments.text, "--schemes", ",".join(GROUPS), "--windows",
                        str(arguments.windows), "--sequence-length", str(arguments.length), "--output", file], check=True, capture_output=True)
        with open(file, encoding="utf-8") as opened:
            rows = {(row["group"], row["scheme"]): row for row in json.load(opened)["rows"]}
        tokenizer = AutoTokenizer.from_pretrained(short)
        model = AutoModelForCausalLM.from_pretrained(short, dtype=torch.float32).eval()
    with open(arguments.text, encoding="utf-8") as opened:
        ids = tokenizer(opened.read(), add_special_tokens=False)["input_ids"]
    windows = [ids[i * arguments.length:(i + 1) * arguments.length] for i in range(arguments.windows)]
    original = log_probabilities(model, windows)
    wrong = 0
    for scheme, groups in GROUPS.items():
        for group in groups:
            row = rows[group, scheme]
            kept, hooks, signal, noise = {}, [], 0.0, 0.0
            for name in row["modules"]:
                module = model.get_submodule(name)
                kept[name] = module.weight.data
                module.weight.data = rounded_weight(kept[name], scheme)
                signal += kept[name].double().square().sum().item()
                noise += (kept[name] - module.weight.data).double().square().sum().item()
                hooks.append(module.register_forward_pre_hook(lambda _, inputs: (rounded_input(inputs[0], scheme),)))
            own = log_probabilities(model, windows)
            for name, hook in zip(kept, hooks):
                hook.remove()
                model.get_submodule(name).weight.data = kept[name]
            kl = (original.exp() * (original - own)).sum(-1).double().mean().item()
            same = (original.argmax(-1) == own.argmax(-1)).double().mean().item()
            sqnr = 10 * torch.log10(torch.tensor(signal / noise, dtype=torch.float64)).item()
            ours = row["kl_divergence"]
            agrees = abs(ours["mean"] / kl - 1) <= 0.01 and abs(ours["same_top"] - same) <= 0.01 and abs(row["weight_sqnr_db"] - sqnr) <= 0.01
            wrong += not agrees
            print(f"{'ok    ' if agrees else 'DIFFER'} {group} {scheme}: KL divergence {ours['mean']:.4e} against {kl:.4e} "
                  f"({100 * (ours['mean'] / kl - 1):+.2f} %), same top {ours['same_top']:.4f} against {same:.4f}, "
                  f"SQNR {row['weight_sqnr_db']:.3f} dB against {sqnr:.3f} dB")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
