// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "recipe/scheme.h"

namespace octavo {

namespace {

bool is_fixed(const QuantizationArgs& args) { return args.symmetric && args.dynamic == Dynamic::no; }

bool by_row(const QuantizationArgs& args) {
    return args.strategy == Strategy::channel || args.strategy == Strategy::tensor;
}

bool is_dynamic_token(const QuantizationArgs& args) {
    return args.strategy == Strategy::token && args.dynamic == Dynamic::yes && args.bits == 8;
}

bool is_static_tensor(const QuantizationArgs& args) {
    return args.strategy == Strategy::tensor && args.dynamic == Dynamic::no && args.bits == 8;
}

/// NVFP4: inputs of the same kind, or none.
bool serves_nvfp4(const QuantizationArgs& w, const QuantizationArgs* x) {
    return w.group_size == 16 && (!x || (x->type == w.type && x->bits == 4 && x->group_size == 16));
}

bool serves_floating(const QuantizationArgs& w, const QuantizationArgs* x) {
    if (w.strategy == Strategy::tensor_group) return w.bits == 4 && serves_nvfp4(w, x);
    if (w.strategy == Strategy::group) return w.group_size == 32 && (w.bits == 4 || w.scale_dtype == "torch.uint8");
    if (w.bits != 8 || !is_fixed(w) || !(by_row(w) || w.strategy == Strategy::block)) return false;
    return !x || x->dynamic == Dynamic::yes || (is_fixed(*x) && is_static_tensor(*x));
}

/// Packed weights: asymmetric ones in 4 and 8 bit only. Activations are 16-bit, or (on one generation) 8-bit ones with
/// groups of 128.
bool serves_packed(const QuantizationArgs& w, const QuantizationArgs* x) {
    if (w.strategy != Strategy::channel && w.strategy != Strategy::group) return false;
    if (x) return w.bits == 4 && w.symmetric && w.group_size == 128 && x->symmetric && is_dynamic_token(*x);
    return w.bits >= 2 && (w.symmetric || w.bits == 4 || w.bits == 8);
}

bool serves_int8_inputs(const QuantizationArgs& w, const QuantizationArgs& x) {
    if (!is_fixed(w) || x.type != NumberType::integer) return false;
    if (w.bits == 8) return by_row(w) && (is_static_tensor(x) || is_dynamic_token(x));
    return w.bits == 4 && (w.strategy == Strategy::group || w.strategy == Strategy::channel) && x.symmetric &&
           is_dynamic_token(x);
}

} // namespace

bool is_served(const Scheme& scheme) {
    const QuantizationArgs& w = scheme.weights;
    const QuantizationArgs* x = scheme.input ? &*scheme.input : nullptr;
    if (w.dynamic != Dynamic::no) return false;
    if (w.type == NumberType::floating) return w.symmetric && serves_floating(w, x);
    if (scheme.format == Format::pack_quantized) return serves_packed(w, x);
    return x && serves_int8_inputs(w, *x);
}

bool is_implemented(const Scheme& scheme) {
    const QuantizationArgs& w = scheme.weights;
    if (!is_served(scheme) || scheme.format != format_for(w, scheme.input)) return false;
    if (w.type == NumberType::floating) {
        if (w.strategy == Strategy::tensor_group) return w.scale_dtype == "torch.float8_e4m3fn";
        return w.scale_dtype == (w.strategy == Strategy::group ? "torch.uint8" : "");
    }
    return w.scale_dtype.empty() && (w.symmetric || w.bits == 4);
}

void require_implemented(const Scheme& scheme) {
    if (is_implemented(scheme)) return;
    throw Error(ErrorCode::unusable_recipe, msg("The scheme %1 is not one that vLLM serves", scheme.name),
                msg("Use one of the presets, or change group size or activations of one."));
}

const std::vector<int>& group_sizes() {
    static const std::vector<int> sizes{128, 64, 32};
    return sizes;
}

bool has_free_group_size(const Scheme& scheme) {
    const QuantizationArgs& w = scheme.weights;
    if (w.type != NumberType::integer || (w.strategy != Strategy::group && w.strategy != Strategy::channel))
        return false;
    return !scheme.input || (scheme.input->type == NumberType::integer && w.bits < 8);
}

Scheme with_group_size(Scheme scheme, int size) {
    if (!has_free_group_size(scheme))
        throw Error(ErrorCode::unusable_recipe, msg("The scheme %1 has no group size of its own choice", scheme.name),
                    msg("Group sizes belong to integer weights such as those of W4A16."));
    if (size != 0 && std::find(group_sizes().begin(), group_sizes().end(), size) == group_sizes().end())
        throw Error(ErrorCode::unusable_recipe, msg("vLLM has no kernel for groups of %1 columns", size),
                    msg("Use 128, 64, 32 or channel."));
    scheme.weights.strategy = size > 0 ? Strategy::group : Strategy::channel;
    scheme.weights.group_size = size;
    return scheme;
}

Scheme with_fitting_groups(Scheme scheme, std::int64_t columns) {
    if (scheme.weights.strategy != Strategy::group || !has_free_group_size(scheme)) return scheme;
    for (const int size : group_sizes())
        if (size <= scheme.weights.group_size && columns % size == 0) return with_group_size(std::move(scheme), size);
    return with_group_size(std::move(scheme), 0);
}

Scheme with_static_input(Scheme scheme, bool symmetric) {
    QuantizationArgs input;
    input.symmetric = symmetric;
    input.strategy = Strategy::tensor;
    input.observer = "static_minmax";
    const bool integer = scheme.input && scheme.input->type == NumberType::integer;
    scheme.input = input;
    scheme.needs_data = true;
    if (!integer || !is_served(scheme))
        throw Error(ErrorCode::unusable_recipe, msg("The scheme %1 has no static activations in vLLM", scheme.name),
                    msg("Use W8A8, or FP8, whose activations are static as it is."));
    return scheme;
}

} // namespace octavo
