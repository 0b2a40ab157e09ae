// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>

#include "compressed_tensors/compressor.h"

namespace octavo {

/// What rounding a matrix cost.
struct RoundingStatistics {
    double signal = 0;                          ///< Σ w², columns weighted by their importance
    double noise = 0;                           ///< Σ (w − ŵ)², likewise
    std::array<std::uint64_t, 256> histogram{}; ///< of codes −128…127 (integer) or of code bytes (floating)

    void add(const RoundingStatistics& other);
    double sqnr_db() const; ///< 10·log10(signal / noise), 200 for a matrix that is represented exactly
};

struct RoundedMatrix {
    MatrixCodes matrix;
    RoundingStatistics statistics;
};

/// Fills `rows` with the rows from `first` on, as floats; may be called from several threads at once.
using RowSource = std::function<void(std::int64_t first, std::span<float> rows)>;

struct RoundingOptions {
    Dtype dtype = Dtype::f32; ///< of the source's weights
    bool search = false;      ///< scales by least squared error instead of by the extremes
    int threads = 1;
    int device = -1;  ///< CUDA device for what has a kernel there; −1 = CPU
    float absmax = 0; ///< largest |w| of the matrices that share a global scale; needed for NVFP4 only
    std::span<const float> importance = {}; ///< [K] of the columns, for the search and the statistics; empty = all 1
};

/// Does the scheme need the largest magnitude of a matrix before its first scale is known?
bool needs_absmax(const QuantizationArgs& args);
float absmax_of(const Module& module, const RowSource& source, int threads);

/// Round to nearest, blocks of rows in parallel; the same bytes for any number of threads. Static input scales stay
/// undefined.
RoundedMatrix round_matrix(const Module& module, const QuantizationArgs& args, const RowSource& source,
                           const RoundingOptions& options);

} // namespace octavo
