// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/llm_compressor.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "recipe/smoothing_mappings.h"
#include "recipe/yaml_reader.h"

namespace octavo {

namespace {

using Texts = std::vector<std::string>;

[[noreturn]] void refuse_key(const YamlNode& key, const std::string& modifier) {
    key.refuse(msg("Octavo does not know the option \"%1\" of %2", key.name(), modifier),
               msg("Remove it if the recipe means the same without."));
}

/// What was said about how an error came up, at the line where it stands.
template <class Work>
auto at_line(const YamlNode& node, const Work& work) {
    try {
        return work();
    } catch (const Error& error) {
        node.refuse(error.message(), error.advice());
    }
}

/// How scales of weights are found, by the name of an observer.
ScaleMethod scales_of(const YamlNode& observer) {
    const std::string name = observer.text();
    for (const char* known : {"minmax", "memoryless_minmax", "static_minmax"})
        if (name == known) return ScaleMethod::extremes;
    for (const char* known : {"mse", "memoryless_mse"})
        if (name == known) return ScaleMethod::least_squares;
    observer.refuse(msg("Octavo does not know the observer \"%1\" for weights", name),
                    msg("Use minmax, memoryless_minmax, mse or memoryless_mse."));
}

/// Of inputs, the extremes over all calibration data.
void check_input_observer(const YamlNode& observer) {
    const std::string name = observer.text();
    if (name == "minmax" || name == "static_minmax" || name == "memoryless_minmax") return;
    observer.refuse(msg("Octavo does not know the observer \"%1\" for activations", name),
                    msg("Use static_minmax, which takes the extremes over all data."));
}

bool is_common_key(const YamlNode& key) {
    if (key.name() == "requires_calibration_data" || key.name() == "group") return true;
    const bool schedule =
        key.name() == "index" || key.name() == "start" || key.name() == "end" || key.name() == "update";
    if (schedule && !key.is_null())
        key.refuse(msg("\"%1\" schedules a modifier during training, which quantization does not have", key.name()),
                   msg("Remove it."));
    return schedule;
}

/// Reads the modifiers one after the other into a recipe.
class Import {
public:
    Recipe read(const YamlNode& root) {
        recipe_.smoothing.mode = SmoothingMode::off;
        recipe_.solver.method = SolverMethod::round_to_nearest;
        recipe_.quantize_activations = false;
        recipe_.ignore.clear();
        for (const YamlNode& stage : root.entries()) {
            if (!stage.name().ends_with("_stage"))
                stage.refuse(msg("\"%1\" is not a stage of a recipe", stage.name()),
                             msg("A recipe of llm-compressor has stages with names that end in _stage."));
            for (const YamlNode& group : stage.entries()) {
                if (!group.name().ends_with("_modifiers"))
                    group.refuse(msg("\"%1\" is not a group of modifiers", group.name()),
                                 msg("Groups of modifiers have names that end in _modifiers."));
                for (const YamlNode& modifier : group.entries()) read_modifier(modifier);
            }
        }
        if (parts_.empty() && recipe_.kv_cache == KvCache::as_is)
            root.refuse(msg("The recipe quantizes nothing"), msg("It needs a GPTQModifier or a QuantizationModifier."));
        if (parts_.empty())
            keep_all_matrices();
        else if (parts_.size() == 1)
            take(std::move(parts_.front()));
        else
            combine();
        return std::move(recipe_);
    }

private:
    /// A modifier that quantizes.
    struct Part {
        SolverOptions solver;
        std::vector<Override> found; ///< in the order of the file
        Texts ignore;
    };

    void read_modifier(const YamlNode& modifier) {
        if (modifier.name() == "SmoothQuantModifier") return read_smoothing(modifier);
        if (modifier.name() == "GPTQModifier" || modifier.name() == "QuantizationModifier")
            return read_quantization(modifier);
        if (modifier.name() == "AWQModifier") return read_awq(modifier);
        modifier.refuse(msg("Octavo has no counterpart of %1", modifier.name()),
                        msg("SmoothQuantModifier, AWQModifier, GPTQModifier and QuantizationModifier are understood."));
    }

    void begin_smoothing(const YamlNode& modifier) {
        if (!parts_.empty())
            modifier.refuse(msg("%1 stands behind the modifier that quantizes", modifier.name()),
                            msg("Smoothing has to come first."));
        if (recipe_.smoothing.mode != SmoothingMode::off)
            modifier.refuse(msg("%1 stands in the recipe twice", modifier.name()), msg("Remove one of them."));
    }

    /// How AWQ's strength is searched, not what for: Octavo has a search of its own.
    static bool is_search_key(const std::string& name) {
        return name == "duo_scaling" || name == "n_grid" || name == "offload_device" || name == "max_chunk_memory";
    }

    /// Scaling alone, or, as before version 0.9, scaling and rounding in one.
    void read_awq(const YamlNode& modifier) {
        begin_smoothing(modifier);
        recipe_.smoothing.mode = SmoothingMode::automatic;
        recipe_.smoothing.rule = SmoothingRule::awq;
        const std::vector<YamlNode> keys = modifier.entries();
        const bool rounds = std::ranges::any_of(keys, [](const YamlNode& key) {
            return (key.name() == "scheme" || key.name() == "config_groups") && !key.is_null();
        });
        for (const YamlNode& key : keys) {
            if (key.name() == "mappings")
                read_mappings(key, recipe_.smoothing);
            else if (!rounds && !is_common_key(key) && !key.is_null() && !is_search_key(key.name()))
                refuse_key(key, modifier.name());
        }
        if (rounds) read_quantization(modifier);
    }

    void read_smoothing(const YamlNode& modifier) {
        begin_smoothing(modifier);
        SmoothingOptions& smoothing = recipe_.smoothing;
        smoothing.mode = SmoothingMode::fixed;
        smoothing.up_down = smoothing.value_output = false;
        for (const YamlNode& key : modifier.entries()) {
            if (is_common_key(key)) continue;
            const std::string& name = key.name();
            if (name == "smoothing_strength")
                smoothing.strength = key.number(0, 1);
            else if (name == "mappings")
                read_mappings(key, recipe_.smoothing);
            else if (name == "algorithm" && key.text() == "smoothquant")
                continue;
            else if (name == "ignore" && (key.is_null() || key.texts().empty()))
                continue;
            else if (!(name == "num_calibration_steps" || name == "calibration_function") || !key.is_null())
                refuse_key(key, modifier.name());
        }
    }

    void read_quantization(const YamlNode& modifier) {
        const bool gptq = modifier.name() == "GPTQModifier";
        std::optional<YamlNode> scheme, groups;
        Texts targets{"Linear"};
        Part part;
        SolverOptions& solver = part.solver;
        solver.method = gptq ? SolverMethod::gptq : SolverMethod::round_to_nearest;
        solver.activation_order = gptq;
        for (const YamlNode& key : modifier.entries()) {
            const bool read =
                modifier.name() == "AWQModifier" && (key.name() == "mappings" || is_search_key(key.name()));
            if (read || is_common_key(key) || key.is_null()) {
                if (key.name() == "actorder") solver.activation_order = false;
                continue;
            }
            if (key.name() == "scheme")
                scheme = key;
            else if (key.name() == "config_groups")
                groups = key;
            else if (key.name() == "targets")
                targets = key.texts();
            else if (key.name() == "ignore")
                part.ignore = key.texts();
            else if (!read_option(key, solver) && !(gptq && read_gptq_option(key, solver)))
                refuse_key(key, modifier.name());
        }
        if (scheme && groups)
            groups->refuse(msg("%1 has both \"scheme\" and \"config_groups\"", modifier.name()), msg("Leave one."));
        if (scheme || groups) {
            part.found = scheme ? schemes_of(*scheme, targets) : groups_of(*groups);
            check_targets(part.found, scheme ? *scheme : *groups);
            parts_.push_back(std::move(part));
            return;
        }
        if (recipe_.kv_cache == KvCache::as_is)
            modifier.refuse(msg("%1 has neither \"scheme\" nor \"config_groups\"", modifier.name()),
                            msg("Say what to quantize to, as in \"scheme: W8A8\"."));
    }

    /// Options of both modifiers that quantize.
    bool read_option(const YamlNode& key, SolverOptions& solver) {
        const std::string& name = key.name();
        if (name == "kv_cache_scheme") {
            Json json = key.json();
            if (json.is_object()) json.erase("observer_kwargs");
            const std::optional<KvCache> cache = kv_cache_from_json(json);
            if (!cache) key.refuse(msg("static, symmetric 8-bit floating point per tensor or attn_head"));
            recipe_.kv_cache = *cache;
        } else if (name == "weight_observer") {
            solver.scales = scales_of(key);
        } else if (name == "input_observer") {
            check_input_observer(key);
        } else if (name == "observer") {
            for (const YamlNode& entry : key.entries())
                if (entry.name() == "weights")
                    solver.scales = scales_of(entry);
                else
                    check_input_observer(entry);
        } else if (name == "bypass_divisibility_checks") {
            if (key.flag())
                key.refuse(msg("Octavo writes no groups that do not divide a matrix"),
                           msg("Remove the option; --group-size auto finds a size that divides."));
        } else {
            return false;
        }
        return true;
    }

    static bool read_gptq_option(const YamlNode& key, SolverOptions& solver) {
        const std::string& name = key.name();
        if (name == "dampening_frac") {
            solver.damping = key.number(0, 1);
        } else if (name == "block_size") {
            solver.block_size = static_cast<int>(key.number(1, 65536));
        } else if (name == "actorder") {
            if (key.text() != "static" && key.text() != "weight")
                key.refuse(msg("null, static or weight (other orders are not served)"));
        } else if (name == "sequential_update") {
            if (!key.flag()) key.refuse(msg("true: layers are always solved one after the other"));
        } else {
            return name == "offload_hessians" || name == "batched_quantization"; // where it computes, not what
        }
        return true;
    }

    /// "W8A8", {W8A8: targets, …} or {weights: …, input_activations: …}.
    std::vector<Override> schemes_of(const YamlNode& scheme, const Texts& targets) const {
        if (!scheme.is_map())
            return {{.targets = targets, .scheme = at_line(scheme, [&] { return preset(scheme.text()); })}};
        std::vector<Override> out;
        const std::vector<YamlNode> entries = scheme.entries();
        if (std::ranges::any_of(entries, [](const YamlNode& entry) { return entry.name() == "weights"; }))
            return {{.targets = targets, .scheme = read_scheme(scheme)}};
        for (const YamlNode& entry : entries)
            out.push_back({.targets = entry.texts(), .scheme = at_line(entry, [&] { return preset(entry.name()); })});
        return out;
    }

    std::vector<Override> groups_of(const YamlNode& groups) const {
        std::vector<Override> out;
        for (const YamlNode& group : groups.entries()) {
            Texts targets;
            for (const YamlNode& key : group.entries())
                if (key.name() == "targets") targets = key.texts();
            if (targets.empty())
                group.refuse(msg("The group %1 has no targets", group.name()), msg("Write \"targets: [Linear]\"."));
            out.push_back({.targets = std::move(targets), .scheme = read_scheme(group)});
        }
        if (out.empty()) groups.refuse(msg("a map of at least one group"));
        return out;
    }

    static Scheme read_scheme(const YamlNode& node) {
        Json json;
        for (const YamlNode& key : node.entries()) {
            if (key.name() == "targets" || (key.name() == "output_activations" && key.is_null()) ||
                (key.name() == "format" && key.is_null()))
                continue;
            if (key.name() == "output_activations")
                key.refuse(msg("Octavo does not quantize the outputs of matrices"),
                           msg("Remove \"output_activations\"."));
            json[key.name()] = key.json();
        }
        return at_line(node, [&] {
            Scheme out = scheme_from_json(json, {});
            require_implemented(out);
            return named(std::move(out));
        });
    }

    /// By the preset's name where the numbers are one's.
    static Scheme named(Scheme scheme) {
        const auto same = [](QuantizationArgs a, QuantizationArgs b) {
            a.observer = b.observer;
            return a == b;
        };
        for (const Scheme& known : presets())
            if (same(known.weights, scheme.weights) && known.input.has_value() == scheme.input.has_value() &&
                (!known.input || same(*known.input, *scheme.input)) && known.format == scheme.format)
                return known;
        return scheme;
    }

    static void check_targets(const std::vector<Override>& found, const YamlNode& where) {
        for (const Override& one : found)
            for (const std::string& target : one.targets)
                if (target == "Embedding" || target.ends_with("Attention"))
                    where.refuse(msg("Octavo does not quantize what \"%1\" names", target), msg("Remove it."));
    }

    /// Exact names win over expressions and these over classes, as in compressed-tensors.
    static std::vector<Override> by_precedence(const std::vector<Override>& found) {
        std::array<std::vector<Override>, 3> ranks;
        for (const Override& one : found)
            for (const std::string& target : one.targets) {
                const std::size_t rank = target.starts_with("re:") ? 1 : target.find('.') == std::string::npos ? 2 : 0;
                ranks[rank].push_back({.targets = {target}, .scheme = one.scheme});
            }
        std::vector<Override> out;
        for (std::vector<Override>& rank : ranks) std::ranges::move(rank, std::back_inserter(out));
        return out;
    }

    /// One modifier is the recipe; what it does not target stays.
    void take(Part part) {
        recipe_.solver = part.solver;
        std::ranges::move(part.ignore, std::back_inserter(recipe_.ignore));
        recipe_.scheme = *part.found.front().scheme;
        bool all = false;
        for (Override& one : by_precedence(part.found))
            if (one.targets.front() == "Linear" && !std::exchange(all, true))
                recipe_.scheme = *one.scheme;
            else
                recipe_.overrides.push_back(std::move(one));
        if (!all) recipe_.overrides.push_back({.targets = {"Linear"}});
    }

    /// Of several, the last that targets a matrix decides all about it (llm-compressor resets what came before). What
    /// only some of them ignore is an exception of theirs.
    void combine() {
        recipe_.ignore = common_ignore();
        recipe_.solver = parts_.back().solver;
        recipe_.scheme = *parts_.back().found.front().scheme;
        bool all = false;
        for (auto part = parts_.rbegin(); part != parts_.rend(); ++part) {
            Texts except;
            for (const std::string& pattern : part->ignore)
                if (std::ranges::find(recipe_.ignore, pattern) == recipe_.ignore.end()) except.push_back(pattern);
            for (Override& one : by_precedence(part->found)) {
                one.except = except;
                one.solver = SolverChanges::all_of(part->solver);
                all = all || (except.empty() && one.targets.front() == "Linear");
                recipe_.overrides.push_back(std::move(one));
            }
        }
        if (!all) recipe_.overrides.push_back({.targets = {"Linear"}});
    }

    Texts common_ignore() const {
        Texts out;
        for (const std::string& pattern : parts_.front().ignore)
            if (std::ranges::all_of(parts_, [&](const Part& part) {
                    return std::ranges::find(part.ignore, pattern) != part.ignore.end();
                }))
                out.push_back(pattern);
        return out;
    }

    /// Nothing but the cache.
    void keep_all_matrices() {
        recipe_.scheme = preset("FP8_DYNAMIC");
        recipe_.ignore = {"Linear"};
    }

    Recipe recipe_;
    std::vector<Part> parts_;
};

} // namespace

Recipe recipe_from_yaml(const std::string& text, const std::string& file) {
    return Import().read(YamlNode::parse(text, file));
}

} // namespace octavo
