// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace octavo {

/// FLOP/s of large float32 products and OP/s of large int8 products on the CPU, as LibTorch does them with the threads
/// that it has; some hundredths of a second each.
double product_rate();
/// Of products of bf16 numbers; 0 where observers do not multiply those.
double narrow_product_rate();
double integer_product_rate();

} // namespace octavo
