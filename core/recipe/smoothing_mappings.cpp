// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/smoothing_mappings.h"

#include <algorithm>

namespace octavo {

namespace {

using Texts = std::vector<std::string>;

/// "re:.*q_proj$" → "q_proj"
std::string plain(std::string pattern) {
    for (const char* lead : {"re:", ".*", "\\.", "."})
        if (pattern.starts_with(lead)) pattern.erase(0, std::string_view(lead).size());
    if (pattern.ends_with('$')) pattern.pop_back();
    return pattern;
}

std::pair<Texts, std::string> pair_of(const YamlNode& mapping) {
    Texts readers, producers;
    if (mapping.is_map()) {
        for (const YamlNode& key : mapping.entries())
            if (key.name() == "smooth_layer")
                producers = key.texts();
            else if (key.name() == "balance_layers")
                readers = key.texts();
            else if (!key.is_null())
                key.refuse(msg("Octavo does not know the option \"%1\" of %2", key.name(), "mappings"),
                           msg("Remove it."));
    } else if (const std::vector<YamlNode> parts = mapping.items(); parts.size() == 2) {
        readers = parts[0].texts();
        producers = parts[1].texts();
    }
    if (readers.empty() || producers.size() != 1) mapping.refuse(msg("a pair of readers and producer"));
    return {readers, producers.front()};
}

} // namespace

void read_mappings(const YamlNode& mappings, SmoothingOptions& smoothing) {
    if (mappings.is_null()) return;
    smoothing.up_down = smoothing.value_output = false;
    bool attention = false, mlp = false;
    for (const YamlNode& mapping : mappings.items()) {
        auto [readers, producer] = pair_of(mapping);
        for (std::string& reader : readers) reader = plain(reader);
        std::ranges::sort(readers);
        producer = plain(producer);
        const bool norm = producer.ends_with("norm");
        if (norm && (readers == Texts{"k_proj", "q_proj", "v_proj"} || readers == Texts{"qkv_proj"}))
            attention = true;
        else if (norm && (readers == Texts{"gate_proj", "up_proj"} || readers == Texts{"gate_up_proj"}))
            mlp = true;
        else if (readers == Texts{"down_proj"} && producer == "up_proj")
            smoothing.up_down = true;
        else if (readers == Texts{"o_proj"} && producer == "v_proj")
            smoothing.value_output = true;
        else
            mapping.refuse(msg("Octavo does not know this mapping (readers of %1)", producer),
                           msg("Norms to q, k, v and to gate, up, v to o and up to down are understood."));
    }
    if (attention != mlp)
        mappings.refuse(msg("The mappings smooth the norm of attention or of the MLP, but not both"),
                        msg("Octavo smooths both or none: write both mappings or leave them out."));
    smoothing.norms = attention;
}

} // namespace octavo
