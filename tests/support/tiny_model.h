// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

/// A random model of the llama family, small enough for a test, written without any of the code that reads it.
namespace tiny {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Tensor {
    std::string dtype; ///< as safetensors names it
    std::vector<std::int64_t> shape;
    std::string bytes;
};
using Tensors = std::vector<std::pair<std::string, Tensor>>;

inline void write_text(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

inline std::string read_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Truncating is right here: the values have few bits.
inline std::string bytes_of(const std::vector<float>& values, const std::string& dtype) {
    std::string out;
    for (const float value : values) {
        std::uint32_t bits;
        std::memcpy(&bits, &value, 4);
        if (dtype == "F32") {
            out.append(reinterpret_cast<const char*>(&bits), 4);
            continue;
        }
        std::uint16_t half = static_cast<std::uint16_t>(bits >> 16); // BF16
        if (dtype == "F16") {
            const int exponent = static_cast<int>((bits >> 23) & 0xff) - 127 + 15;
            half = static_cast<std::uint16_t>(
                ((bits >> 16) & 0x8000) |
                (exponent > 0 ? static_cast<unsigned>(exponent) << 10 | ((bits >> 13) & 0x3ff) : 0u));
        }
        out.append(reinterpret_cast<const char*>(&half), 2);
    }
    return out;
}

inline void write_safetensors(const fs::path& file, const Tensors& tensors) {
    Json header;
    header["__metadata__"] = {{"format", "pt"}};
    std::string data;
    for (const auto& [name, tensor] : tensors) {
        header[name] = {{"dtype", tensor.dtype},
                        {"shape", tensor.shape},
                        {"data_offsets", {data.size(), data.size() + tensor.bytes.size()}}};
        data += tensor.bytes;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const std::uint64_t size = text.size();
    write_text(file, std::string(reinterpret_cast<const char*>(&size), 8) + text + data);
}

inline Tensors read_safetensors(const fs::path& file) {
    const std::string whole = read_text(file);
    std::uint64_t size = 0;
    std::memcpy(&size, whole.data(), 8);
    const Json header = Json::parse(whole.substr(8, size));
    Tensors out;
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__") continue;
        const auto begin = entry.at("data_offsets")[0].get<std::size_t>(),
                   end = entry.at("data_offsets")[1].get<std::size_t>();
        out.push_back({name,
                       {entry.at("dtype"), entry.at("shape").get<std::vector<std::int64_t>>(),
                        whole.substr(8 + size + begin, end - begin)}});
    }
    return out;
}

struct Options {
    int layers = 2, heads = 4, kv_heads = 2, head_dim = 8;
    std::int64_t hidden = 32, intermediate = 48, vocabulary = 272;
    std::string dtype = "BF16";
    bool tied = true, attention_bias = false;
    std::string architecture = "LlamaForCausalLM", model_type = "llama";
    unsigned seed = 1;
};

/// Values with 7 significant bits, so that every dtype holds them exactly.
inline std::vector<float> random_values(std::int64_t count, std::mt19937& generator) {
    std::vector<float> out(static_cast<std::size_t>(count));
    for (float& value : out) value = static_cast<float>(static_cast<int>(generator() % 255) - 127) / 1024.0f;
    return out;
}

inline Tensors tensors(const Options& options) {
    std::mt19937 generator(options.seed);
    Tensors out;
    const auto add = [&](const std::string& name, std::vector<std::int64_t> shape) {
        std::int64_t count = 1;
        for (const std::int64_t extent : shape) count *= extent;
        out.push_back(
            {name, {options.dtype, std::move(shape), bytes_of(random_values(count, generator), options.dtype)}});
    };
    const std::int64_t q = options.heads * options.head_dim, kv = options.kv_heads * options.head_dim;
    add("model.embed_tokens.weight", {options.vocabulary, options.hidden});
    for (int layer = 0; layer < options.layers; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        add(prefix + "input_layernorm.weight", {options.hidden});
        for (const auto& [role, rows] : {std::pair("q", q), std::pair("k", kv), std::pair("v", kv)}) {
            add(prefix + "self_attn." + role + "_proj.weight", {rows, options.hidden});
            if (options.attention_bias) add(prefix + "self_attn." + role + "_proj.bias", {rows});
        }
        add(prefix + "self_attn.o_proj.weight", {options.hidden, q});
        if (options.attention_bias) add(prefix + "self_attn.o_proj.bias", {options.hidden});
        add(prefix + "post_attention_layernorm.weight", {options.hidden});
        add(prefix + "mlp.gate_proj.weight", {options.intermediate, options.hidden});
        add(prefix + "mlp.up_proj.weight", {options.intermediate, options.hidden});
        add(prefix + "mlp.down_proj.weight", {options.hidden, options.intermediate});
    }
    add("model.norm.weight", {options.hidden});
    if (!options.tied) add("lm_head.weight", {options.vocabulary, options.hidden});
    return out;
}

inline Json config(const Options& options) {
    Json out;
    out["architectures"] = Json::array({options.architecture});
    out["attention_bias"] = options.attention_bias;
    out["bos_token_id"] = 256;
    out["eos_token_id"] = 257;
    out["head_dim"] = options.head_dim;
    out["hidden_act"] = "silu";
    out["hidden_size"] = options.hidden;
    out["intermediate_size"] = options.intermediate;
    out["max_position_embeddings"] = 512;
    out["mlp_bias"] = false;
    out["model_type"] = options.model_type;
    out["num_attention_heads"] = options.heads;
    out["num_hidden_layers"] = options.layers;
    out["num_key_value_heads"] = options.kv_heads;
    out["rms_norm_eps"] = 1e-5;
    out["rope_theta"] = 10000.0;
    out["tie_word_embeddings"] = options.tied;
    out["torch_dtype"] = options.dtype == "BF16" ? "bfloat16" : options.dtype == "F16" ? "float16" : "float32";
    out["vocab_size"] = options.vocabulary;
    return out;
}

inline std::string utf8(unsigned point) {
    if (point < 0x80) return {static_cast<char>(point)};
    return {static_cast<char>(0xc0 | point >> 6), static_cast<char>(0x80 | (point & 0x3f))};
}

/// Byte-level tokenizer without merges: one id per byte (GPT-2's alphabet), then <s>, </s>, <unk>.
inline void write_tokenizer(const fs::path& folder) {
    Json vocabulary = Json::object();
    unsigned other = 256;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
        vocabulary[utf8(printable ? byte : other++)] = byte;
    }
    Json added = Json::array();
    int id = 256;
    for (const char* token : {"<s>", "</s>", "<unk>"})
        added.push_back({{"id", id++},
                         {"content", token},
                         {"single_word", false},
                         {"lstrip", false},
                         {"rstrip", false},
                         {"normalized", false},
                         {"special", true}});
    for (const Json& token : added) vocabulary[token["content"].get<std::string>()] = token["id"];
    Json out;
    out["version"] = "1.0";
    out["added_tokens"] = added;
    out["pre_tokenizer"] = {
        {"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", true}};
    out["decoder"] = {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", true}};
    out["model"] = {{"type", "BPE"}, {"vocab", vocabulary}, {"merges", Json::array()}};
    write_text(folder / "tokenizer.json", out.dump());
    const char* chat = "{% for m in messages %}<s>{{ m['role'] }}\n{{ m['content'] }}</s>\n{% endfor %}";
    write_text(folder / "tokenizer_config.json", Json{{"bos_token", "<s>"},
                                                      {"eos_token", "</s>"},
                                                      {"unk_token", "<unk>"},
                                                      {"tokenizer_class", "PreTrainedTokenizerFast"},
                                                      {"chat_template", chat}}
                                                     .dump(2));
}

inline void write(const fs::path& folder, const Options& options = {}) {
    fs::create_directories(folder);
    write_text(folder / "config.json", config(options).dump(2));
    write_text(folder / "generation_config.json", "{\"bos_token_id\": 256, \"eos_token_id\": 257}\n");
    write_safetensors(folder / "model.safetensors", tensors(options));
    write_tokenizer(folder);
}

} // namespace tiny
