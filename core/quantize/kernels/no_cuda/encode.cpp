// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/encode.h"

#include "base/error.h"

namespace octavo::kernels {

void encode_rows_on_device(int, std::span<const float>, std::int64_t, std::int64_t, const QuantizationArgs&, Dtype,
                           std::span<float>, std::span<std::uint8_t>) {
    throw Error(ErrorCode::device_lost, msg("This build of Octavo has no CUDA"),
                msg("Use --device cpu, or build with CUDA."));
}

} // namespace octavo::kernels
