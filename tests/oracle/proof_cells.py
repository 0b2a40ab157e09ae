#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""proof_cells.py CLI LOGITS DEQUANTIZE MODEL [--all] [--only TEXT] [--schemes NAME ...]: what proof_table shows of schemes on architectures.

For a tiny random model of each architecture (transformers makes it, in float32, with sizes that every group divides) and each scheme, rounded to nearest:
  verify      octavo-cli verify passes the export
  decompress  the package's decompression of every matrix is DEQUANTIZE's (octavo-dequantize), bit for bit
  logits      transformers with the weights that the package decompressed, and with inputs quantized by the package where the scheme quantizes
              them, gives what LOGITS (octavo-logits) gives of the export, to 1e-4 of the range. Rounded inputs may fall on either side of a border, which
              moves all later values of their row (export_agrees.py): there three rows of two tokens in ten have to agree to that.
  rounded     llm-compressor rounds the same model to the same tensors, bit for bit
Every scheme on Llama, and one of each kind of format on the others; --all runs everything, --only and --schemes a part, whose results join those that
are there. For MODEL, the perplexity ratio and KL divergence of every
scheme, rounded. Ends with 0 when nothing differs, else with 1."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import torch
from compressed_tensors.compressors import BaseCompressor
from compressed_tensors.quantization import QuantizationArgs, QuantizationScheme, QuantizationStatus
from compressed_tensors.quantization.lifecycle.forward import dequantize, forward_quantize
from llmcompressor.modifiers.quantization import QuantizationModifier
from safetensors.torch import load_file, save_file

import tiny_models
from llm_compressor import compress
from results import Results

SCHEMES = ("W8A8", "FP8_DYNAMIC", "FP8", "FP8_BLOCK", "W4A16", "W4A16_ASYM", "W8A16", "W4A8", "W4AFP8", "NVFP4", "NVFP4A16", "MXFP4", "MXFP4A16", "MXFP8",
           "MXFP8A16", "W2A16", "W3A16", "W5A16", "W6A16", "W7A16")
ONE_OF_A_KIND = ("W8A8", "FP8_DYNAMIC", "FP8_BLOCK", "W4A16", "NVFP4A16", "MXFP4A16")
STATIC = ("FP8", "NVFP4")
VARIANTS = {
    "Llama 2": "llama, as many kv heads", "Llama 3, SmolLM2 (llama3 rope)": "llama, llama3 rope", "Llama, linear rope": "llama, linear rope",
    "Llama, dynamic rope": "llama, dynamic rope", "SmolLM3": "smollm3", "Mistral": "mistral, window 8", "Ministral": "ministral", "Qwen2, Qwen2.5": "qwen2",
    "Qwen2, yarn": "qwen2, yarn", "Qwen3": "qwen3", "Gemma": "gemma", "Gemma 2": "gemma2", "Gemma 3": "gemma3", "Gemma 3 that sees": "gemma3 that sees",
    "Phi-3, Phi-4": "phi3", "Phi-3, longrope": "phi3, longrope, partial", "Granite": "granite", "OLMo 2": "olmo2", "OLMo 3": "olmo3", "GLM": "glm", "GLM-4": "glm4",
    "StableLM": "stablelm", "Starcoder2": "starcoder2", "Mixtral": "mixtral", "Qwen2-MoE": "qwen2 moe", "Qwen3-MoE": "qwen3 moe", "OLMoE": "olmoe",
    "DeepSeek-V2": "deepseek v2", "DeepSeek-V3": "deepseek v3"}
WIDE = dict(vocab_size=480, hidden_size=128, intermediate_size=256, num_attention_heads=4, num_key_value_heads=4)
HEAD_DIM = ("Gemma", "Gemma2", "Gemma3Text", "Gemma3", "Glm", "Glm4", "Qwen3", "Qwen3Moe", "Ministral", "SmolLM3")
ROWS, TOKENS, SAME, SHARE = 30, 2, 1e-4, 0.3


def widened(kind, arguments):
    """The variant with sizes that groups of 128 divide."""
    if "text_config" in arguments:
        return {**arguments, "text_config": widened(kind, arguments["text_config"])}
    out = {**arguments, **WIDE}
    if kind in HEAD_DIM:
        out.update(head_dim=32, num_attention_heads=8)
    for key in ("moe_intermediate_size", "shared_expert_intermediate_size", "q_lora_rank", "kv_lora_rank"):
        if out.get(key):
            out[key] = 128
    if "v_head_dim" in out:
        out["v_head_dim"] = 32
    rope = out.get("rope_parameters") or {}
    if "short_factor" in rope:  # one factor for every pair that turns
        pairs = int(32 * rope["partial_rotary_factor"]) // 2
        out["rope_parameters"] = {**rope, "short_factor": [1 + i / pairs for i in range(pairs)], "long_factor": [1 + i for i in range(pairs)]}
    return out


class Differs(Exception):
    pass


def run(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Differs(f"{pathlib.Path(command[0]).name} {command[1]} ended with {done.returncode}: {(done.stderr or done.stdout).strip().splitlines()[0]}")
    return done.stdout


def tensors_of(folder):
    return {name: tensor for file in sorted(folder.glob("*.safetensors")) for name, tensor in load_file(file).items()}


def scheme_of(folder):
    config = json.loads((folder / "config.json").read_text())["quantization_config"]
    (group,) = config["config_groups"].values()
    inputs = group["input_activations"]
    return QuantizationScheme(targets=["Linear"], weights=QuantizationArgs(**group["weights"]), input_activations=QuantizationArgs(**inputs) if inputs else None,
                              format=config["format"])


def decompressed(tensors, scheme):
    """Plain weights of all matrices, by the package; and the other tensors of each matrix."""
    compressor, parts = BaseCompressor.get_value_from_registry(scheme.format), {}
    for name, tensor in tensors.items():
        module, _, local = name.rpartition(".")
        parts.setdefault(module, {})[local] = tensor
    quantized = {module: part for module, part in parts.items() if "weight_scale" in part}
    weights = {}
    for module, part in quantized.items():
        if scheme.weights.block_structure is not None:
            weights[module] = dequantize(part["weight"], part["weight_scale"], args=scheme.weights)
        else:
            weights[module] = compressor.decompress(dict(part), scheme)["weight"]
    return weights, quantized


def quantize_inputs(model, quantized, scheme):
    """Every quantized matrix sees its input as the package would quantize it."""
    layers = {name[name.index("layers."):]: module for name, module in model.named_modules() if "layers." in name and "vision" not in name}
    for name, part in quantized.items():
        module = layers.get(name[name.index("layers."):]) if "layers." in name else None
        if not isinstance(module, torch.nn.Linear):
            raise LookupError("transformers runs the experts as one tensor, without a place to quantize their inputs")
        for key, tensor in part.items():
            if key.startswith("input_"):
                setattr(module, key, tensor)
        module.quantization_status = QuantizationStatus.FROZEN
        module.register_forward_pre_hook(lambda each, inputs: (forward_quantize(each, inputs[0], "input", scheme.input_activations), *inputs[1:]))


class Architecture:
    def __init__(self, tools, name, variant, scratch, results):
        self.tools, self.name, self.results, self.folder = tools, name, results, scratch
        _, self.kind, arguments, _ = variant
        tiny_models.write(tiny_models.configuration(self.kind, widened(self.kind, arguments)), scratch / "model")
        for file in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copy(pathlib.Path(__file__).parent.parent / "text" / "tiny" / file, scratch / "model")
        generator = torch.Generator().manual_seed(3)
        self.rows = torch.randint(480, (ROWS, TOKENS), generator=generator).tolist()
        (scratch / "ids.json").write_text(json.dumps(self.rows))

    def note(self, check, scheme, outcome):
        """Runs `outcome`, which says what it found, and keeps it: a LookupError means that it cannot be run, and why."""
        try:
            ok, text = True, outcome()
        except LookupError as reason:
            ok, text = None, str(reason)
        except Differs as difference:
            ok, text = False, str(difference)
        self.results.add(check=check, scheme=scheme, model=self.name, ok=ok, text=text)
        print(f"{self.name:32} {scheme:12} {check:10} {text}{'   DIFFERS' if ok is False else ''}", flush=True)
        return ok is not False

    def export(self, scheme):
        """Sizes that vLLM's kernels do not take are refused at the door."""
        given = ["--calibration-ids", self.folder / "ids.json"] if scheme in STATIC else []
        shutil.rmtree(self.folder / "run", ignore_errors=True)
        try:
            run([self.tools.cli, "quantize", self.folder / "model", "--output", self.folder / "out", "--overwrite", "--scheme", scheme, "--smoothing", "off",
                 "--solver", "rtn", "--scales", "minmax", "--device", "cpu", "--run-directory", self.folder / "run", *given])
        except Differs as refusal:
            if "where vLLM fuses matrices" not in str(refusal):
                raise
            raise LookupError("refused: " + str(refusal).partition("error: ")[2]) from refusal
        self.exported = True
        return "exported"

    def verify(self):
        checks = json.loads(run([self.tools.cli, "verify", self.folder / "out", "--json"]))["checks"]
        return f"{len(checks)} checks"

    def decompress(self):
        weights, _ = self.plain
        run([self.tools.dequantize, self.folder / "out", self.folder / "own.safetensors"])
        own = load_file(self.folder / "own.safetensors")
        wrong = [name for name, weight in weights.items() if not torch.equal(weight, own[name + ".weight"].to(weight.dtype))]
        if wrong or len(own) != len(weights):
            raise Differs(f"{len(wrong)} of {len(weights)} matrices, {wrong[:2]}")
        # The package gives the weights of some formats in 16 bit only; these are the same before they are rounded.
        weights.update({name: own[name + ".weight"] for name, weight in weights.items() if weight.dtype != torch.float32})
        return f"{len(weights)} matrices"

    def logits(self, scheme):
        weights, quantized = self.plain
        folder = self.folder / "plain"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder / "model", folder)
        kept = {name: tensor for name, tensor in self.tensors.items() if name.rpartition(".")[0] not in quantized or name.endswith(".bias")}
        save_file({**kept, **{name + ".weight": weight.contiguous() for name, weight in weights.items()}}, folder / "model.safetensors", metadata={"format": "pt"})
        model = tiny_models.load(folder)
        if scheme.input_activations:
            quantize_inputs(model, quantized, scheme)
        run([self.tools.logits, self.folder / "out", self.folder / "ids.json", self.folder / "logits.safetensors"])
        own, expected = load_file(self.folder / "logits.safetensors")["logits"], tiny_models.logits(model, self.rows)
        largest = ((own - expected).abs() / (expected.max() - expected.min())).view(ROWS, -1).amax(1)
        same = (largest <= SAME).sum().item()
        text = f"{largest.max():.0e}" if not scheme.input_activations else f"{same}/{ROWS} rows"
        if same < (SHARE if scheme.input_activations else 1) * ROWS:
            raise Differs(f"{same} of {ROWS} rows, largest {largest.max():.1e} of the range")
        return text

    def rounded(self, scheme):
        if scheme in STATIC:
            raise LookupError("needs data; solved by both on Llama")
        folder = self.folder / "theirs"
        shutil.rmtree(folder, ignore_errors=True)
        recipe = QuantizationModifier(targets="Linear", scheme=scheme, ignore=["lm_head", "re:.*vision.*", "re:.*gate$"])
        try:
            compress(self.folder / "model", recipe, out=folder, quantization_format="pack-quantized" if scheme == "W4AFP8" else None)
        except Exception as error:
            raise LookupError(f"llm-compressor: {type(error).__name__}: {str(error).splitlines()[0][:120] if str(error) else ''}") from error
        theirs = tensors_of(folder)
        strange = self.tensors.keys() ^ theirs.keys()
        if strange:
            raise LookupError(f"llm-compressor quantizes other modules: {sorted(strange)[0]} and {len(strange) - 1} more")
        as_bytes = lambda tensor: tensor.contiguous().flatten().view(torch.uint8)
        wrong = [name for name, tensor in self.tensors.items() if tensor.dtype != theirs[name].dtype or not torch.equal(as_bytes(tensor), as_bytes(theirs[name]))]
        if wrong:
            raise Differs(f"{len(wrong)} of {len(theirs)} tensors, {sorted(wrong)[:2]}")
        return f"{len(theirs)} tensors"

    def judge(self, scheme):
        self.exported = False
        fine = self.note("export", scheme, lambda: self.export(scheme))
        if not self.exported:
            return fine
        self.tensors, args = tensors_of(self.folder / "out"), scheme_of(self.folder / "out")
        self.plain = decompressed(self.tensors, args)
        outcomes = {"verify": self.verify, "decompress": self.decompress, "logits": lambda: self.logits(args), "rounded": lambda: self.rounded(scheme)}
        return all([self.note(check, scheme, outcome) for check, outcome in outcomes.items()])


def sample_perplexity(tools, sample, schemes, results):
    """Every scheme on the sample model, rounded: not how one would export, but the same for all."""
    ok = True
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for scheme in schemes:
            given = ["--group-size", "64"] if scheme.startswith("W") and scheme not in ("W8A8", "W4AFP8") else []
            given += ["--samples", "2", "--sequence-length", "64", "--packing"] if scheme in STATIC else []
            shutil.rmtree(folder / "run", ignore_errors=True)
            try:
                run([tools.cli, "quantize", sample, "--output", folder / "out", "--overwrite", "--scheme", scheme, "--smoothing", "off", "--solver", "rtn",
                     "--scales", "minmax", "--run-directory", folder / "run", *given])
                found = json.loads(run([tools.cli, "evaluate", folder / "out", "--reference", sample, "--sequence-length", "256", "--windows", "2", "--json"]))
                ratio, divergence = found["perplexity_ratio"], found["kl_divergence"]["mean"]
                good, text = True, f"{ratio['value']:.3f} ± {ratio['standard_error']:.3f}, KL {divergence:.3f}"
            except Differs as difference:
                # 576 is no multiple of 128: schemes whose groups have that size are refused at the door.
                refused = "divisible by 128" in str(difference)
                good, text = None if refused else False, str(difference).partition("error: ")[2] or str(difference)
            ok &= good is not False
            results.add(check="perplexity", scheme=scheme, model="sample", ok=good, text=text)
            print(f"sample {scheme:12} {text}", flush=True)
    return ok


def main():
    parser = argparse.ArgumentParser()
    for name in ("cli", "logits", "dequantize", "sample"):
        parser.add_argument(name)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--schemes", nargs="*")
    tools = parser.parse_args()
    variants = {variant[0]: variant for variant in tiny_models.variants()}
    chosen = lambda schemes: [scheme for scheme in schemes if not tools.schemes or scheme in tools.schemes]
    results, ok = Results("proof", keep=bool(tools.only or tools.schemes)), True
    for name, variant in VARIANTS.items():
        if tools.only not in name:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            architecture = Architecture(tools, name, variants[variant], pathlib.Path(scratch), results)
            for scheme in chosen(SCHEMES if tools.all or name == "Llama 2" else ONE_OF_A_KIND):
                ok &= architecture.judge(scheme)
    if tools.only in "sample":
        ok &= sample_perplexity(tools, tools.sample, chosen(SCHEMES), results)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
