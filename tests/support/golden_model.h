// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>

#include "support/tiny_model.h"

/// Tiny models of every kind of architecture: what tests/oracle/make_logits_fixtures.py noted of transformers.
namespace golden {

namespace fs = std::filesystem;
using Json = tiny::Json;

inline std::vector<fs::path> files(const fs::path& data) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(data / "model/golden")) out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

/// splitmix64, seeded with the FNV-1a hash of the tensor's name; as in tests/oracle/tiny_models.py.
inline std::vector<float> values(const std::string& name, std::size_t count, double base, double amplitude) {
    std::uint64_t seed = 0xcbf29ce484222325u;
    for (const char c : name) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    std::vector<float> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t z = seed + (i + 1) * 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        z = z ^ (z >> 31);
        out[i] = static_cast<float>(base + amplitude * (static_cast<double>(z % 255) - 127) / 128);
    }
    return out;
}

using Values = std::map<std::string, std::pair<std::vector<std::int64_t>, std::vector<float>>>;

/// With `vocabulary`, embedding and head get that many rows instead.
inline Values tensors(const Json& fixture, std::int64_t vocabulary = 0) {
    Values out;
    for (const Json& item : fixture.at("tensors")) {
        const std::string name = item[0];
        std::vector<std::int64_t> shape = item[1].get<std::vector<std::int64_t>>();
        if (vocabulary && shape[0] == fixture.at("config").at("vocab_size")) shape[0] = vocabulary;
        std::int64_t count = 1;
        for (const std::int64_t extent : shape) count *= extent;
        out[name] = {shape, values(name, static_cast<std::size_t>(count), item[2], item[3])};
    }
    return out;
}

inline void write(const fs::path& folder, const Json& fixture, const Values& values, const std::string& dtype = "F32",
                  std::int64_t vocabulary = 0) {
    fs::create_directories(folder);
    Json config = fixture.at("config");
    if (vocabulary) (config.contains("text_config") ? config["text_config"] : config)["vocab_size"] = vocabulary;
    tiny::write_text(folder / "config.json", config.dump());
    tiny::Tensors tensors;
    for (const auto& [name, tensor] : values)
        tensors.push_back({name, {dtype, tensor.first, tiny::bytes_of(tensor.second, dtype)}});
    tiny::write_safetensors(folder / "model.safetensors", tensors);
}

/// The fixture as the language model of one that sees: its configuration within text_config, its tensors under another
/// prefix, and a tower beside it.
inline std::pair<Json, Values> wrapped(Json fixture, const Values& values) {
    Json text = fixture.at("config");
    text.erase("architectures");
    fixture["config"] = {{"architectures", {"Gemma3ForConditionalGeneration"}},
                         {"model_type", "gemma3"},
                         {"text_config", text},
                         {"vision_config", {{"hidden_size", 16}, {"num_hidden_layers", 1}}},
                         {"mm_tokens_per_image", 4}};
    Values out;
    for (const auto& [name, tensor] : values) out["language_model." + name] = tensor;
    out["vision_tower.vision_model.encoder.layers.0.mlp.fc1.weight"] = {{24, 16}, std::vector<float>(24 * 16, 0.5f)};
    out["multi_modal_projector.mm_input_projection_weight"] = {{16, 48}, std::vector<float>(16 * 48, 0.25f)};
    return {fixture, out};
}

} // namespace golden
