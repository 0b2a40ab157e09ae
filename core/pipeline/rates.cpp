// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/rates.h"

#include "quantize/kernels/gram.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>

namespace octavo {

namespace {

constexpr std::int64_t side = 1024;
constexpr double budget = 0.04; ///< seconds

/// Operations per second of the fastest of several products of side³.
template <class Product>
double fastest(Product&& product) {
    using Clock = std::chrono::steady_clock;
    product(); // the first one packs and compiles
    double least = 1e30;
    const Clock::time_point started = Clock::now();
    for (Clock::time_point before = started; std::chrono::duration<double>(before - started).count() < budget;) {
        product();
        const Clock::time_point now = Clock::now();
        least = std::min(least, std::chrono::duration<double>(now - before).count());
        before = now;
    }
    return 2.0 * side * side * side / least;
}

double rate_of(at::ScalarType type) {
    const at::Tensor a = at::rand({side, side}).to(type), b = at::rand({side, side}).to(type);
    at::Tensor out = at::empty({side, side}, type);
    return fastest([&] { at::mm_out(out, a, b); });
}

} // namespace

double product_rate() { return rate_of(at::kFloat); }

double narrow_product_rate() { return kernels::multiplies_bf16() ? rate_of(at::kBFloat16) : 0; }

double integer_product_rate() {
    const at::Tensor a = at::ones({side, side}, at::kChar), b = at::ones({side, side}, at::kChar);
    at::Tensor out = at::empty({side, side}, at::kInt);
    return fastest([&] { at::_int_mm_out(out, a, b.t()); });
}

} // namespace octavo
