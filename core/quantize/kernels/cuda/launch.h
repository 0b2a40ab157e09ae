// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "checkpoint/dtype.h"

namespace octavo::kernels::cuda {

/// Scales [rows] and codes [rows, columns] of a weight in host memory. Returns CUDA's message when it failed, null when
/// it is done.
const char* encode_rows(int device, const float* weight, std::int64_t rows, std::int64_t columns, float half_range,
                        bool integer, Dtype scale_dtype, float* scales, std::uint8_t* codes);

int device_count();

} // namespace octavo::kernels::cuda
