// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/rotary.h"

#include <algorithm>
#include <array>

namespace octavo {

namespace {

constexpr double least_positive = 1e-12;

/// The keys of one type; whatever else stands there would be ignored in silence, so it is refused.
void refuse_unknown(const ConfigReader& rope, const std::string& type) {
    constexpr std::array<std::string_view, 5> always{"type", "rope_type", "rope_theta", "partial_rotary_factor",
                                                     "factor"};
    constexpr std::array<std::string_view, 3> llama3{"low_freq_factor", "high_freq_factor",
                                                     "original_max_position_embeddings"};
    for (const auto& [key, value] : rope.json().items()) {
        if (value.is_null() || std::ranges::find(always, key) != always.end()) continue;
        if (type == "llama3" && std::ranges::find(llama3, key) != llama3.end()) continue;
        // The default type has nothing to scale: transformers does not look at the rest either, but "factor" would be a
        // misunderstanding.
        if (type == "default" && key == "original_max_position_embeddings") continue;
        rope.unsupported("rope_parameters." + key, value);
    }
}

std::string type_of(const ConfigReader& rope) {
    const std::string type = rope.string("rope_type", rope.string("type", "default"));
    if (type != "default" && type != "linear" && type != "llama3") rope.unsupported("rope_type", type);
    return type;
}

} // namespace

RotaryConfig read_rotary(const ConfigReader& config) {
    const Json* scaling = config.find("rope_scaling");
    const Json* parameters = config.find("rope_parameters");
    if (scaling && parameters && *scaling != *parameters)
        config.unsupported("rope_scaling (beside a different rope_parameters)", *scaling);
    const Json* source = parameters ? parameters : scaling;
    const Json none = Json::object();
    if (source && !source->is_object())
        config.wrong(parameters ? "rope_parameters" : "rope_scaling", *source, msg("an object"));
    const ConfigReader rope(source ? *source : none, config.file());
    const std::string type = type_of(rope);
    refuse_unknown(rope, type);

    RotaryConfig out;
    out.type = type;
    out.theta = rope.number("rope_theta", config.number("rope_theta", 10000.0, least_positive), least_positive);
    const double partial = rope.number("partial_rotary_factor", 1.0);
    if (partial != 1.0) rope.unsupported("partial_rotary_factor", partial);
    if (type == "default") {
        if (rope.number("factor", 1.0) != 1.0)
            rope.unsupported("factor (with rope_type default)", *rope.find("factor"));
        return out;
    }
    out.factor = rope.number("factor", std::nullopt, least_positive);
    if (type == "linear") return out;
    out.low_frequency_factor = rope.number("low_freq_factor", std::nullopt, least_positive);
    out.high_frequency_factor = rope.number("high_freq_factor", std::nullopt, least_positive);
    out.original_context = rope.number("original_max_position_embeddings", std::nullopt, 1);
    if (out.high_frequency_factor <= out.low_frequency_factor)
        rope.wrong("high_freq_factor", *rope.find("high_freq_factor"), msg("a number above low_freq_factor"));
    return out;
}

} // namespace octavo
