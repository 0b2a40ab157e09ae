// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quadratic.h"

#include "base/stop.h"

#include <algorithm>

namespace octavo {

namespace {

constexpr double part_products = 2.5e10; ///< multiplications between two looks at the stop token
constexpr std::int64_t panel = 512;

} // namespace

double quadratic(const at::Tensor& rows, const at::Tensor& hessian, const std::stop_token& stop) {
    constexpr std::int64_t width = 512;
    const std::int64_t columns = hessian.size(0);
    double total = 0;
    for (std::int64_t begin = 0; begin < columns; begin += width) {
        throw_if_stopped(stop);
        const std::int64_t end = std::min(begin + width, columns);
        at::Tensor half = at::mm(rows.slice(1, begin, end), hessian.slice(0, begin, end).slice(1, begin, end));
        if (begin > 0) half.addmm_(rows.slice(1, 0, begin), hessian.slice(0, 0, begin).slice(1, begin, end), 1, 2);
        total += half.mul_(rows.slice(1, begin, end)).sum(at::kDouble).item<double>();
    }
    return total;
}

void by_rows(std::int64_t rows, std::int64_t columns, const std::stop_token& stop,
             const std::function<void(std::int64_t begin, std::int64_t end)>& work) {
    const double square = static_cast<double>(columns) * static_cast<double>(columns);
    const auto part = std::max<std::int64_t>(64, static_cast<std::int64_t>(part_products / std::max(square, 1.0)));
    for (std::int64_t begin = 0; begin < rows; begin += part) {
        throw_if_stopped(stop);
        work(begin, std::min(begin + part, rows));
    }
}

at::Tensor product(const at::Tensor& rows, const at::Tensor& matrix, const std::stop_token& stop) {
    at::Tensor out = at::empty({rows.size(0), matrix.size(1)}, rows.options());
    by_rows(rows.size(0), rows.size(1), stop, [&](std::int64_t begin, std::int64_t end) {
        at::Tensor part = out.slice(0, begin, end);
        at::mm_out(part, rows.slice(0, begin, end), matrix);
    });
    return out;
}

at::Tensor gram(const at::Tensor& rows, const std::stop_token& stop) {
    at::Tensor out;
    by_rows(rows.size(0), rows.size(1), stop, [&](std::int64_t begin, std::int64_t end) {
        const at::Tensor part = rows.slice(0, begin, end);
        if (out.defined())
            out.addmm_(part.t(), part);
        else
            out = at::mm(part.t(), part);
    });
    return out;
}

at::Tensor lower_factor(at::Tensor matrix, const std::stop_token& stop, std::int64_t whole) {
    const std::int64_t columns = matrix.size(0);
    throw_if_stopped(stop);
    if (!matrix.is_cpu() || columns <= whole) {
        auto [lower, info] = at::linalg_cholesky_ex(matrix);
        return info.item<int>() == 0 ? lower : at::Tensor();
    }
    for (std::int64_t begin = 0; begin < columns; begin += panel) {
        throw_if_stopped(stop);
        const std::int64_t end = std::min(begin + panel, columns);
        at::Tensor here = matrix.slice(0, begin).slice(1, begin, end);
        if (begin > 0)
            here.addmm_(matrix.slice(0, begin).slice(1, 0, begin), matrix.slice(0, begin, end).slice(1, 0, begin).t(),
                        1, -1);
        at::Tensor corner = here.slice(0, 0, end - begin);
        const auto [lower, info] = at::linalg_cholesky_ex(corner);
        if (info.item<int>() != 0) return {};
        corner.copy_(lower);
        if (end == columns) break;
        at::Tensor below = here.slice(0, end - begin);
        below.copy_(at::linalg_solve_triangular(lower.t(), below, /*upper=*/true, /*left=*/false));
    }
    return matrix.tril_();
}

} // namespace octavo
