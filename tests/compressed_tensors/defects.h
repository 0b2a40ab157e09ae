// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "compressed_tensors/findings.h"
#include "support/tiny_model.h"

/// Broken exports: every rule of the verifier at least once.
namespace defects {

namespace fs = std::filesystem;
using octavo::Check;
using Break = std::function<void(const fs::path&)>;

inline void edit_config(const fs::path& folder, const std::function<void(tiny::Json&)>& edit) {
    tiny::Json config = tiny::Json::parse(tiny::read_text(folder / "config.json"));
    edit(config);
    tiny::write_text(folder / "config.json", config.dump(2));
}

inline Break config(std::function<void(tiny::Json&)> edit) {
    return [edit](const fs::path& folder) { edit_config(folder, edit); };
}

inline Break quantization(std::function<void(tiny::Json&)> edit) {
    return config([edit](tiny::Json& json) { edit(json["quantization_config"]); });
}

inline Break weights(std::function<void(tiny::Json&)> edit) {
    return quantization([edit](tiny::Json& json) { edit(json["config_groups"]["group_0"]["weights"]); });
}

inline Break edit_tensors(std::function<void(tiny::Tensors&)> edit) {
    return [edit](const fs::path& folder) {
        tiny::Tensors tensors = tiny::read_safetensors(folder / "model.safetensors");
        edit(tensors);
        tiny::write_safetensors(folder / "model.safetensors", tensors);
    };
}

inline Break tensor(const std::string& name, std::function<void(tiny::Tensor&)> edit) {
    return edit_tensors([=](tiny::Tensors& tensors) {
        for (auto& [found, value] : tensors)
            if (found == name) edit(value);
    });
}

inline Break without(const std::string& name) {
    return edit_tensors([=](tiny::Tensors& tensors) {
        std::erase_if(tensors, [&](const auto& entry) { return entry.first == name; });
    });
}

inline Break with(const std::string& name, const tiny::Tensor& value) {
    return edit_tensors([=](tiny::Tensors& tensors) { tensors.push_back({name, value}); });
}

inline Break bits16(const std::string& name, std::uint16_t bits) {
    return tensor(name, [=](tiny::Tensor& value) { std::memcpy(value.bytes.data(), &bits, 2); });
}

inline const std::string q = "model.layers.0.self_attn.q_proj", k = "model.layers.0.self_attn.k_proj";

inline const std::string k_scale = "model.layers.0.self_attn.k_scale";

inline Break first_byte(const std::string& name, char byte) {
    return tensor(name, [=](tiny::Tensor& value) { value.bytes[0] = byte; });
}

inline Break first_float(const std::string& name, float number) {
    return tensor(name, [=](tiny::Tensor& value) { std::memcpy(value.bytes.data(), &number, 4); });
}

inline Break input(std::function<void(tiny::Json&)> edit) {
    return quantization([edit](tiny::Json& json) { edit(json["config_groups"]["group_0"]["input_activations"]); });
}

/// An index for the one file of the folder, then `edit`.
inline void write_index(const fs::path& folder, const std::function<void(tiny::Json&)>& edit) {
    tiny::Json index;
    std::size_t total = 0;
    for (const auto& [name, value] : tiny::read_safetensors(folder / "model.safetensors")) {
        index["weight_map"][name] = "model.safetensors";
        total += value.bytes.size();
    }
    index["metadata"]["total_size"] = total;
    edit(index);
    tiny::write_text(folder / "model.safetensors.index.json", index.dump());
}

/// One way to break an export of `scheme`, and the rule that has to notice it.
struct Defect {
    const char* name;
    const char* id;
    Break damage;
    Check::Status status = Check::Status::fail;
    const char* scheme = "W8A8";
};

inline const std::vector<Defect>& all() {
    using tiny::Json;
    static const std::vector<Defect> table{
        {"weight missing", "tensors.complete", without(q + ".weight")},
        {"scale missing", "tensors.complete", without(q + ".weight_scale")},
        {"norm missing", "tensors.complete", without("model.norm.weight")},
        {"scale of nobody", "tensors.unexpected", with(q + ".input_scale", {"BF16", {1}, std::string(2, '\x3c')})},
        {"scale of an unquantized embedding", "tensors.unexpected",
         with("model.embed_tokens.weight_scale", {"BF16", {1}, std::string(2, '\x3c')})},
        {"head of a tied model has a scale", "head.tied",
         with("lm_head.weight_scale", {"BF16", {1}, std::string(2, '\x3c')})},
        {"scale of the wrong shape", "tensors.shape",
         tensor(q + ".weight_scale", [](tiny::Tensor& t) { t.shape = {t.shape[0]}; })},
        {"weight transposed", "tensors.shape",
         tensor("model.layers.0.mlp.gate_proj.weight", [](tiny::Tensor& t) { std::swap(t.shape[0], t.shape[1]); })},
        {"codes of another type", "tensors.dtype", tensor(q + ".weight", [](tiny::Tensor& t) { t.dtype = "U8"; })},
        {"scale of integers", "tensors.dtype", tensor(q + ".weight_scale", [](tiny::Tensor& t) { t.dtype = "I16"; })},
        {"scale NaN", "scales.finite", bits16(q + ".weight_scale", 0x7fc0)},
        {"scale infinite", "scales.finite", bits16(q + ".weight_scale", 0x7f80)},
        {"scale zero", "scales.zero", bits16(q + ".weight_scale", 0)},
        {"scale negative", "scales.negative", bits16(q + ".weight_scale", 0xbc00)},
        {"norm NaN", "values.finite", bits16("model.norm.weight", 0x7fc1)},
        {"embedding infinite", "values.finite", bits16("model.embed_tokens.weight", 0xff80)},
        {"FP8 code NaN", "codes.finite", tensor(q + ".weight", [](tiny::Tensor& t) { t.bytes[5] = '\xff'; }),
         Check::Status::fail, "FP8_DYNAMIC"},
        {"no quantization_config", "config.quantization",
         config([](Json& json) { json.erase("quantization_config"); })},
        {"no architecture", "config.architecture", config([](Json& json) { json.erase("architectures"); })},
        {"another method", "config.method", quantization([](Json& json) { json["quant_method"] = "gptq"; })},
        {"unknown format", "config.format", quantization([](Json& json) { json["format"] = "marlin-24"; })},
        {"format of other numbers", "config.format",
         quantization([](Json& json) { json["format"] = "pack-quantized"; })},
        {"mixed without formats", "config.format",
         quantization([](Json& json) { json["format"] = "mixed-precision"; })},
        {"wrong status", "config.status",
         quantization([](Json& json) { json["quantization_status"] = "calibration"; })},
        {"no groups", "config.groups", quantization([](Json& json) { json["config_groups"] = Json::object(); })},
        {"no weights in the group", "config.groups",
         quantization([](Json& json) { json["config_groups"]["group_0"]["weights"] = nullptr; })},
        {"group size without groups", "config.groups", weights([](Json& json) { json["group_size"] = 128; })},
        {"unknown key", "config.keys", weights([](Json& json) { json["octavo"] = 1; })},
        {"activation order", "config.actorder", weights([](Json& json) { json["actorder"] = "group"; })},
        {"sparse", "config.sparsity", quantization([](Json& json) {
             json["sparsity_config"] = {{"format", "sparse-24-bitmask"}, {"targets", {"Linear"}}};
         })},
        {"integer cache", "config.kv_cache", quantization([](Json& json) {
             json["kv_cache_scheme"] = {{"num_bits", 8}, {"type", "int"}, {"symmetric", true}, {"strategy", "tensor"}};
         })},
        {"per-group int8", "config.scheme", weights([](Json& json) {
             json["strategy"] = "group";
             json["group_size"] = 16;
         })},
        {"head not ignored", "head.tied", quantization([](Json& json) { json["ignore"] = Json::array(); })},
        {"one of q, k, v ignored", "fused.uniform", quantization([](Json& json) { json["ignore"].push_back(k); })},
        {"quantized but ignored", "tensors.dtype",
         quantization([](Json& json) { json["ignore"].push_back("re:.*o_proj"); })},
        {"target matches nothing", "targets.match",
         quantization([](Json& json) { json["config_groups"]["group_0"]["targets"] = {"Convolution"}; })},
        {"ignored name matches nothing", "ignore.match",
         quantization([](Json& json) { json["ignore"].push_back("model.layers.9.mlp.up_proj"); }),
         Check::Status::warning},
        {"broken expression", "ignore.match", quantization([](Json& json) { json["ignore"].push_back("re:("); })},
        {"stray file of tensors", "folder.strays",
         [](const fs::path& folder) { fs::copy(folder / "model.safetensors", folder / "old.safetensors"); }},
        {"index names a missing file", "index.consistent",
         [](const fs::path& folder) {
             tiny::write_text(folder / "model.safetensors.index.json",
                              R"({"weight_map": {"a": "model-00001-of-00002.safetensors"}})");
         }},
        {"cut short", "folder.opens",
         [](const fs::path& folder) {
             fs::resize_file(folder / "model.safetensors", fs::file_size(folder / "model.safetensors") - 1);
         }},
        {"tokenizer damaged", "tokenizer.loads",
         [](const fs::path& folder) { tiny::write_text(folder / "tokenizer.json", "{\"model\": 1}"); }},
        {"generation configuration damaged", "generation_config.parses",
         [](const fs::path& folder) { tiny::write_text(folder / "generation_config.json", "{,}"); }},
        {"packed weight missing", "tensors.complete", without(q + ".weight_packed"), Check::Status::fail, "W4A16"},
        {"packed weight of another type", "tensors.dtype",
         tensor(q + ".weight_packed", [](tiny::Tensor& t) { t.dtype = "F32"; }), Check::Status::fail, "W4A16"},
        {"packed weight of another shape", "tensors.shape",
         tensor(q + ".weight_packed", [](tiny::Tensor& t) { std::swap(t.shape[0], t.shape[1]); }), Check::Status::fail,
         "W4A16"},
        {"shape missing", "tensors.complete", without(q + ".weight_shape"), Check::Status::fail, "W4A16"},
        {"shape of another matrix", "tensors.packed_shape", first_byte(q + ".weight_shape", 64), Check::Status::fail,
         "W4A16"},
        {"index of an activation order", "tensors.unexpected",
         with(q + ".weight_g_idx", {"I32", {128}, std::string(512, '\0')}), Check::Status::fail, "W4A16"},
        {"group that does not divide", "sizes.divide", weights([](Json& json) { json["group_size"] = 96; }),
         Check::Status::fail, "W4A16"},
        {"packed groups of bytes", "config.format", quantization([](Json& json) { json["format"] = "int-quantized"; }),
         Check::Status::fail, "W4A16"},
        {"zero points missing", "tensors.complete", without(q + ".weight_zero_point"), Check::Status::fail,
         "W4A16_ASYM"},
        {"zero points of nobody", "tensors.unexpected", weights([](Json& json) { json["symmetric"] = true; }),
         Check::Status::fail, "W4A16_ASYM"},
        {"zero points that are not packed", "tensors.dtype",
         tensor(q + ".weight_zero_point", [](tiny::Tensor& t) { t.dtype = "U32"; }), Check::Status::fail, "W4A16_ASYM"},
        {"3-bit zero points", "config.scheme", weights([](Json& json) { json["num_bits"] = 3; }), Check::Status::fail,
         "W4A16_ASYM"},
        {"4-bit code of 8 bits", "codes.range", first_byte(q + ".weight", 8), Check::Status::fail, "W4A8"},
        {"FP8 inputs in groups of 64", "config.scheme", weights([](Json& json) { json["group_size"] = 64; }),
         Check::Status::fail, "W4AFP8"},
        {"block scales of rows", "tensors.shape", weights([](Json& json) {
             json["block_structure"] = {64, 128};
         }),
         Check::Status::fail, "FP8_BLOCK"},
        {"blocks across fused matrices", "sizes.divide", weights([](Json& json) {
             json["block_structure"] = {96, 128};
         }),
         Check::Status::fail, "FP8_BLOCK"},
        {"static scale missing", "tensors.complete", without(q + ".input_scale"), Check::Status::fail, "FP8"},
        {"static scales of q and k differ", "fused.scales", bits16(q + ".input_scale", 0x3f80), Check::Status::fail,
         "FP8"},
        {"static scale negative", "scales.negative", bits16(q + ".input_scale", 0xbf80), Check::Status::fail, "FP8"},
        {"global scale missing", "tensors.complete", without(q + ".weight_global_scale"), Check::Status::fail,
         "NVFP4A16"},
        {"global scales of q and k differ", "fused.scales", first_float(q + ".weight_global_scale", 3),
         Check::Status::fail, "NVFP4A16"},
        {"global scale zero", "scales.zero", first_float(q + ".weight_global_scale", 0), Check::Status::fail,
         "NVFP4A16"},
        {"global scale infinite", "scales.finite",
         first_float(q + ".weight_global_scale", std::numeric_limits<float>::infinity()), Check::Status::fail,
         "NVFP4A16"},
        {"E4M3 scale NaN", "scales.finite", first_byte(q + ".weight_scale", 0x7f), Check::Status::fail, "NVFP4A16"},
        {"E4M3 scale negative", "scales.negative", first_byte(q + ".weight_scale", '\x81'), Check::Status::fail,
         "NVFP4A16"},
        {"E4M3 scale zero", "scales.zero", first_byte(q + ".weight_scale", 0), Check::Status::fail, "NVFP4A16"},
        {"E4M3 scales as exponents", "tensors.dtype",
         tensor(q + ".weight_scale", [](tiny::Tensor& t) { t.dtype = "U8"; }), Check::Status::fail, "NVFP4A16"},
        {"FP4 scales without groups of 16", "config.scheme", weights([](Json& json) { json["group_size"] = 32; }),
         Check::Status::fail, "NVFP4A16"},
        {"global scale of the inputs missing", "tensors.complete", without(q + ".input_global_scale"),
         Check::Status::fail, "NVFP4"},
        {"global scales of the inputs differ", "fused.scales", first_float(q + ".input_global_scale", 3),
         Check::Status::fail, "NVFP4"},
        {"FP4 weights with FP8 inputs", "config.scheme", input([](Json& json) {
             json = {{"num_bits", 8}, {"type", "float"}, {"symmetric", true}, {"strategy", "token"}, {"dynamic", true}};
         }),
         Check::Status::fail, "NVFP4"},
        {"exponent NaN", "scales.finite", first_byte(q + ".weight_scale", '\xff'), Check::Status::fail, "MXFP4"},
        {"exponents as E4M3", "tensors.dtype",
         tensor(q + ".weight_scale", [](tiny::Tensor& t) { t.dtype = "F8_E4M3"; }), Check::Status::fail, "MXFP4"},
        {"scales that nobody said are exponents", "config.scheme",
         weights([](Json& json) { json.erase("scale_dtype"); }), Check::Status::fail, "MXFP8"},
        {"code NaN among exponents", "codes.finite", first_byte(q + ".weight", 0x7f), Check::Status::fail, "MXFP8"},
        {"sizes of another model", "config.tensors", config([](Json& json) { json["hidden_size"] = 64; })},
        {"router quantized", "moe.router",
         [](const fs::path& folder) {
             // An architecture that nobody knows: matrices, and routers, are found by their names.
             edit_config(folder, [](Json& json) { json["architectures"] = {"SomeMoeForCausalLM"}; });
             edit_tensors([](tiny::Tensors& tensors) {
                 const std::string gate = "model.layers.0.mlp.gate";
                 tensors.push_back({gate + ".weight", {"I8", {4, 32}, std::string(128, '\1')}});
                 tensors.push_back({gate + ".weight_scale", {"BF16", {4, 1}, std::string(8, '\x3c')}});
             })(folder);
         }},
        {"index without a map", "index.consistent",
         [](const fs::path& folder) { tiny::write_text(folder / "model.safetensors.index.json", "{}"); }},
        {"index that is no JSON", "index.consistent",
         [](const fs::path& folder) { tiny::write_text(folder / "model.safetensors.index.json", "{\"weight_map\":"); }},
        {"tensor that the index does not know", "index.consistent",
         [](const fs::path& folder) {
             write_index(folder, [](Json& index) { index["weight_map"].erase(q + ".weight_scale"); });
         }},
        {"index with another total", "index.consistent",
         [](const fs::path& folder) { write_index(folder, [](Json& index) { index["metadata"]["total_size"] = 1; }); }},
        {"no tokenizer", "tokenizer.loads", [](const fs::path& folder) { fs::remove(folder / "tokenizer.json"); },
         Check::Status::warning},
        {"generation configuration of another kind", "generation_config.parses",
         [](const fs::path& folder) { tiny::write_text(folder / "generation_config.json", "[1]"); }},
        {"naive floating-point weights", "config.format",
         quantization([](Json& json) { json["format"] = "naive-quantized"; }), Check::Status::fail, "FP8_DYNAMIC"},
        {"group of an unknown key", "config.keys",
         quantization([](Json& json) { json["config_groups"]["group_0"]["comment"] = "mine"; })},
        {"asymmetric bytes", "config.scheme", weights([](Json& json) { json["symmetric"] = false; })},
        {"static inputs per row", "config.groups", input([](Json& json) { json["dynamic"] = false; })},
        {"no tensors at all", "folder.opens", [](const fs::path& folder) { fs::remove(folder / "model.safetensors"); }},
        {"ignored class", "ignore.match", quantization([](Json& json) { json["ignore"].push_back("Linear"); }),
         Check::Status::warning},
        {"bias of another shape", "config.tensors", with(q + ".bias", {"BF16", {3}, std::string(6, '\0')})},
        {"dynamic cache", "config.kv_cache",
         quantization([](Json& json) { json["kv_cache_scheme"]["dynamic"] = true; }), Check::Status::fail, "cache"},
        {"cache scheme with an unknown key", "config.keys",
         quantization([](Json& json) { json["kv_cache_scheme"]["octavo"] = 1; }), Check::Status::fail, "cache"},
        {"scale of the keys missing", "cache.scales", without(k_scale), Check::Status::fail, "cache"},
        {"scale of the keys NaN", "scales.finite", bits16(k_scale, 0x7fc0), Check::Status::fail, "cache"},
        {"scale of the keys zero", "scales.zero", bits16(k_scale, 0), Check::Status::fail, "cache"},
        {"scales per head in a cache per layer", "tensors.shape",
         tensor(k_scale,
                [](tiny::Tensor& t) {
                    t = {"BF16", {2, 1, 1}, std::string(4, '\x3c')};
                }),
         Check::Status::fail, "cache"},
        {"scales of a layer that is not there", "tensors.unexpected",
         with("model.layers.7.self_attn.k_scale", {"BF16", {1}, std::string(2, '\x3c')}), Check::Status::fail, "cache"},
        {"scales that the configuration forgot", "tensors.unexpected",
         quantization([](Json& json) { json["kv_cache_scheme"] = nullptr; }), Check::Status::fail, "cache"},
        {"cache of a latent", "cache.attention",
         [](const fs::path& folder) {
             // An architecture that nobody knows, whose attention is told by the names of its matrices.
             edit_config(folder, [](Json& json) { json["architectures"] = {"SomeLatentForCausalLM"}; });
             edit_tensors([](tiny::Tensors& tensors) {
                 tensors.push_back({"model.layers.0.self_attn.kv_a_proj_with_mqa.weight",
                                    {"F8_E4M3", {8, 32}, std::string(256, '\1')}});
                 tensors.push_back({"model.layers.0.self_attn.kv_a_proj_with_mqa.weight_scale",
                                    {"BF16", {8, 1}, std::string(16, '\x3c')}});
             })(folder);
         },
         Check::Status::fail, "cache"},
        {"more layers than tensors", "tensors.complete", config([](Json& json) { json["num_hidden_layers"] = 3; })},
    };
    return table;
}

} // namespace defects
