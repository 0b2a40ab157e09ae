// SPDX-License-Identifier: GPL-3.0-or-later
#include "stop_checks.h"

#include "base/error.h"
#include "quantize/awq.h"
#include "quantize/quadratic.h"
#include "quantize/refine.h"
#include "solver_definitions.h"

#include <ATen/record_function.h>

#include <set>
#include <string>

using namespace octavo;

namespace {

/// Counts the products that LibTorch begins, and asks for a stop when one of them does.
class ProductWatch {
public:
    explicit ProductWatch(int stop_at) {
        source = {};
        begun = 0;
        stop_before = stop_at;
        handle_ = at::addThreadLocalCallback(
            at::RecordFunctionCallback(&ProductWatch::begins).scopes({at::RecordScope::FUNCTION}));
    }
    ~ProductWatch() { at::removeCallback(handle_); }
    ProductWatch(const ProductWatch&) = delete;
    ProductWatch& operator=(const ProductWatch&) = delete;

    static inline std::stop_source source;
    static inline int begun = 0, stop_before = -1;

private:
    static std::unique_ptr<at::ObserverContext> begins(const at::RecordFunction& function) {
        static const std::set<std::string> products{"aten::mm", "aten::addmm_", "aten::linalg_solve_triangular",
                                                    "aten::linalg_cholesky_ex"};
        if (products.contains(function.name()) && begun++ == stop_before) source.request_stop();
        return nullptr;
    }
    at::CallbackHandle handle_;
};

void work(const at::Tensor& weight, const at::Tensor& hessian, const std::stop_token& stop) {
    SolverOptions options = options_with(0.01);
    const HessianFactor factor = factorize(hessian, options, "test", stop);
    lower_factor(hessian + at::eye(hessian.size(0)) * factor.lambda, stop, /*whole=*/0);
    const at::Tensor wanted = corrected(weight, product(weight, hessian, stop) * 0.01, factor, stop);
    Solution solution = solve_gptq(wanted, factor, weight_grid(wanted, channel_args(false), {}), options, stop);
    measure_rounding(solution, wanted, factor, stop);
    refine(solution, wanted, factor, 2, stop);
    round_to_nearest(weight, weight_grid(weight, channel_args(false), {}), &factor, stop);
    gram(weight, stop);
    SmoothingProblem problem;
    problem.weight = weight;
    problem.hessian = hessian;
    problem.weights = channel_args(false);
    scaled_rounding_damage(problem, stop)(at::ones({hessian.size(0)}));
}

} // namespace

double panels_against_whole(int columns) {
    at::manual_seed(17);
    const at::Tensor x = inputs(2 * columns, columns), gram = at::mm(x.t(), x);
    const at::Tensor matrix = gram + at::eye(columns) * 0.01 * gram.diagonal().mean();
    const at::Tensor own = lower_factor(matrix.clone(), {}, /*whole=*/0).to(at::kDouble),
                     wanted = at::linalg_cholesky(matrix.to(at::kDouble));
    return ((own - wanted).abs().max() / wanted.abs().max()).item<double>();
}

bool indefinite_is_found_out() {
    at::Tensor matrix = at::eye(1300);
    matrix[1250][1250] = -1;
    return !lower_factor(matrix.clone(), {}, 0).defined() && !lower_factor(matrix.clone()).defined() &&
           lower_factor(at::eye(1300), {}, 0).equal(at::eye(1300));
}

std::vector<int> parts_with_and_without_stop() {
    constexpr std::int64_t rows = 1000, columns = 100000; // so wide that a part has as few rows as it may
    int stopped = 0, all = 0;
    std::int64_t covered = 0;
    std::stop_source source;
    try {
        by_rows(rows, columns, source.get_token(), [&](std::int64_t, std::int64_t) {
            ++stopped;
            source.request_stop();
        });
    } catch (const Error& error) {
        if (error.code() != ErrorCode::cancelled) throw;
    }
    by_rows(rows, columns, {}, [&](std::int64_t begin, std::int64_t end) {
        if (begin == covered) covered = end;
        ++all;
    });
    return {stopped, covered == rows ? all : -1};
}

AfterStop stopped_at_each_product() {
    at::manual_seed(19);
    const int columns = 1300; // several panels and blocks
    const at::Tensor x = inputs(columns, columns), hessian = at::mm(x.t(), x), weight = at::randn({8, columns});
    AfterStop out;
    {
        const ProductWatch watch(-1);
        work(weight, hessian, {});
        out.products = ProductWatch::begun;
    }
    for (int at = 0; at < out.products; ++at) {
        const ProductWatch watch(at);
        try {
            work(weight, hessian, ProductWatch::source.get_token());
        } catch (const Error& error) {
            if (error.code() == ErrorCode::cancelled) ++out.cancelled;
        }
        out.most = std::max(out.most, ProductWatch::begun - at - 1);
    }
    return out;
}
