// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/scheme.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "recipe/near.h"

namespace octavo {

namespace {

// Presets of compressed-tensors 0.18 (quant_scheme.py), observers as it writes them.
QuantizationArgs weights_of(int bits, NumberType type, Strategy strategy, int group_size = 0) {
    return {
        .bits = bits, .type = type, .strategy = strategy, .group_size = group_size, .observer = "memoryless_minmax"};
}

QuantizationArgs dynamic_input(int bits, NumberType type, Strategy strategy, int group_size = 0) {
    return {.bits = bits, .type = type, .strategy = strategy, .group_size = group_size, .dynamic = Dynamic::yes};
}

QuantizationArgs with_scales(QuantizationArgs args, const char* scale_dtype) {
    args.scale_dtype = scale_dtype;
    return args;
}

Scheme scheme(std::string name, QuantizationArgs weights, std::optional<QuantizationArgs> input = {}) {
    const Format format = format_for(weights, input);
    const bool needs_data = input && input->dynamic != Dynamic::yes;
    return {std::move(name), std::move(weights), std::move(input), format, needs_data};
}

std::vector<Scheme> integer_presets() {
    constexpr auto integer = NumberType::integer;
    QuantizationArgs asymmetric = weights_of(4, integer, Strategy::group, 128);
    asymmetric.symmetric = false;
    const QuantizationArgs int8_token = dynamic_input(8, integer, Strategy::token);
    const auto weights_only = [](const char* name, int bits) {
        return scheme(name, weights_of(bits, NumberType::integer, Strategy::group, 128));
    };
    return {
        scheme("W8A8", weights_of(8, integer, Strategy::channel), int8_token),
        weights_only("W4A16", 4),
        scheme("W4A16_ASYM", asymmetric),
        weights_only("W8A16", 8),
        scheme("W4A8", weights_of(4, integer, Strategy::group, 128), int8_token),
        scheme("W4AFP8", weights_of(4, integer, Strategy::group, 128),
               dynamic_input(8, NumberType::floating, Strategy::token)),
        weights_only("W2A16", 2),
        weights_only("W3A16", 3),
        weights_only("W5A16", 5),
        weights_only("W6A16", 6),
        weights_only("W7A16", 7),
    };
}

std::vector<Scheme> fp8_presets() {
    constexpr auto floating = NumberType::floating;
    QuantizationArgs static_tensor = weights_of(8, floating, Strategy::tensor);
    static_tensor.observer = "static_minmax";
    QuantizationArgs block = weights_of(8, floating, Strategy::block);
    block.block = {128, 128};
    return {
        scheme("FP8_DYNAMIC", weights_of(8, floating, Strategy::channel), dynamic_input(8, floating, Strategy::token)),
        scheme("FP8", weights_of(8, floating, Strategy::tensor), static_tensor),
        scheme("FP8_BLOCK", block, dynamic_input(8, floating, Strategy::group, 128)),
    };
}

std::vector<Scheme> microscaling_presets() {
    constexpr auto floating = NumberType::floating;
    const char *e4m3 = "torch.float8_e4m3fn", *e8m0 = "torch.uint8";
    const QuantizationArgs nvfp4 = with_scales(weights_of(4, floating, Strategy::tensor_group, 16), e4m3);
    QuantizationArgs nvfp4_input = nvfp4;
    nvfp4_input.dynamic = Dynamic::local;
    nvfp4_input.observer = "static_minmax";
    const QuantizationArgs mxfp4 = with_scales(weights_of(4, floating, Strategy::group, 32), e8m0);
    const QuantizationArgs mxfp8 = with_scales(weights_of(8, floating, Strategy::group, 32), e8m0);
    return {
        scheme("NVFP4", nvfp4, nvfp4_input),
        scheme("NVFP4A16", nvfp4),
        scheme("MXFP4", mxfp4, with_scales(dynamic_input(4, floating, Strategy::group, 32), e8m0)),
        scheme("MXFP4A16", mxfp4),
        scheme("MXFP8", mxfp8, with_scales(dynamic_input(8, floating, Strategy::group, 32), e8m0)),
        scheme("MXFP8A16", mxfp8),
    };
}

std::vector<Scheme> all_presets() {
    std::vector<Scheme> out;
    for (std::vector<Scheme> part : {integer_presets(), fp8_presets(), microscaling_presets()})
        for (Scheme& one : part) out.push_back(std::move(one));
    return out;
}

std::string listing(const std::vector<Scheme>& schemes) {
    std::string out;
    for (const Scheme& one : schemes) out += (out.empty() ? "" : ", ") + one.name;
    return out;
}

/// The group size that follows a preset's name, 0 for "_CHANNEL"; none where it is no number above zero.
std::optional<int> group_size_in(const std::string& name) {
    const std::size_t digits = name.find_last_not_of("0123456789") + 1;
    if (digits == name.size()) return 0;
    int size = 0;
    const std::errc status = std::from_chars(name.data() + digits, name.data() + name.size(), size).ec;
    return status == std::errc() && size > 0 ? std::optional(size) : std::nullopt;
}

double ceil_div(double a, double b) { return std::ceil(a / b); }

struct FormatName {
    Format format;
    std::string_view name;
};
constexpr FormatName format_names[] = {
    {Format::dense, "dense"},
    {Format::int_quantized, "int-quantized"},
    {Format::float_quantized, "float-quantized"},
    {Format::naive_quantized, "naive-quantized"},
    {Format::pack_quantized, "pack-quantized"},
    {Format::nvfp4_pack_quantized, "nvfp4-pack-quantized"},
    {Format::mxfp4_pack_quantized, "mxfp4-pack-quantized"},
    {Format::mxfp8_quantized, "mxfp8-quantized"},
};

} // namespace

float QuantizationArgs::half_range() const {
    if (type == NumberType::integer) return (std::ldexp(1.0f, bits) - 1.0f) / 2.0f;
    return bits == 4 ? 6.0f : 448.0f;
}

ScaleCells scale_cells(const QuantizationArgs& args, std::int64_t rows, std::int64_t columns) {
    ScaleCells out{1, columns, 1, 1};
    if (args.strategy == Strategy::tensor) out.rows = rows;
    if (args.strategy == Strategy::group || args.strategy == Strategy::tensor_group)
        out.columns = std::max(args.group_size, 1);
    if (args.strategy == Strategy::block && args.block) {
        out.rows = std::max((*args.block)[0], 1);
        out.columns = std::max((*args.block)[1], 1);
    }
    const auto parts = [](std::int64_t whole, std::int64_t part) {
        return part > 0 ? whole / part + (whole % part != 0) : 0;
    };
    out.down = parts(rows, out.rows);
    out.across = parts(columns, out.columns);
    return out;
}

const std::vector<Scheme>& presets() {
    static const std::vector<Scheme> all = all_presets();
    return all;
}

std::string_view base_preset(std::string_view name) {
    constexpr std::string_view channel = "_CHANNEL", group = "_G";
    if (name.ends_with(channel)) return name.substr(0, name.size() - channel.size());
    const std::size_t digits = name.find_last_not_of("0123456789") + 1;
    const std::string_view rest = name.substr(0, digits);
    return digits < name.size() && rest.ends_with(group) ? rest.substr(0, rest.size() - group.size()) : name;
}

Scheme preset(std::string_view name) {
    std::string upper(name);
    for (char& c : upper) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == '-') c = '_';
    }
    if (upper == "INT8") upper = "W8A8";
    const std::string base(base_preset(upper));
    std::vector<std::string> names;
    for (const Scheme& one : presets()) {
        if (one.name == upper) return one;
        if (one.name == base)
            if (const std::optional<int> size = group_size_in(upper)) {
                Scheme chosen = with_group_size(one, *size);
                chosen.name = upper;
                return chosen;
            }
        names.push_back(one.name);
    }
    const std::string near = nearest(upper, names);
    throw Error(ErrorCode::unusable_recipe, msg("There is no scheme called \"%1\"", name),
                near.empty() ? msg("Use one of: %1.", listing(presets()))
                             : msg("Did you mean %1? The schemes are: %2.", near, listing(presets())));
}

std::string_view name_of(Format format) {
    for (const FormatName& one : format_names)
        if (one.format == format) return one.name;
    return "dense";
}

std::optional<Format> format_from_name(std::string_view name) {
    for (const FormatName& one : format_names)
        if (one.name == name) return one.format;
    return std::nullopt;
}

Format format_for(const QuantizationArgs& weights, const std::optional<QuantizationArgs>& input) {
    if (weights.type == NumberType::floating) {
        if (weights.bits == 4)
            return weights.group_size == 32 ? Format::mxfp4_pack_quantized : Format::nvfp4_pack_quantized;
        if (weights.group_size == 32 && weights.scale_dtype == "torch.uint8") return Format::mxfp8_quantized;
        return input ? Format::float_quantized : Format::naive_quantized;
    }
    // The Python package would infer int-quantized for int weights with float input, which vLLM cannot serve.
    return input && input->type == NumberType::integer ? Format::int_quantized : Format::pack_quantized;
}

double effective_bits(const Scheme& scheme, std::int64_t rows, std::int64_t columns) {
    const QuantizationArgs& w = scheme.weights;
    const double n = static_cast<double>(rows), k = static_cast<double>(columns);
    if (rows <= 0 || columns <= 0) return 0;
    double bits = 8 * n * k;
    if (scheme.format == Format::dense) return 16;
    if (scheme.format == Format::pack_quantized)
        bits = 32 * n * ceil_div(k * w.bits, 32);
    else if (scheme.format == Format::nvfp4_pack_quantized || scheme.format == Format::mxfp4_pack_quantized)
        bits = 8 * n * ceil_div(k, 2);

    const ScaleCells cells = scale_cells(w, rows, columns);
    const double scales = static_cast<double>(cells.down) * static_cast<double>(cells.across);
    bits += scales * (w.scale_dtype.empty() ? 16 : 8);
    if (w.strategy == Strategy::tensor_group) bits += 32; // weight_global_scale
    if (!w.symmetric)
        bits += scheme.format == Format::pack_quantized && w.strategy != Strategy::tensor
                    ? 32 * ceil_div(n * w.bits, 32) * static_cast<double>(cells.across)
                    : 8 * scales;
    return bits / (n * k);
}

} // namespace octavo
