// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "rows.h"

namespace octavo::bench {

/// What this machine reaches with LibTorch's own products, plain copies and plain files, in this process.
struct Limits {
    double gemm_f32 = 0; ///< FLOP/s of 2048³ into an output that is kept
    double gemm_bf16 = 0;
    double gemm_int8 = 0;                 ///< OP/s
    double cholesky = 0;                  ///< FLOP/s (n³/3), n = 1536
    double cholesky_wide = 0;             ///< n = 4096
    double copy = 0;                      ///< bytes read + written per second, far beyond the caches
    double disk_write = 0, disk_read = 0; ///< bytes/s of one large file, synced; read without the page cache
};

/// `scratch` = folder on the disk to be measured.
Limits measure_limits(const std::filesystem::path& scratch, const Report& report);

} // namespace octavo::bench
