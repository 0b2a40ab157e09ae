// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipe/recipe.h"

// What the tests of recipes share: refusals as text, and the matrices of a small decoder.

/// What the call is refused with, an Error(unusable_recipe); empty when it is not refused.
template <class Call>
std::string refusal(Call call) {
    try {
        call();
    } catch (const octavo::Error& error) {
        return error.code() == octavo::ErrorCode::unusable_recipe ? error.what()
                                                                  : std::string("wrong code: ") + error.what();
    }
    return {};
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

inline octavo::Module linear(const std::string& name, int layer, const std::string& role, const std::string& set,
                             std::int64_t rows = 64, std::int64_t columns = 96) {
    return {.name = name, .rows = rows, .columns = columns, .layer = layer, .role = role, .fused_set = set};
}

inline std::vector<octavo::Module> model(int layers, bool head = true) {
    std::vector<octavo::Module> out;
    for (int i = 0; i < layers; ++i) {
        const std::string p = "model.layers." + std::to_string(i);
        for (const char* role : {"q_proj", "k_proj", "v_proj"})
            out.push_back(linear(p + ".self_attn." + role, i, role, p + ".self_attn.qkv_proj"));
        out.push_back(linear(p + ".self_attn.o_proj", i, "o_proj", ""));
        for (const char* role : {"gate_proj", "up_proj"})
            out.push_back(linear(p + ".mlp." + role, i, role, p + ".mlp.gate_up_proj"));
        out.push_back(linear(p + ".mlp.down_proj", i, "down_proj", ""));
    }
    if (head) out.push_back(linear("lm_head", -1, "lm_head", ""));
    return out;
}

inline std::string scheme_name(const octavo::ResolvedRecipe& resolved, const std::string& module) {
    const auto& scheme = resolved.scheme_of(module);
    return scheme ? scheme->name : "16 bit";
}

inline octavo::Recipe w8a8() { return octavo::Recipe::for_scheme(octavo::preset("W8A8")); }
