# SPDX-License-Identifier: GPL-3.0-or-later
"""llm-compressor on given calibration token ids, as its users run it: SmoothQuant 0.5 and GPTQ for W8A8, GPTQ for other schemes with data,
rounding for FP8_DYNAMIC. Prints one JSON line: seconds per phase, peak memory in bytes."""
import argparse
import json
import os
import resource
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
start = time.time()
import torch  # noqa: E402
from compressed_tensors.quantization import preset_name_to_scheme  # noqa: E402
from datasets import Dataset  # noqa: E402
from llmcompressor import oneshot  # noqa: E402
from llmcompressor.modifiers.quantization import GPTQModifier, QuantizationModifier  # noqa: E402
from llmcompressor.modifiers.smoothquant import SmoothQuantModifier  # noqa: E402
from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: E402

imported = time.time()


def recipe_of(scheme, group_size, smooth):
    if scheme.startswith("FP8_DYNAMIC"):
        return [QuantizationModifier(targets="Linear", scheme=scheme, ignore=["lm_head"])]
    if group_size:
        args = preset_name_to_scheme(scheme, ["Linear"])
        args.weights.group_size = group_size
        solve = GPTQModifier(config_groups={"group_0": args}, ignore=["lm_head"])
    else:
        solve = GPTQModifier(targets="Linear", scheme=scheme, ignore=["lm_head"])
    return [SmoothQuantModifier(smoothing_strength=0.5), solve] if scheme == "W8A8" and smooth else [solve]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("out")
    parser.add_argument("--scheme", default="W8A8")
    parser.add_argument("--group-size", type=int, help="columns that share a scale, where the scheme's preset does not fit")
    parser.add_argument("--no-smoothing", action="store_true", help="GPTQ alone: its smoothing breaks models whose norms store w - 1 (Gemma)")
    parser.add_argument("--ids", help="JSON: list of equally long lists of token ids")
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()

    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    tokenizer = AutoTokenizer.from_pretrained(arguments.model)
    model = AutoModelForCausalLM.from_pretrained(arguments.model, dtype=getattr(torch, arguments.dtype))
    loaded = time.time()
    rows, data = [], {}
    if arguments.ids:
        with open(arguments.ids, encoding="utf-8") as file:
            rows = json.load(file)
        data = {"dataset": Dataset.from_dict({"input_ids": rows, "attention_mask": [[1] * len(row) for row in rows]}),
                "max_seq_length": len(rows[0]), "num_calibration_samples": len(rows)}
    oneshot(model=model, recipe=recipe_of(arguments.scheme, arguments.group_size, not arguments.no_smoothing), **data)
    done = time.time()
    model.save_pretrained(arguments.out, save_compressed=True)
    tokenizer.save_pretrained(arguments.out)
    end = time.time()
    print(json.dumps({"phases": {"import": imported - start, "load": loaded - imported, "quantize": done - loaded, "save": end - done},
                      "peak_resident_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


main()
