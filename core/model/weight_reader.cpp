// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/decoder.h"
#include "model/products.h"

#include "base/error.h"
#include "compressed_tensors/decompress.h"
#include "compressed_tensors/finite.h"
#include "number/number.h"

#include <cstring>

namespace octavo {

WeightReader::WeightReader(const ModelFolder& folder, const ModelConfig& config, Device device)
    : folder_(folder), config_(config), device_(device) {}

namespace {

[[noreturn]] void refuse_not_finite(const std::string& name) {
    throw Error(ErrorCode::not_finite, msg("The weights hold NaN or infinity"),
                msg("The checkpoint is damaged or its training diverged: use an intact copy."), Place{.tensor = name});
}

void check_finite(const at::Tensor& values, const std::string& name) {
    // A sum is finite only if every term is (short of overflow, which is then looked at closely): one pass, no
    // temporary.
    if (!std::isfinite(values.sum(at::kDouble).item<double>()) && !at::isfinite(values).all().item<bool>())
        refuse_not_finite(name);
}

/// As it is stored, from pinned memory, to a device that makes float32 of it: half as much to copy, and nobody waits
/// for the copy.
at::Tensor uploaded(const TensorSpec& spec, std::span<const std::byte> data, const at::Device& device) {
    const at::ScalarType type = spec.dtype == Dtype::bf16  ? at::kBFloat16
                                : spec.dtype == Dtype::f16 ? at::kHalf
                                                           : at::kFloat;
    const at::Tensor host = at::empty(spec.shape, at::TensorOptions().dtype(type).pinned_memory(true));
    std::memcpy(host.mutable_data_ptr(), data.data(), data.size());
    return host.to(device, type, /*non_blocking=*/true).to(at::kFloat);
}

} // namespace

at::Tensor WeightReader::tensor(const std::string& name) const {
    const TensorSpec& spec = folder_.spec(name);
    const bool plain = spec.dtype == Dtype::bf16 || spec.dtype == Dtype::f16 || spec.dtype == Dtype::f32;
    if (!device_.is_cpu() && plain) {
        const std::span<const std::byte> data = folder_.data(name);
        if (first_not_finite(spec.dtype, data) >= 0) refuse_not_finite(name);
        return uploaded(spec, data, device_.device);
    }
    at::Tensor out = at::empty(spec.shape, at::kFloat);
    to_float(spec.dtype, folder_.data(name), {out.mutable_data_ptr<float>(), static_cast<std::size_t>(out.numel())});
    check_finite(out, name);
    return out.to(device_.device);
}

at::Tensor WeightReader::optional_tensor(const std::string& name) const {
    return folder_.contains(name) ? tensor(name) : at::Tensor();
}

Linear WeightReader::linear(const std::string& module) const {
    Linear out;
    if (module.empty()) return out;
    out.bias = optional_tensor(module + ".bias");
    const std::optional<std::size_t> place = quantization_.find(module);
    if (!place || !quantization_.schemes[*place]) {
        out.weight = tensor(module + ".weight");
        return out;
    }
    const Module& known = quantization_.modules[*place];
    const Scheme& scheme = *quantization_.schemes[*place];
    if (scheme.input) out.input = InputGrid{*scheme.input, read_input_scale(folder_, known, scheme)};
    if (multiplies_codes(scheme) && takes_codes(device_, known.rows, known.columns)) {
        const at::Tensor codes = at::empty({known.rows, known.columns}, at::kChar);
        std::memcpy(codes.mutable_data_ptr(), folder_.data(module + ".weight").data(),
                    static_cast<std::size_t>(codes.nbytes()));
        set_codes(out, codes.to(device_.device), tensor(module + ".weight_scale").flatten());
        if (device_.is_cpu()) return out; // on a device there are also products of floats with it, for gradients
    }
    const std::vector<float> weight = decompress(folder_, known, scheme);
    out.weight = at::from_blob(const_cast<float*>(weight.data()), {known.rows, known.columns}, at::kFloat)
                     .clone()
                     .to(device_.device);
    check_finite(out.weight, module + ".weight");
    return out;
}

at::Tensor WeightReader::embedded(const std::vector<std::int32_t>& ids) const {
    const std::string name = config_.prefix + "embed_tokens.weight";
    const TensorSpec& spec = folder_.spec(name);
    const auto data = folder_.data(name);
    const std::size_t row_bytes = static_cast<std::size_t>(config_.hidden) * size_of(spec.dtype),
                      width = static_cast<std::size_t>(config_.hidden);
    at::Tensor out = at::empty({static_cast<std::int64_t>(ids.size()), config_.hidden});
    float* to = out.mutable_data_ptr<float>();
    for (const std::int32_t id : ids) {
        if (id < 0 || id >= config_.vocabulary)
            throw Error(ErrorCode::unusable_data,
                        msg("Token id %1 lies beyond the vocabulary of %2", id, config_.vocabulary),
                        msg("The tokenizer does not belong to this model."), Place{.file = folder_.path().string()});
        to_float(spec.dtype, data.subspan(static_cast<std::size_t>(id) * row_bytes, row_bytes), {to, width});
        to += width;
    }
    check_finite(out, name);
    if (config_.embedding_scale != 1) out.mul_(config_.embedding_scale);
    return out.to(device_.device);
}

Linear WeightReader::head() const {
    if (!config_.tied_head) return linear(config_.head);
    Linear out;
    out.weight = tensor(config_.prefix + "embed_tokens.weight");
    return out;
}

void WeightReader::drop_layer(int index) const {
    const std::string prefix = config_.layer_prefix(index);
    for (const TensorSpec& spec : folder_.tensors())
        if (spec.name.starts_with(prefix)) folder_.drop(spec.name);
}

} // namespace octavo
