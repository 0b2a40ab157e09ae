// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <algorithm>

namespace octavo {

/// Into how many interleaved parts `rows` rows are dealt so that none has more than `most`.
inline std::int64_t parts_of(std::int64_t rows, std::int64_t most) {
    return std::max<std::int64_t>(1, (rows + most - 1) / most);
}

/// Every n-th row of [rows, …] from `first` on; a view.
inline at::Tensor every_nth(const at::Tensor& rows, std::int64_t n, std::int64_t first = 0) {
    return rows.slice(0, first, std::nullopt, n);
}

/// Evenly spread rows, at most `most`; a view.
inline at::Tensor thinned(const at::Tensor& rows, std::int64_t most) {
    return every_nth(rows, parts_of(rows.size(0), most));
}

} // namespace octavo
