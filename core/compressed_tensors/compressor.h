// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "compressed_tensors/exporter.h"

namespace octavo {

/// What rounding a block of rows cost, gathered while it is encoded.
struct EncodeStatistics {
    double signal = 0;                          ///< Σ w²
    double noise = 0;                           ///< Σ (w − ŵ)²
    std::array<std::uint64_t, 256> histogram{}; ///< of codes −128…127 (integer) or of code bytes (floating)

    void add(const EncodeStatistics& other);
    double sqnr_db() const; ///< 10·log10(signal / noise), 200 for a matrix that is represented exactly
};

/// One on-disk format of compressed-tensors: which tensors it writes, how rows become codes and codes become numbers
/// again. A new format is one such class in a file of its own and one line in compressor_for().
class Compressor {
public:
    virtual ~Compressor() = default;
    /// Local names ("weight", "weight_scale") with dtypes and shapes, in the order in which they are written.
    virtual std::vector<TensorSpec> tensors(const Module& module, const Scheme& scheme, Dtype model_dtype) const = 0;
    /// Throws Error(unusable_recipe) when Octavo can read the scheme but cannot write it.
    virtual void check_writable(const Scheme& scheme) const = 0;
    /// Round-to-nearest of `rows` [n, K], the rows from `first_row` on, into a matrix made by empty_matrix(). Blocks of
    /// different rows may be encoded at the same time. device < 0 = on the CPU.
    virtual EncodeStatistics encode_rows(std::span<const float> rows, std::int64_t first_row, const Module& module,
                                         const Scheme& scheme, Dtype model_dtype, int device,
                                         CompressedMatrix& out) const = 0;
    /// Float [N, K] of a module on disk.
    virtual std::vector<float> decompress(const ModelFolder& folder, const Module& module,
                                          const Scheme& scheme) const = 0;
};

/// Throws Error(unusable_recipe) for a format that is not implemented.
const Compressor& compressor_for(const Scheme& scheme);

/// All tensors of the module, allocated and zero.
CompressedMatrix empty_matrix(const Module& module, const Scheme& scheme, Dtype model_dtype);

/// The matrix that a solver found: one code per byte (int8 in two's complement or E4M3) [N, K] and scales [N] that
/// `model_dtype` can hold. Only for formats that store one code per byte.
CompressedMatrix compressed_matrix(const Module& module, const Scheme& scheme, Dtype model_dtype,
                                   std::span<const std::uint8_t> codes, std::span<const float> scales);

/// The dtype in which scales of this weight are stored: its own if bf16, fp16 or fp32, else fp16.
Dtype scale_dtype_for(Dtype weight_dtype);

} // namespace octavo
