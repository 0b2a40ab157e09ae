// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/rotary.h"

#include <algorithm>
#include <cmath>

namespace octavo {

namespace {

constexpr double least_positive = 1e-12;

bool is_word_of(std::string_view list, std::string_view word) {
    return (" " + std::string(list) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

std::string_view keys_of(std::string_view type) {
    if (type == "llama3") return "low_freq_factor high_freq_factor original_max_position_embeddings";
    if (type == "yarn")
        return "original_max_position_embeddings attention_factor beta_fast beta_slow mscale mscale_all_dim truncate";
    if (type == "longrope") return "original_max_position_embeddings attention_factor short_factor long_factor";
    // transformers does not look at it either.
    return "original_max_position_embeddings";
}

/// 1 + 0.1 · mscale · ln(factor), as the paper on yarn (arXiv 2309.00071) stretches the scores.
double stretch(double factor, double mscale) { return factor <= 1 ? 1 : 0.1 * mscale * std::log(factor) + 1; }

/// One object of rope_scaling or rope_parameters.
class Section {
public:
    Section(const ArchitectureEntry& entry, const ConfigReader& whole, const Json& json, const ModelConfig& model)
        : entry_(entry), whole_(whole), rope_(json, whole.file()), model_(model) {}

    RotaryConfig read() {
        out_.type = type();
        refuse_unknown();
        out_.theta = rope_.number("rope_theta", whole_.number("rope_theta", entry_.default_theta, least_positive),
                                  least_positive);
        out_.interleaved = entry_.interleaved;
        read_channels();
        if (out_.type == "default") {
            if (rope_.number("factor", 1.0) != 1.0)
                rope_.unsupported("factor (with rope_type default)", *rope_.find("factor"));
            return out_;
        }
        const bool by_context = out_.type == "yarn" || out_.type == "longrope";
        out_.original_context = original();
        out_.factor = rope_.number("factor",
                                   by_context ? static_cast<double>(model_.context) / out_.original_context
                                              : std::optional<double>(),
                                   least_positive);
        if (out_.type == "llama3") read_llama3();
        if (out_.type == "yarn") read_yarn();
        if (out_.type == "longrope") read_longrope();
        if (out_.type == "dynamic" && out_.channels <= 2) rope_.unsupported("rope_type", "dynamic");
        return out_;
    }

private:
    std::string type() const {
        std::string type = rope_.string("rope_type", rope_.string("type", "default"));
        if (entry_.model_type == "phi3" && (type == "su" || type == "yarn")) type = "longrope"; // its old names
        // Time, height and width of pictures; text turns by all three alike.
        if (type == "mrope" && rope_.find("mrope_section")) type = "default";
        if (!is_word_of(entry_.rope_types, type)) rope_.unsupported("rope_type", type);
        return type;
    }

    /// Whatever a type does not read would be ignored in silence.
    void refuse_unknown() const {
        constexpr std::string_view always =
            "type rope_type rope_theta partial_rotary_factor factor mrope_section mrope_interleaved";
        for (const auto& [key, value] : rope_.json().items())
            if (!value.is_null() && !is_word_of(always, key) && !is_word_of(keys_of(out_.type), key))
                rope_.unsupported("rope_parameters." + key, value);
    }

    void read_channels() {
        const int head = model_.latent ? model_.latent->turned_dim : model_.head_dim;
        const double partial =
            rope_.number("partial_rotary_factor",
                         entry_.partial_key ? whole_.number("partial_rotary_factor", entry_.default_partial) : 1.0);
        if (!entry_.partial_key && partial != 1) rope_.unsupported("partial_rotary_factor", partial);
        out_.channels = static_cast<int>(head * partial);
        if (out_.channels < 2 || out_.channels > head || out_.channels % 2 != 0)
            rope_.wrong("partial_rotary_factor", partial, msg("a share that leaves an even number of channels"));
    }

    double original() const {
        const char* key = "original_max_position_embeddings";
        if (out_.type == "dynamic") return static_cast<double>(model_.context);
        if (entry_.model_type == "phi3") return whole_.number(key, 4096, 2);
        return rope_.number(key, static_cast<double>(model_.context), 2);
    }

    void read_llama3() {
        out_.low_frequency_factor = rope_.number("low_freq_factor", std::nullopt, least_positive);
        out_.high_frequency_factor = rope_.number("high_freq_factor", std::nullopt, least_positive);
        if (out_.high_frequency_factor <= out_.low_frequency_factor)
            rope_.wrong("high_freq_factor", *rope_.find("high_freq_factor"), msg("a number above low_freq_factor"));
    }

    void read_yarn() {
        out_.beta_fast = rope_.number("beta_fast", 32.0, least_positive);
        out_.beta_slow = rope_.number("beta_slow", 1.0, least_positive);
        out_.truncate = rope_.boolean("truncate", true);
        const double mscale = rope_.number("mscale", 0.0), all = rope_.number("mscale_all_dim", 0.0);
        const double stretched = mscale != 0 && all != 0 ? stretch(out_.factor, mscale) / stretch(out_.factor, all)
                                                         : stretch(out_.factor, 1);
        out_.attention_factor = rope_.number("attention_factor", stretched, 0);
    }

    void read_longrope() {
        const double stretched =
            out_.factor <= 1 ? 1 : std::sqrt(1 + std::log(out_.factor) / std::log(out_.original_context));
        out_.attention_factor = rope_.number("attention_factor", stretched, 0);
        out_.short_factor = list("short_factor");
        out_.long_factor = list("long_factor");
    }

    std::vector<double> list(const char* key) const {
        const Json* value = rope_.find(key);
        if (!value) rope_.absent(key);
        if (!value->is_array() || value->size() != static_cast<std::size_t>(out_.channels) / 2)
            rope_.wrong(key, *value, msg("a list with one number per pair of turned channels"));
        std::vector<double> out;
        for (const Json& item : *value) {
            if (!item.is_number() || !(item.get<double>() > 0))
                rope_.wrong(key, *value, msg("a list of positive numbers"));
            out.push_back(item.get<double>());
        }
        return out;
    }

    const ArchitectureEntry& entry_;
    const ConfigReader& whole_;
    const ConfigReader rope_;
    const ModelConfig& model_;
    RotaryConfig out_;
};

const Json& part(const ConfigReader& config, const Json& source, const char* layers) {
    static const Json none = Json::object();
    const auto found = source.find(layers);
    if (found == source.end() || found->is_null()) return none;
    if (!found->is_object()) config.wrong(layers, *found, msg("an object"));
    return *found;
}

} // namespace

void read_rotary(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out) {
    static const Json none = Json::object();
    const Json* scaling = config.find("rope_scaling");
    const Json* parameters = config.find("rope_parameters");
    if (scaling && parameters && *scaling != *parameters)
        config.unsupported("rope_scaling (beside a different rope_parameters)", *scaling);
    const Json& source = parameters ? *parameters : scaling ? *scaling : none;
    if (!source.is_object()) config.wrong(parameters ? "rope_parameters" : "rope_scaling", source, msg("an object"));
    const bool by_kind = entry.turn == TurnRule::local_base || entry.turn == TurnRule::unscaled;
    const bool nested = by_kind && (source.contains("full_attention") || source.contains("sliding_attention"));
    const Json& full = nested ? part(config, source, "full_attention") : source;
    out.rotary = Section(entry, config, full, out).read();
    if (by_kind) {
        Json sliding = nested ? part(config, source, "sliding_attention") : none;
        if (entry.turn == TurnRule::local_base && !sliding.contains("rope_theta"))
            sliding["rope_theta"] = config.number("rope_local_base_freq", 10000, least_positive);
        out.sliding_rotary = Section(entry, config, sliding, out).read();
    }
    if (out.latent && out.rotary.type == "yarn") {
        const double all = ConfigReader(full, config.file()).number("mscale_all_dim", 0.0);
        if (all != 0)
            out.attention_scale = std::pow(stretch(out.rotary.factor, all), 2) / std::sqrt(double(out.head_dim));
    }
}

} // namespace octavo
