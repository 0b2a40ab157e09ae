// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/encode.h"

#include "base/error.h"
#include "quantize/kernels/cuda/launch.h"

namespace octavo::kernels {

void encode_rows_on_device(int device, std::span<const float> weight, std::int64_t rows, std::int64_t columns,
                           const QuantizationArgs& args, Dtype scale_dtype, std::span<float> scales,
                           std::span<std::uint8_t> codes) {
    const char* failure = cuda::encode_rows(device, weight.data(), rows, columns, args.half_range(),
                                            args.type == NumberType::integer, scale_dtype, scales.data(), codes.data());
    if (failure)
        throw Error(ErrorCode::device_lost, msg("CUDA device %1 failed: %2", device, failure),
                    msg("Use --device cpu, or free the device and repeat."));
}

} // namespace octavo::kernels
