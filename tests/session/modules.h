// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

#include "recipe/recipe.h"

/// Names and matrices of a model of the llama family, as the session's tests use them.
inline QString matrix(int layer, const char* name) {
    return QStringLiteral("model.layers.%1.%2").arg(layer).arg(QLatin1String(name));
}

inline std::vector<octavo::Module> modules(int layers) {
    std::vector<octavo::Module> out;
    for (int layer = 0; layer < layers; ++layer)
        for (const char* name : {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj",
                                 "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"}) {
            octavo::Module module;
            module.name = matrix(layer, name).toStdString();
            module.role = module.name.substr(module.name.rfind('.') + 1);
            module.rows = module.columns = 256;
            module.layer = layer;
            const std::string stem = module.name.substr(0, module.name.size() - module.role.size());
            if (module.role == "q_proj" || module.role == "k_proj" || module.role == "v_proj")
                module.fused_set = stem + "qkv_proj";
            if (module.role == "gate_proj" || module.role == "up_proj") module.fused_set = stem + "gate_up_proj";
            out.push_back(std::move(module));
        }
    octavo::Module head;
    head.name = head.role = "lm_head";
    head.rows = head.columns = 256;
    out.push_back(std::move(head));
    return out;
}
