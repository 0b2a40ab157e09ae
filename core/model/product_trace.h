// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "model/decoder.h"

namespace octavo {

/// What the products of a layer read and gave while it walked over a chunk. Another walk over the chunk, from nearly
/// the same numbers and with mostly the same matrices, then multiplies only the differences: y = y₀ + W (x − x₀), the
/// last product in bf16, whose rounding is relative to the difference. Products of other matrices, and of all of them
/// on CPUs that do not multiply bf16 numbers, are computed as they are. For layers without experts, where every walk
/// makes the same products in the same order.
class ProductTrace {
public:
    /// Whether differences are multiplied here; what has not changed is never multiplied again.
    static bool multiplies_differences(const Device& device);

    explicit ProductTrace(const Device& device) : narrow_(multiplies_differences(device)) {}

    void start_layer();             ///< forgets everything
    void record() { begin(false); } ///< from now on products are written down
    void repeat() { begin(true); }  ///< from now on they are the ones written down, from the first on
    bool repeats() const { return repeats_; }

    void keep(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& y);
    /// y of the next product, a tensor of its own; undefined where it has to be computed as it is.
    at::Tensor next(const at::Tensor& x, const at::Tensor& weight);

private:
    struct Entry {
        at::Tensor x, weight, y;
        at::Tensor narrow; ///< the weight in bf16, made when first needed
    };

    void begin(bool repeats);
    /// What is known of x beside the entry's: several matrices read the same.
    void compare(const at::Tensor& x, const Entry& entry);

    std::vector<Entry> entries_;
    std::size_t at_ = 0;
    bool narrow_, repeats_ = false;
    at::Tensor read_, from_; ///< the last x, and what it was compared with
    bool unchanged_ = false; ///< whether they are equal …
    at::Tensor difference_;  ///< … and else their difference, where differences are multiplied
};

/// x − reference in bf16, of the same shape, both contiguous.
at::Tensor narrow_difference(const at::Tensor& x, const at::Tensor& reference);

} // namespace octavo
