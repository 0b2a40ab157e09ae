# SPDX-License-Identifier: GPL-3.0-or-later
"""Tiny models of every variant that Octavo runs, made by transformers. Their weights follow from the tensors' names alone, so that a fixture
holds none: value i of tensor T is base + amplitude · u, where u in {-127 … 127} / 128 is the (i + 1)-th number of splitmix64 seeded with the
FNV-1a hash of T's name in the checkpoint."""
import json
import pathlib

import numpy
import torch
import transformers
from safetensors import safe_open
from safetensors.torch import save_file

LLAMA3 = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
          "original_max_position_embeddings": 32}
YARN = {"rope_type": "yarn", "rope_theta": 10000.0, "factor": 4.0, "original_max_position_embeddings": 64}


def rope(**keys):
    return {"rope_type": "default", "rope_theta": 10000.0, **keys}


def sizes(**changes):
    base = dict(vocab_size=97, hidden_size=48, intermediate_size=80, num_hidden_layers=3, num_attention_heads=6, num_key_value_heads=6,
                max_position_embeddings=256, tie_word_embeddings=False, pad_token_id=None, bos_token_id=1, eos_token_id=2)
    return {**base, **changes}


def experts(**changes):
    return sizes(num_key_value_heads=2, moe_intermediate_size=32, num_experts_per_tok=2, **changes)


def latent(**changes):
    return sizes(q_lora_rank=20, kv_lora_rank=16, qk_nope_head_dim=10, qk_rope_head_dim=8, v_head_dim=12, moe_intermediate_size=32,
                 num_experts_per_tok=3, first_k_dense_replace=1, **changes)


def dense_variants():
    """name, configuration class, its arguments, None or the old spelling of its rotary embedding"""
    yield "llama, as many kv heads", "Llama", sizes(rope_parameters=rope()), {"rope_theta": 10000.0, "rope_scaling": None}
    yield "llama, 3 kv heads", "Llama", sizes(num_key_value_heads=3, tie_word_embeddings=True), None
    yield "llama, 9 heads on 3", "Llama", sizes(hidden_size=72, num_attention_heads=9, num_key_value_heads=3, rms_norm_eps=1e-5), None
    yield "llama, one kv head", "Llama", sizes(num_key_value_heads=1), None
    yield "llama, head_dim 20", "Llama", sizes(head_dim=20, num_key_value_heads=2), None
    yield "llama, attention_bias", "Llama", sizes(attention_bias=True, num_key_value_heads=2), None
    yield "llama, mlp_bias, tied", "Llama", sizes(mlp_bias=True, attention_bias=True, tie_word_embeddings=True), None
    yield "llama, gelu", "Llama", sizes(hidden_act="gelu"), None
    yield "llama, gelu tanh", "Llama", sizes(hidden_act="gelu_pytorch_tanh"), None
    yield "llama, linear rope", "Llama", sizes(rope_parameters=rope(rope_type="linear", factor=4.0)), {
        "rope_theta": 10000.0, "rope_scaling": {"type": "linear", "factor": 4.0}}
    yield "llama, llama3 rope", "Llama", sizes(rope_parameters=LLAMA3, num_key_value_heads=2), {
        "rope_theta": 500000.0, "rope_scaling": {key: value for key, value in LLAMA3.items() if key != "rope_theta"}}
    yield "llama, dynamic rope", "Llama", sizes(rope_parameters=rope(rope_type="dynamic", factor=2.0), max_position_embeddings=24), None
    yield "llama, large theta", "Llama", sizes(rope_parameters=rope(rope_theta=1e6)), {"rope_theta": 1000000.0}
    yield "mistral, window 8", "Mistral", sizes(sliding_window=8, num_key_value_heads=2), None
    yield "mistral, window 1", "Mistral", sizes(sliding_window=1, num_key_value_heads=2), None
    yield "mistral, no window", "Mistral", sizes(sliding_window=None, num_key_value_heads=3, head_dim=12), {"rope_theta": 10000.0}
    yield "ministral", "Ministral", sizes(sliding_window=8, num_key_value_heads=2, head_dim=10,
                                          layer_types=["sliding_attention", "full_attention", "sliding_attention"]), None
    yield "qwen2", "Qwen2", sizes(num_key_value_heads=2), {"rope_theta": 10000.0}
    yield "qwen2, tied", "Qwen2", sizes(num_key_value_heads=3, tie_word_embeddings=True), None
    yield "qwen2, window from layer 1", "Qwen2", sizes(num_key_value_heads=2, use_sliding_window=True, sliding_window=8, max_window_layers=1), None
    yield "qwen2, yarn", "Qwen2", sizes(num_key_value_heads=2, rope_parameters=YARN), {
        "rope_theta": 10000.0, "rope_scaling": {key: value for key, value in YARN.items() if key != "rope_theta"}}
    yield "qwen2, yarn, other bounds", "Qwen2", sizes(num_key_value_heads=2, rope_parameters={
        **YARN, "beta_fast": 8.0, "beta_slow": 2.0, "attention_factor": 1.25, "truncate": False}), None
    yield "qwen3", "Qwen3", sizes(num_key_value_heads=2, head_dim=12), {"rope_theta": 10000.0}
    yield "qwen3, 5 heads, bias, tied", "Qwen3", sizes(num_attention_heads=5, num_key_value_heads=1, head_dim=16, attention_bias=True,
                                                      tie_word_embeddings=True), None
    yield "smollm3", "SmolLM3", sizes(num_hidden_layers=4, num_key_value_heads=2, no_rope_layer_interval=2, tie_word_embeddings=True), {
        "rope_theta": 2000000.0}
    yield "smollm3, window, list", "SmolLM3", sizes(num_key_value_heads=3, no_rope_layers=[0, 1, 0], use_sliding_window=True,
                                                   sliding_window=6), None
    yield "granite", "Granite", sizes(num_key_value_heads=2, attention_multiplier=0.2, embedding_multiplier=6.0, residual_multiplier=0.3,
                                      logits_scaling=4.0, rope_parameters=rope()), {"rope_theta": 10000.0}
    yield "granite, biases, tied", "Granite", sizes(attention_bias=True, mlp_bias=True, tie_word_embeddings=True, logits_scaling=0.5), None
    yield "phi3", "Phi3", sizes(num_key_value_heads=2, original_max_position_embeddings=256), {"rope_theta": 10000.0}
    yield "phi3, window", "Phi3", sizes(num_key_value_heads=3, sliding_window=9, original_max_position_embeddings=256), None
    yield "phi3, longrope, partial", "Phi3", sizes(
        hidden_size=96, num_key_value_heads=2, max_position_embeddings=128, original_max_position_embeddings=24, rope_parameters={
            "rope_type": "longrope", "rope_theta": 10000.0, "partial_rotary_factor": 0.75,
            "short_factor": [1.0, 1.1, 1.2, 1.3, 1.5, 2.0], "long_factor": [1.0, 1.5, 2.0, 3.0, 5.0, 9.0]}), {
                "rope_theta": 10000.0, "partial_rotary_factor": 0.75, "original_max_position_embeddings": 24, "rope_scaling": {
                    "type": "longrope", "short_factor": [1.0, 1.1, 1.2, 1.3, 1.5, 2.0], "long_factor": [1.0, 1.5, 2.0, 3.0, 5.0, 9.0]}}
    yield "olmo2", "Olmo2", sizes(num_key_value_heads=2, rope_parameters=rope(rope_theta=500000.0)), {"rope_theta": 500000.0}
    yield "olmo2, 5 heads", "Olmo2", sizes(hidden_size=80, num_attention_heads=5, num_key_value_heads=5), None
    yield "olmo3", "Olmo3", sizes(num_hidden_layers=4, num_key_value_heads=2, sliding_window=8), None
    yield "olmo3, yarn", "Olmo3", sizes(
        num_hidden_layers=4, sliding_window=8, layer_types=["full_attention", "sliding_attention"] * 2, rope_parameters={
            "full_attention": {**YARN, "rope_theta": 500000.0, "attention_factor": 1.2},
            "sliding_attention": {"rope_type": "default", "rope_theta": 500000.0}}), {
                "rope_theta": 500000.0, "rope_scaling": {**{key: YARN[key] for key in YARN if key != "rope_theta"}, "attention_factor": 1.2}}
    yield "gemma", "Gemma", sizes(num_key_value_heads=1, head_dim=12, tie_word_embeddings=True), {"rope_theta": 10000.0}
    yield "gemma2", "Gemma2", sizes(num_key_value_heads=2, head_dim=12, sliding_window=8, query_pre_attn_scalar=16,
                                    attn_logit_softcapping=5.0, final_logit_softcapping=6.0, tie_word_embeddings=True), {
                                        "rope_theta": 10000.0}
    yield "gemma2, untied, no softcaps", "Gemma2", sizes(num_key_value_heads=3, head_dim=10, sliding_window=8, attn_logit_softcapping=None,
                                                        final_logit_softcapping=None, attention_bias=True), None
    yield "gemma3", "Gemma3Text", sizes(num_hidden_layers=6, num_key_value_heads=2, head_dim=12, sliding_window=8, query_pre_attn_scalar=20,
                                        sliding_window_pattern=3, tie_word_embeddings=True), {
                                            "rope_theta": 1000000.0, "rope_local_base_freq": 10000.0, "sliding_window_pattern": 3}
    yield "gemma3, scaled", "Gemma3Text", sizes(
        num_key_value_heads=3, head_dim=10, sliding_window=8, final_logit_softcapping=6.0,
        layer_types=["sliding_attention", "full_attention", "sliding_attention"], rope_parameters={
            "full_attention": {"rope_type": "linear", "rope_theta": 1000000.0, "factor": 8.0},
            "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}), None
    yield "glm", "Glm", sizes(num_key_value_heads=2, head_dim=12), {"rope_theta": 10000.0, "partial_rotary_factor": 0.5}
    yield "glm4", "Glm4", sizes(num_key_value_heads=3, head_dim=16, attention_bias=False), None
    yield "stablelm", "StableLm", sizes(num_key_value_heads=2, use_qkv_bias=True), {"rope_theta": 10000.0, "partial_rotary_factor": 0.25}
    yield "stablelm, half turned", "StableLm", sizes(rope_parameters=rope(partial_rotary_factor=0.5)), None
    yield "starcoder2", "Starcoder2", sizes(num_key_value_heads=2, tie_word_embeddings=True), {"rope_theta": 10000.0}
    yield "starcoder2, window, no bias", "Starcoder2", sizes(num_key_value_heads=2, sliding_window=8, use_bias=False), None


def sparse_variants():
    yield "mixtral", "Mixtral", sizes(num_key_value_heads=2, num_local_experts=5, num_experts_per_tok=2, sliding_window=None), {
        "rope_theta": 1000000.0}
    yield "qwen2 moe", "Qwen2Moe", experts(num_experts=6, shared_expert_intermediate_size=40, norm_topk_prob=True), {"rope_theta": 10000.0}
    yield "qwen2 moe, dense layer", "Qwen2Moe", experts(num_experts=6, shared_expert_intermediate_size=40, mlp_only_layers=[1]), None
    yield "qwen3 moe", "Qwen3Moe", experts(num_experts=7, head_dim=12, norm_topk_prob=True), {"rope_theta": 10000.0}
    yield "qwen3 moe, every second", "Qwen3Moe", experts(num_experts=7, head_dim=12, decoder_sparse_step=2), None
    yield "olmoe", "Olmoe", sizes(num_experts=6, num_experts_per_tok=3, num_key_value_heads=3), {"rope_theta": 10000.0}
    yield "deepseek v2", "DeepseekV2", latent(n_routed_experts=6, n_shared_experts=2, topk_method="greedy", routed_scaling_factor=1.5), {
        "rope_theta": 10000.0}
    yield "deepseek v2, groups, yarn", "DeepseekV2", {**latent(
        n_routed_experts=8, n_shared_experts=1, topk_method="group_limited_greedy", n_group=4, topk_group=2, rope_parameters={
            **YARN, "mscale": 0.7, "mscale_all_dim": 0.7, "beta_fast": 32, "beta_slow": 1}), "q_lora_rank": None}, None
    yield "deepseek v3", "DeepseekV3", latent(n_routed_experts=8, n_shared_experts=1, n_group=4, topk_group=2), {"rope_theta": 10000.0}
    yield "deepseek v3, yarn", "DeepseekV3", latent(
        n_routed_experts=8, n_shared_experts=2, n_group=2, topk_group=1, norm_topk_prob=False,
        rope_parameters={**YARN, "mscale": 1.0, "mscale_all_dim": 1.0, "beta_fast": 32, "beta_slow": 1}), None


def wrapped_variants():
    """Language models within models that see; text alone goes through them."""
    tower = dict(hidden_size=16, intermediate_size=24, num_hidden_layers=1, num_attention_heads=2, image_size=28, patch_size=14)
    yield "gemma3 that sees", "Gemma3", dict(
        text_config=sizes(num_key_value_heads=2, head_dim=12, sliding_window=8, query_pre_attn_scalar=20, tie_word_embeddings=True),
        vision_config={**tower, "vision_use_head": False}, mm_tokens_per_image=4), None
    yield "qwen2.5 that sees", "Qwen2_5_VL", dict(
        text_config=sizes(num_key_value_heads=2, rope_parameters=rope(mrope_section=[1, 1, 2])),
        vision_config=dict(hidden_size=16, depth=1, num_heads=2, intermediate_size=24, out_hidden_size=48)), None


def variants():
    yield from dense_variants()
    yield from sparse_variants()
    yield from wrapped_variants()


def configuration(name, arguments):
    return getattr(transformers, name + "Config")(**arguments)


def model_class(config):
    wrapper = getattr(transformers, type(config).__name__.replace("Config", "ForConditionalGeneration"), None)
    return wrapper or transformers.AutoModelForCausalLM


def numbers(name, count):
    """u of the module's text, for one tensor"""
    seed = numpy.uint64(0xcbf29ce484222325)
    with numpy.errstate(over="ignore"):
        for byte in name.encode():
            seed = (seed ^ numpy.uint64(byte)) * numpy.uint64(0x100000001b3)
        z = seed + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9e3779b97f4a7c15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xbf58476d1ce4e5b9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94d049bb133111eb)
        z = z ^ (z >> numpy.uint64(31))
    return ((z % numpy.uint64(255)).astype(numpy.float64) - 127) / 128


def rule_of(name, offset_norms):
    """base and amplitude: large enough that attention is far from uniform and every bias and norm counts"""
    norm = "norm" in name
    if name.endswith("e_score_correction_bias"):
        return 0.0, 0.25
    if norm and not name.endswith("bias"):
        return (0.0 if offset_norms else 1.0), 0.5
    if name.endswith("bias"):
        return 0.0, 0.5
    return 0.0, (1.0 if name.endswith("gate.weight") else 0.375)


def write(config, folder):
    """The model as transformers saves it, with its weights replaced; returns [[tensor, shape, base, amplitude], ...]."""
    folder = pathlib.Path(folder)
    kind = model_class(config)
    model = kind(config) if hasattr(config, "text_config") else kind.from_config(config, dtype=torch.float32)
    model.save_pretrained(folder)
    manifest, tensors = [], {}
    with safe_open(folder / "model.safetensors", "pt") as file:
        for name in sorted(file.keys()):
            shape = list(file.get_slice(name).get_shape())
            base, amplitude = rule_of(name, config.model_type.startswith("gemma"))
            manifest.append([name, shape, base, amplitude])
            count = int(numpy.prod(shape))
            tensors[name] = torch.from_numpy((base + amplitude * numbers(name, count)).astype(numpy.float32)).reshape(shape)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "generation_config.json").unlink(missing_ok=True)
    return manifest


def load(folder):
    kind = model_class(transformers.AutoConfig.from_pretrained(folder))
    return kind.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()


def logits(model, rows):
    """Of each row by itself; short rows first, because a dynamic rotary embedding does not forget a long one."""
    out = [None] * len(rows)
    with torch.no_grad():
        for number in sorted(range(len(rows)), key=lambda each: len(rows[each])):
            out[number] = model(torch.tensor([rows[number]])).logits[0]
    return torch.cat(out)


def old_spelling(folder, keys):
    """config.json as transformers 4 wrote it: rope_theta and rope_scaling beside each other, torch_dtype"""
    file = pathlib.Path(folder) / "config.json"
    config = json.loads(file.read_text())
    config.pop("rope_parameters", None)
    if "use_sliding_window" not in keys and config["model_type"] not in ("ministral", "olmo3"):
        config.pop("layer_types", None)
    config["torch_dtype"] = config.pop("dtype", "float32")
    file.write_text(json.dumps({**config, **keys}))
