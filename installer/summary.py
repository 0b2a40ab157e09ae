# SPDX-License-Identifier: GPL-3.0-or-later
"""summary.py text|json MODEL FOLDER: what installer/run found, out of quantize.json, verify.json and evaluate.json in FOLDER."""
import json
import pathlib
import sys


def size(number):
    for unit in ("B", "KiB", "MiB", "GiB"):
        if number < 1024 or unit == "GiB":
            return f"{number:.0f} {unit}" if unit in ("B", "KiB", "MiB") else f"{number:.2f} {unit}"
        number /= 1024


def rows(model, found):
    done, checks = found["quantize"], found["verify"]["checks"]
    before, after = done["weight_bytes"]["before"], done["weight_bytes"]["after"]
    yield "Model", f"{model}, {done['scheme']}"
    yield "Weights", f"{size(before)} before, {size(after)} after ({100 * after / before:.1f} %)"
    warnings = sum(check["status"] == "warning" for check in checks)
    yield "Verified", f"{len(checks)} checks, " + (f"{warnings} with a warning" if warnings else "all passed")
    if "evaluate" in found:
        cost = found["evaluate"]
        ratio, divergence = cost["perplexity_ratio"], cost["kl_divergence"]
        yield "Perplexity", (f"{cost['reference_perplexity']:.4f} before, {cost['perplexity']:.4f} after "
                             f"(ratio {ratio['value']:.4f} ± {ratio['standard_error']:.4f})")
        yield "KL divergence", f"{divergence['mean']:.5f} ± {divergence['standard_error']:.5f} nats per token, 99 %: {divergence['p99']:.4f}"
        yield "Same next token", f"{100 * cost['same_top']:.2f} % of {cost['tokens']} tokens"
        yield "", cost["protocol"]
    seconds = done["seconds"]
    yield "Quantized in", f"{seconds:.1f} s, peak memory {size(done['peak_resident_bytes'])}"
    yield "Checkpoint", str(pathlib.Path(done["output"]).resolve())
    yield "Run folder", done["run_directory"]
    yield "Serve it with", done["serve_command"] or f"(vLLM cannot, on this machine: {done['serve_reason']})"


def main():
    form, model, folder = sys.argv[1:]
    found = {name: json.loads(file.read_text(encoding="utf-8")) for name in ("quantize", "verify", "evaluate")
             if (file := pathlib.Path(folder) / f"{name}.json").exists()}
    if form == "json":
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    lines = list(rows(model, found))
    width = max(len(name) for name, _ in lines)
    print("\n" + "\n".join(f"  {name:<{width}}  {text}" for name, text in lines) + "\n")


main()
