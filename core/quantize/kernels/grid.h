// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "checkpoint/dtype.h"
#include "quantize/kernels/rounding.h"

// C++17, like everything that kernels for CUDA devices see.
namespace octavo {
struct QuantizationArgs;
}

namespace octavo::kernels {

/// plain: a dtype of the model; e4m3: relative to a scale of the whole tensor (NVFP4); e8m0: a power of two (MX).
enum class Scales { plain, e4m3, e8m0 };

/// QuantizationArgs as kernels need them: which numbers the codes stand for, and which elements share a scale.
struct Grid {
    Numbers numbers = Numbers::integer;
    Scales scales = Scales::plain;
    Dtype scale_dtype = Dtype::f32; ///< of plain scales: bf16, f16 or f32
    bool symmetric = true;
    float low = -128, high = 127; ///< of the codes' numbers
    float half_range = 127.5f;    ///< QuantizationArgs::half_range()
    float global_scale = 1;       ///< scales are divided by it (e4m3 scales only)
    std::int64_t cell_rows = 1, cell_columns = 1;
    std::int64_t across = 1; ///< cells beside each other

    OCTAVO_HOST_DEVICE float effective(float scale) const {
        return scales == Scales::e4m3 ? scale / global_scale : scale;
    }
};

struct ScaleAndZero {
    float scale = 0;
    std::int8_t zero_point = 0;
};

/// For a matrix [rows, columns]; `global_scale` is set by the caller where there is one.
Grid grid_of(const QuantizationArgs& args, Dtype scale_dtype, std::int64_t rows, std::int64_t columns);

} // namespace octavo::kernels
