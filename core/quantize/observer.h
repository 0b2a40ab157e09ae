// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <vector>

#include "model/device.h"
#include "quantize/kernels/aligned.h"
#include "report/run_folder.h"

namespace octavo {

/// Whether XᵀX is wanted, and of which numbers.
enum class Products {
    none,
    exact, ///< of the float32 numbers on the CPU, for what has to agree with other products of them
    fast,  ///< of numbers rounded to bf16 where the CPU multiplies those: several times as fast; sums are float32
};

/// Watches the input that several matrices share, while it is in cache anyway: range and mean square per channel, XᵀX,
/// and a seeded sample of tokens.
class InputObserver {
public:
    /// `sample` = token indexes to keep, ascending. A CUDA device always rounds to bf16.
    InputObserver(std::int64_t channels, std::vector<std::int64_t> sample, Device device,
                  Products products = Products::exact);

    /// x [tokens, channels], the tokens [first, first + tokens) of the calibration set. With `scale` [tokens, 1], the
    /// same for every chunk or none, the products are those of x · scale; extremes, mean square and sample are not.
    /// When a device has no memory left for it, nothing has been counted: it may be repeated with fewer tokens.
    void observe(const at::Tensor& x, std::int64_t first, const at::Tensor& scale = {});

    /// How far the input of the original model is from x, [tokens, channels], or what the one matrix that reads x
    /// should make of it, [tokens, N]: the same for every chunk, after observe().
    void observe_reference(const at::Tensor& x, const at::Tensor& reference);

    std::int64_t tokens() const { return tokens_; }
    // [K], on the CPU: on a device they wait for what was observed until now.
    at::Tensor minimum() const { return minimum_.cpu(); }
    at::Tensor maximum() const { return maximum_.cpu(); }
    at::Tensor absmax() const;
    at::Tensor mean_square() const;
    /// Throws Error(not_finite) naming `site` when NaN, infinity or numbers whose squares overflow were seen.
    void check_finite(const std::string& site) const;
    /// Whether products are those of bf16 numbers on the CPU.
    bool narrow() const { return narrow_; }
    /// Σ x xᵀ over all tokens, [K, K] symmetric, on the device.
    at::Tensor hessian() const;
    /// Σ reference xᵀ over all tokens, [K or N, K] on the device; undefined when there was none.
    const at::Tensor& reference_products() const { return reference_; }
    /// [sampled tokens, K] on the device.
    at::Tensor sample() const;
    at::Tensor sample_scale() const; ///< [sampled tokens, 1]; undefined without

private:
    std::int64_t block() const; ///< columns per block row of the Hessian: only the upper blocks are multiplied
    void keep_sample(const at::Tensor& x, std::int64_t first, const at::Tensor& scale);
    void observe_on_cpu(const at::Tensor& x, const at::Tensor& scale);
    void observe_on_device(const at::Tensor& x, const at::Tensor& scale);
    void observe_narrow(const at::Tensor& x, const at::Tensor& scale);

    Device device_;
    bool narrow_;
    std::int64_t tokens_ = 0;
    std::vector<std::int64_t> wanted_;
    std::size_t next_ = 0;
    at::Tensor minimum_, maximum_, square_sum_, hessian_, reference_; ///< on the device
    at::Tensor sampled_, sampled_scale_;          ///< [wanted, K] and [wanted, 1], filled as far as next_
    kernels::AlignedVector<std::uint32_t> pairs_; ///< the last chunk in bf16
};

/// Counts of |x| in the log-spaced bins of report/run_folder.h.
std::vector<float> log_histogram(const at::Tensor& values);
/// Signed values at 0.1, 1, 25, 50, 75, 99 and 99.9 %.
std::vector<float> percentiles(const at::Tensor& values);
std::vector<float> to_vector(const at::Tensor& values);
/// Of each column of a matrix [N, K], on the CPU, [K].
struct ColumnSizes {
    at::Tensor absmax, square_sum;
};
ColumnSizes column_sizes(const at::Tensor& matrix);
/// max / median of a positive vector; 0 for an empty or all-zero one.
double outlier_ratio(const at::Tensor& absmax);

/// `count` of `total` indexes, ascending, the same for the same seed on every machine.
std::vector<std::int64_t> sample_indexes(std::int64_t total, std::int64_t count, std::uint64_t seed);

} // namespace octavo
