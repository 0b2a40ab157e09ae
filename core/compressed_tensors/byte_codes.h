// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compressed_tensors/compressor.h"

namespace octavo {

/// int-quantized, float-quantized and naive-quantized: one code per byte in "weight", multiplied by "weight_scale".
/// Read with scales per tensor, channel, group or block; written with scales per channel and dynamic activations.
class ByteCodes final : public Compressor {
public:
    std::vector<TensorSpec> tensors(const Module& module, const Scheme& scheme, Dtype model_dtype) const override;
    void check_writable(const Scheme& scheme) const override;
    EncodeStatistics encode_rows(std::span<const float> rows, std::int64_t first_row, const Module& module,
                                 const Scheme& scheme, Dtype model_dtype, int device,
                                 CompressedMatrix& out) const override;
    std::vector<float> decompress(const ModelFolder& folder, const Module& module, const Scheme& scheme) const override;
};

} // namespace octavo
