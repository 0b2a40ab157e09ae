// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/compressor.h"

#include <cmath>
#include <cstring>

#include "compressed_tensors/byte_codes.h"
#include "number/number.h"

namespace octavo {

void EncodeStatistics::add(const EncodeStatistics& other) {
    signal += other.signal;
    noise += other.noise;
    for (std::size_t code = 0; code < histogram.size(); ++code) histogram[code] += other.histogram[code];
}

double EncodeStatistics::sqnr_db() const {
    constexpr double exact = 200; // finite, so that it survives JSON
    if (noise <= 0) return exact;
    return signal > 0 ? std::min(exact, 10 * std::log10(signal / noise)) : 0;
}

const Compressor& compressor_for(const Scheme& scheme) {
    static const ByteCodes byte_codes;
    switch (scheme.format) {
    case Format::int_quantized:
    case Format::float_quantized:
    case Format::naive_quantized: return byte_codes;
    default: break;
    }
    throw Error(ErrorCode::unusable_recipe,
                msg("The format %1 of scheme %2 is not implemented yet", name_of(scheme.format), scheme.name),
                msg("Choose W8A8 or FP8_DYNAMIC."));
}

std::vector<TensorSpec> compressed_tensors_of(const Module& module, const Scheme& scheme, Dtype model_dtype) {
    std::vector<TensorSpec> specs = compressor_for(scheme).tensors(module, scheme, scale_dtype_for(model_dtype));
    for (TensorSpec& spec : specs) spec.name = module.name + "." + spec.name;
    return specs;
}

CompressedMatrix empty_matrix(const Module& module, const Scheme& scheme, Dtype model_dtype) {
    CompressedMatrix matrix;
    for (const TensorSpec& spec : compressor_for(scheme).tensors(module, scheme, scale_dtype_for(model_dtype)))
        matrix[spec.name].resize(spec.bytes());
    return matrix;
}

CompressedMatrix compressed_matrix(const Module& module, const Scheme& scheme, Dtype model_dtype,
                                   std::span<const std::uint8_t> codes, std::span<const float> scales) {
    compressor_for(scheme).check_writable(scheme);
    CompressedMatrix matrix = empty_matrix(module, scheme, model_dtype);
    const Dtype dtype = scale_dtype_for(model_dtype);
    if (matrix.at("weight").size() != codes.size() ||
        matrix.at("weight_scale").size() != scales.size() * size_of(dtype))
        throw Error(ErrorCode::internal, msg("Codes or scales of %1 do not have its shape", module.name), {},
                    {.tensor = module.name});
    std::memcpy(matrix["weight"].data(), codes.data(), codes.size());
    from_float(dtype, scales, matrix["weight_scale"]);
    return matrix;
}

Dtype scale_dtype_for(Dtype weight_dtype) {
    return weight_dtype == Dtype::bf16 || weight_dtype == Dtype::f16 || weight_dtype == Dtype::f32 ? weight_dtype
                                                                                                   : Dtype::f16;
}

} // namespace octavo
