#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""vllm_answers.py CLI MODEL WORK [SCHEME ...]: exports of the sample model, loaded by vLLM on the CPU and asked one question each.

Needs a second environment, whose interpreter OCTAVO_VLLM_PYTHON names (vLLM's build for CPUs); ends with 77 where there is none. A scheme for which
vLLM has no kernel on a CPU is tried all the same: that it says so while loading, and nothing else, is the result then.
Ends with 0 when every scheme with a kernel answers with Paris and the others are refused for want of one, else with 1."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

from results import Results

SMALL = ["--samples", "4", "--sequence-length", "128", "--packing", "--no-balance"]
STATIC = {"weights": {"num_bits": 8, "type": "int", "symmetric": True, "strategy": "channel", "dynamic": False, "observer": "memoryless_minmax"},
          "input_activations": {"num_bits": 8, "type": "int", "symmetric": True, "strategy": "tensor", "dynamic": False, "observer": "static_minmax"},
          "format": "int-quantized", "name": "W8A8 static"}
# Of the schemes that a CPU with AVX-512 serves, how the export is made.
SERVED = {
    "W8A8": ["--scheme", "W8A8", *SMALL],
    "W8A8 static": ["--recipe", STATIC, *SMALL],
    "FP8_DYNAMIC": ["--scheme", "FP8_DYNAMIC"],
    "W4A16": ["--scheme", "W4A16", "--group-size", "64", *SMALL],
    "W4A16_ASYM": ["--scheme", "W4A16_ASYM", "--group-size", "64", *SMALL],
    "W4A8": ["--scheme", "W4A8", "--group-size", "64", *SMALL],
}
REFUSED = {
    "FP8": ["--scheme", "FP8", *SMALL],
    "W8A16": ["--scheme", "W8A16", "--group-size", "64", *SMALL],
    "NVFP4A16": ["--scheme", "NVFP4A16", *SMALL],
    "MXFP4A16": ["--scheme", "MXFP4A16", *SMALL],
    "MXFP8": ["--scheme", "MXFP8"],
}
ASK = """
import json, sys
from vllm import LLM, SamplingParams
if __name__ == "__main__":
    llm = LLM(model=sys.argv[1], dtype="bfloat16", max_model_len=512, max_num_seqs=2, enforce_eager=True)
    question = [{"role": "user", "content": "What is the capital of France? Answer in one sentence."}]
    print("ANSWER " + json.dumps(llm.chat([question], SamplingParams(temperature=0, max_tokens=32))[0].outputs[0].text))
"""


def export(cli, model, folder, options):
    if (folder / "config.json").exists():
        return
    given = list(options)
    if isinstance(given[1], dict):
        recipe = folder.with_suffix(".recipe.json")
        recipe.write_text(json.dumps({"scheme": given[1]}))
        given[1] = str(recipe)
    shutil.rmtree(folder.with_suffix(".run"), ignore_errors=True)
    subprocess.run([cli, "quantize", model, "--output", folder, "--overwrite", "--run-directory", folder.with_suffix(".run"), *given], check=True)


def ask(python, folder, work):
    """The answer and the kernel, or why there is none."""
    script = work / "ask.py"
    script.write_text(ASK)
    # Without its progress bar it divides by a time of nothing.
    environment = {key: value for key, value in os.environ.items() if key != "TQDM_DISABLE"} | {"VLLM_CPU_KVCACHE_SPACE": "1", "HF_HUB_OFFLINE": "1"}
    done = subprocess.run([python, script, folder], capture_output=True, text=True, check=False,
                          env=environment)
    folder.with_suffix(".log").write_text(done.stdout + done.stderr)
    output = done.stdout + done.stderr
    kernel = re.search(r"(?:Using|Selected) (\w*(?:Kernel|Linear\w*|ScaledMM\w*)) for (\w+)", output)
    answer = re.search(r"^ANSWER (.*)$", output, re.M)
    if answer:
        return json.loads(answer[1]).strip(), kernel[1] if kernel else "", ""
    errors = [line for line in output.splitlines() if re.search(r"\w(Error|Exception): ", line) and "Engine core initialization failed" not in line]
    return "", kernel[1] if kernel else "", re.sub(r"^.*?(\w+(Error|Exception): )", r"\1", errors[-1]) if errors else output[-300:]


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    cli, model, work, *only = sys.argv[1:]
    python = os.environ.get("OCTAVO_VLLM_PYTHON", "")
    if not os.access(python, os.X_OK):
        print(f"skipped: OCTAVO_VLLM_PYTHON ({python or 'not set'}) does not name a Python interpreter with vLLM", file=sys.stderr)
        sys.exit(77)
    results, ok, work = Results("vllm", keep=bool(only)), True, pathlib.Path(work)
    for scheme, options in {**SERVED, **REFUSED}.items():
        if only and scheme not in only:
            continue
        folder = work / ("vllm-" + scheme.replace(" ", "-"))
        export(cli, model, folder, options)
        answer, kernel, error = ask(python, folder, work)
        fine = "Paris" in answer if scheme in SERVED else not answer and bool(re.search("kernel|not supported|NotImplemented|_C|gemm", error))
        text = f"{answer!r}" if answer else error
        print(f"{scheme:14} {kernel:36} {text}{'' if fine else '   WRONG'}", flush=True)
        results.add(check="vllm", scheme=scheme, model="sample", ok=fine, served=bool(answer), kernel=kernel, text=text)
        ok &= fine
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
