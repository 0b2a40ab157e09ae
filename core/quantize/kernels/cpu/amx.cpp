// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/cpu/amx.h"

#if OCTAVO_HAS_AMX

#include <cpuid.h>
#include <cstdlib>
#include <sys/syscall.h>
#include <unistd.h>

namespace octavo::kernels {

namespace {

bool has_tiles() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
    constexpr unsigned needed = 1U << 22 | 1U << 24 | 1U << 25; // AMX-BF16, AMX-TILE, AMX-INT8
    return (d & needed) == needed && __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vnni");
}

/// Linux gives tiles to processes that ask for them: Documentation/arch/x86/xstate.rst.
bool tiles_granted() {
    constexpr long request_permission = 0x1023, tile_data = 18;
    return ::syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
}

struct alignas(64) TileConfig {
    std::uint8_t palette = 1, start_row = 0, reserved[14] = {};
    std::uint16_t row_bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
    std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};
static_assert(sizeof(TileConfig) == 64);

OCTAVO_AMX void configure(const TileConfig* config) { _tile_loadconfig(config); }
OCTAVO_AMX void release() { _tile_release(); }

} // namespace

bool multiplies_tiles() {
    static const bool can = std::getenv("OCTAVO_NO_TILES") == nullptr && has_tiles() && tiles_granted();
    return can;
}

TileScope::TileScope() {
    static const TileConfig config;
    configure(&config);
}

TileScope::~TileScope() { release(); }

} // namespace octavo::kernels

#endif
