// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "recipe/reader.h"
#include "recipe/scheme.h"

namespace octavo {

namespace {

const std::vector<std::string> strategy_names{"tensor", "channel", "group", "tensor_group", "block", "token"};
const std::vector<std::string> type_names{"int", "float"};
const std::vector<std::string> scale_dtypes{"", "torch.float8_e4m3fn", "torch.uint8"};

bool grouped(Strategy strategy) { return strategy == Strategy::group || strategy == Strategy::tensor_group; }

std::optional<std::array<int, 2>> read_block(const StrictObject& object) {
    if (!object.has("block_structure")) return std::nullopt;
    const Json& json = object.at("block_structure");
    std::array<int, 2> block{};
    if (json.is_string()) { // "128x128" of old checkpoints
        const std::string& text = json.get_ref<const std::string&>();
        const char *begin = text.data(), *end = begin + text.size();
        const auto first = std::from_chars(begin, end, block[0]);
        const bool cross = first.ec == std::errc() && first.ptr != end && *first.ptr == 'x';
        if (!cross) object.refuse("block_structure", msg("two sizes, as in [128, 128]"));
        const auto second = std::from_chars(first.ptr + 1, end, block[1]);
        if (second.ec != std::errc() || second.ptr != end)
            object.refuse("block_structure", msg("two sizes, as in [128, 128]"));
    } else {
        if (!json.is_array() || json.size() != 2) object.refuse("block_structure", msg("two sizes, as in [128, 128]"));
        for (std::size_t i = 0; i < 2; ++i) {
            const double size = json[i].is_number_integer() ? json[i].get<double>() : 0;
            if (size < 1 || size > 65536) object.refuse("block_structure", msg("two sizes, as in [128, 128]"));
            block[i] = json[i].get<int>();
        }
    }
    if (block[0] < 1 || block[1] < 1 || block[0] > 65536 || block[1] > 65536)
        object.refuse("block_structure", msg("two sizes from 1 to 65536"));
    return block;
}

Dynamic read_dynamic(const StrictObject& object) {
    if (!object.has("dynamic")) return Dynamic::no;
    const Json& json = object.at("dynamic");
    if (json.is_boolean()) return json.get<bool>() ? Dynamic::yes : Dynamic::no;
    if (!json.is_string() || json.get_ref<const std::string&>() != "local")
        object.refuse("dynamic", msg("true, false or \"local\""));
    return Dynamic::local;
}

// Keys that compressed-tensors writes and that do not change what Octavo does, as long as they say nothing unusual.
void check_silent_keys(const StrictObject& object) {
    if (object.has("actorder")) {
        const std::string order =
            object.at("actorder").is_string() ? object.at("actorder").get<std::string>() : std::string();
        if (order != "static" && order != "weight")
            object.refuse("actorder", msg("null, \"static\" or \"weight\" (other orders are not served)"));
    }
    if (object.has("observer_kwargs") &&
        !(object.at("observer_kwargs").is_object() && object.at("observer_kwargs").empty()))
        object.refuse("observer_kwargs", msg("empty"));
    object.choice("zp_dtype", 0, {"torch.int8", "torch.uint8", "torch.float8_e4m3fn"});
}

// What the validators of compressed-tensors' QuantizationArgs refuse.
void check_combination(const QuantizationArgs& args, const StrictObject& object) {
    if (args.type == NumberType::floating && args.bits != 4 && args.bits != 8)
        object.refuse("num_bits", msg("4 or 8, which floating point must be"));
    if (args.type == NumberType::floating && !args.symmetric)
        object.refuse("symmetric", msg("true, which floating point must be"));
    if (grouped(args.strategy) && args.group_size <= 0)
        object.refuse("group_size", msg("positive, which this strategy needs"));
    if (!grouped(args.strategy) && args.group_size > 0)
        object.refuse("group_size", msg("absent, which this strategy needs"));
    if ((args.strategy == Strategy::block) != args.block.has_value())
        object.refuse("block_structure", msg("given exactly when the strategy is \"block\""));
    if (args.strategy == Strategy::token && args.dynamic != Dynamic::yes)
        object.refuse("dynamic", msg("true, which the strategy \"token\" needs"));
    if (args.dynamic != Dynamic::no && (args.strategy == Strategy::channel || args.strategy == Strategy::block))
        object.refuse("dynamic", msg("false, which this strategy needs"));
    if (args.dynamic == Dynamic::local && args.strategy != Strategy::tensor_group)
        object.refuse("dynamic", msg("true or false (\"local\" needs tensor_group)"));
    if (args.dynamic == Dynamic::yes && !args.observer.empty())
        object.refuse("observer", msg("null, which dynamic quantization needs"));
}

QuantizationArgs read_args(const Json& json, const std::string& path, const std::string& file) {
    const StrictObject object(json, path, file,
                              {"num_bits", "type", "symmetric", "strategy", "group_size", "block_structure", "dynamic",
                               "actorder", "scale_dtype", "zp_dtype", "observer", "observer_kwargs"});
    QuantizationArgs args;
    args.bits = static_cast<int>(object.integer("num_bits", 8, 1, 8));
    args.type = object.choice("type", 0, type_names) == 0 ? NumberType::integer : NumberType::floating;
    args.symmetric = object.flag("symmetric", true);
    const int group_size = static_cast<int>(object.integer("group_size", 0, -1, 1 << 20));
    args.group_size = std::max(group_size, 0); // −1 is how older files say "one group per channel"
    args.block = read_block(object);
    const Strategy inferred = group_size < 0   ? Strategy::channel
                              : group_size > 0 ? Strategy::group
                              : args.block     ? Strategy::block
                                               : Strategy::tensor;
    args.strategy =
        static_cast<Strategy>(object.choice("strategy", static_cast<std::size_t>(inferred), strategy_names));
    args.dynamic = read_dynamic(object);
    args.scale_dtype = scale_dtypes[object.choice("scale_dtype", 0, scale_dtypes)];
    args.observer = object.text("observer", {});
    check_silent_keys(object);
    check_combination(args, object);
    return args;
}

} // namespace

std::string_view name_of(Strategy strategy) { return strategy_names[static_cast<std::size_t>(strategy)]; }
std::string_view name_of(NumberType type) { return type == NumberType::integer ? "int" : "float"; }

Json to_json(const QuantizationArgs& args, bool with_nulls) {
    Json out;
    out["num_bits"] = args.bits;
    out["type"] = name_of(args.type);
    out["symmetric"] = args.symmetric;
    out["strategy"] = name_of(args.strategy);
    if (args.group_size > 0)
        out["group_size"] = args.group_size;
    else if (with_nulls)
        out["group_size"] = nullptr;
    if (args.block)
        out["block_structure"] = *args.block;
    else if (with_nulls)
        out["block_structure"] = nullptr;
    if (args.dynamic == Dynamic::local)
        out["dynamic"] = "local";
    else
        out["dynamic"] = args.dynamic == Dynamic::yes;
    if (with_nulls) out["actorder"] = nullptr;
    if (!args.scale_dtype.empty())
        out["scale_dtype"] = args.scale_dtype;
    else if (with_nulls)
        out["scale_dtype"] = nullptr;
    if (with_nulls) out["zp_dtype"] = args.symmetric ? Json(nullptr) : Json("torch.int8");
    if (!args.observer.empty())
        out["observer"] = args.observer;
    else if (with_nulls)
        out["observer"] = nullptr;
    if (with_nulls) out["observer_kwargs"] = Json::object();
    return out;
}

QuantizationArgs quantization_args_from_json(const Json& json, const std::string& file) {
    return read_args(json, {}, file);
}

Json to_json(const Scheme& scheme) {
    Json out;
    out["name"] = scheme.name;
    out["weights"] = to_json(scheme.weights);
    out["input_activations"] = scheme.input ? to_json(*scheme.input) : Json(nullptr);
    out["format"] = name_of(scheme.format);
    return out;
}

Scheme scheme_from_json(const Json& json, const std::string& file) {
    if (json.is_string()) return preset(json.get_ref<const std::string&>());
    const StrictObject object(json, "scheme", file, {"name", "weights", "input_activations", "format"});
    Scheme out;
    out.name = object.text("name", "custom");
    out.weights = read_args(object.at("weights"), "scheme.weights", file);
    if (out.weights.dynamic != Dynamic::no) object.refuse("weights.dynamic", msg("false, which weights must be"));
    if (object.has("input_activations"))
        out.input = read_args(object.at("input_activations"), "scheme.input_activations", file);
    out.format = format_for(out.weights, out.input);
    if (object.has("format")) {
        const std::optional<Format> format = format_from_name(object.text("format", {}));
        if (!format || *format == Format::dense)
            object.refuse("format", msg("a format of compressed-tensors (\"int-quantized\", \"pack-quantized\", …)"));
        out.format = *format;
    }
    out.needs_data = out.input && out.input->dynamic != Dynamic::yes;
    return out;
}

} // namespace octavo
