// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "quantize/kernels/cpu/avx512.h"

// Products of tiles by the matrix unit of some server CPUs (AMX): 16 rows of 64 bytes each.
#if OCTAVO_HAS_AVX512 && defined(__linux__)
#define OCTAVO_HAS_AMX 1
#define OCTAVO_AMX                                                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,avx512vnni,amx-tile,amx-int8,amx-bf16")))

namespace octavo::kernels {

inline constexpr std::int64_t tile_rows = 16, tile_words = 16; ///< words of 32 bits

/// Whether this CPU multiplies tiles and the system lets this process, unless OCTAVO_NO_TILES is set in the
/// environment: for tests of the other kernels.
bool multiplies_tiles();

/// All eight tiles of full size on this thread, as long as this lives.
class TileScope {
public:
    TileScope();
    ~TileScope();
    TileScope(const TileScope&) = delete;
    TileScope& operator=(const TileScope&) = delete;
};

} // namespace octavo::kernels

#else
#define OCTAVO_HAS_AMX 0
#endif
