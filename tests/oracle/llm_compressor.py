# SPDX-License-Identifier: GPL-3.0-or-later
"""llm-compressor on a model folder and rows of token ids, with what its solver saw kept: for oracle tests."""
import logging
import warnings

import torch
from datasets import Dataset
from llmcompressor import oneshot
from llmcompressor.core import active_session
from llmcompressor.modifiers.gptq import base as gptq
from loguru import logger
from transformers import AutoModelForCausalLM
from transformers import logging as transformers_logging

logger.remove()
warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
transformers_logging.disable_progress_bar()
torch.set_num_threads(1)  # the matrices are small


class Solved:
    """A matrix as GPTQModifier got and left it: weight [N, K], hessian [K, K] without damping, quantized [N, K] dequantized, all float32."""

    def __init__(self, weight, hessian, quantized):
        self.weight, self.hessian, self.quantized = weight, hessian, quantized

    def relative_error(self, quantized):
        """tr(ΔW H ΔWᵀ) / tr(W H Wᵀ) in float64"""
        hessian, weight = self.hessian.double(), self.weight.double()
        difference = weight - quantized.double()
        return (((difference @ hessian) * difference).sum() / ((weight @ hessian) * weight).sum()).item()


class Spy:
    """Keeps what goes through GPTQModifier while the block runs."""

    def __enter__(self):
        self.modules, self.seen = [], []
        self.own = gptq.prepare_batch, gptq.quantize_weight

        def prepare_batch(batch, *arguments):
            self.modules += batch
            return self.own[0](batch, *arguments)

        def quantize_weight(**arguments):
            weights, hessians = arguments["weights"].clone(), arguments["hessians"].clone()  # it works in place
            result = self.own[1](**arguments)
            self.seen += [Solved(*each) for each in zip(weights, hessians, result[0])]
            return result

        gptq.prepare_batch, gptq.quantize_weight = prepare_batch, quantize_weight
        return self

    def __exit__(self, *_):
        gptq.prepare_batch, gptq.quantize_weight = self.own

    def by_name(self, model):
        names = {module: name for name, module in model.named_modules()}
        return {names[module]: solved for module, solved in zip(self.modules, self.seen)}


def compress(folder, recipe, rows=None, out=None, quantization_format=None, **options):
    """Runs the recipe in float32, saves to `out` when given; returns what was solved, by the modules' names, and the model."""
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    if rows:
        data = Dataset.from_dict({"input_ids": rows, "attention_mask": [[1] * len(row) for row in rows]})
        options = {"dataset": data, "max_seq_length": len(rows[0]), "num_calibration_samples": len(rows), "shuffle_calibration_samples": False, **options}
    with Spy() as spy:
        oneshot(model=model, recipe=recipe, **options)
        solved = spy.by_name(model)
    active_session().reset()
    if out is not None:
        model.save_pretrained(out, save_compressed=True, quantization_format=quantization_format)
    return solved, model
