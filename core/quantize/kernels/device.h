// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "quantize/kernels/activation.h"
#include "quantize/kernels/solve.h"

namespace octavo::kernels {

/// Number of CUDA devices that the runtime can use; 0 without CUDA or driver.
int device_count();

/// Where kernels are queued.
struct DeviceStream {
    int device = 0;
    void* handle = nullptr; ///< a cudaStream_t; null = the device's default stream
};

/// Memory of a CUDA device. Copies wait until they are done. Throws Error(device_lost), also without CUDA.
class DeviceMemory {
public:
    DeviceMemory(int device, std::size_t bytes);
    ~DeviceMemory();
    DeviceMemory(const DeviceMemory&) = delete;
    DeviceMemory& operator=(const DeviceMemory&) = delete;

    void* data() const { return data_; }
    void upload(std::span<const std::byte> from);
    void download(std::span<std::byte> to) const;

private:
    int device_;
    void* data_ = nullptr;
};

// The twins of the CPU's kernels: all pointers, also those in structures, are to memory of the stream's device. They
// return when the work is queued. Throw Error(device_lost), also without CUDA.
namespace on_device {

/// Rows [0, rows). `column_share` is room for ⌈rows / solve_rows_per_block⌉ · columns numbers.
void solve_block(const DeviceStream& stream, const SolveBlock& block, const Grid& grid, std::int64_t rows,
                 double* column_share);

/// By the extremes of each cell.
void choose_scales(const DeviceStream& stream, const Grid& grid, const float* weight, std::int64_t rows,
                   std::int64_t columns, float* scales, std::int8_t* zero_points);
void encode(const DeviceStream& stream, const Grid& grid, const float* weight, std::int64_t rows, std::int64_t columns,
            const float* scales, const std::int8_t* zero_points, std::uint8_t* codes);
void decode(const DeviceStream& stream, const Grid& grid, const std::uint8_t* codes, std::int64_t rows,
            std::int64_t columns, const float* scales, const std::int8_t* zero_points, float* out);
/// number/packing.h for each row of `codes` [rows, columns]; `out` [rows, row_bytes], which hold at least
/// columns · bits bits.
void pack_codes(const DeviceStream& stream, const std::uint8_t* codes, std::int64_t rows, std::int64_t columns,
                int bits, std::uint8_t flip, std::int64_t row_bytes, std::uint8_t* out);

/// All columns; `parts` is room for [3, observe_parts, columns] numbers. Sums run in double from chunk to chunk.
void observe_channels(const DeviceStream& stream, const float* in, std::int64_t rows, std::int64_t columns,
                      float* parts, float* minimum, float* maximum, double* square_sum);

void rms_norm(const DeviceStream& stream, const float* in, const float* weight, float epsilon, std::int64_t rows,
              std::int64_t columns, float* out);
/// `fixed` is read when this is called: it is memory of the host.
void fake_quantize(const DeviceStream& stream, const Grid& grid, const ScaleAndZero* fixed, const float* in,
                   const float* inverse_scale, std::int64_t rows, std::int64_t columns, float* out);
void quantize_int8(const DeviceStream& stream, const float* in, const float* inverse_scale, std::int64_t rows,
                   std::int64_t columns, std::int8_t* codes, float* scales);
void scale_products(const DeviceStream& stream, const std::int32_t* in, const float* row_scale,
                    const float* column_scale, std::int64_t rows, std::int64_t columns, float* out);

} // namespace on_device

} // namespace octavo::kernels
