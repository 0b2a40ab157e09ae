// SPDX-License-Identifier: GPL-3.0-or-later
#include "device/device_checks.h"

#include "base/error.h"
#include "model/decoder.h"
#include "quantize/activation_grid.h"
#include "quantize/observer.h"
#include "quantize/solver.h"
#include "quantize/tensor_kernels.h"

using namespace octavo;

namespace {

/// Calls work(tensor that is moved there) with the device in place.
class Elsewhere {
public:
    explicit Elsewhere(const DevicePlace& place) : place_(place), device_(open_device(place.device, 0)) {
        if (place_.imitate) place_.imitate(true);
    }
    ~Elsewhere() {
        if (place_.imitate) place_.imitate(false);
    }
    Elsewhere(const Elsewhere&) = delete;
    Elsewhere& operator=(const Elsewhere&) = delete;

    const Device& device() const { return device_; }
    at::Tensor operator()(const at::Tensor& x) const { return x.defined() ? x.to(device_.device) : x; }

private:
    const DevicePlace& place_;
    Device device_;
};

long differences(const at::Tensor& a, const at::Tensor& b) {
    if (!a.defined() && !b.defined()) return 0;
    return (a.cpu() != b.cpu()).sum().item<long>();
}

double deviation(const at::Tensor& own, const at::Tensor& expected) {
    const at::Tensor wide = expected.to(at::kDouble);
    return ((own.cpu().to(at::kDouble) - wide).abs().max() / wide.abs().max()).item<double>();
}

/// Correlated, with a loud channel.
at::Tensor inputs(std::int64_t tokens, std::int64_t channels) {
    at::Tensor out = at::mm(at::randn({tokens, channels}), at::randn({channels, channels})) * 0.1;
    out.add_(at::randn({tokens, channels}));
    out.select(1, channels / 3).mul_(20);
    return out;
}

WeightGrid grid_for(const at::Tensor& weight, const std::string& scheme) {
    return weight_grid(weight, preset(scheme).weights, {.dtype = Dtype::bf16});
}

} // namespace

bool is_there(const DevicePlace& place) {
    if (place.imitate) return true;
    if (kernels::device_count() == 0) return false;
    try {
        open_device(place.device, 0);
        return true;
    } catch (const Error&) {
        return false;
    }
}

std::vector<long> rounding_differences(const DevicePlace& place, const std::string& scheme, int rows, int columns) {
    at::manual_seed(1);
    const at::Tensor weight = at::randn({rows, columns});
    const WeightGrid expected = grid_for(weight, scheme);
    const at::Tensor codes = expected.nearest_codes(weight), values = expected.decoded(codes);
    const Elsewhere there(place);
    const at::Tensor moved = there(weight);
    const WeightGrid own = grid_for(moved, scheme);
    const at::Tensor own_codes = own.nearest_codes(moved);
    return {differences(own.scales, expected.scales), differences(own.zero_points, expected.zero_points),
            differences(own_codes, codes), differences(own.decoded(own_codes), values)};
}

SolvedTwice solved_twice(const DevicePlace& place, const std::string& scheme, int rows, int columns,
                         bool activation_order) {
    at::manual_seed(2);
    SolverOptions options;
    options.activation_order = activation_order;
    const at::Tensor x = inputs(3 * columns, columns), weight = at::randn({rows, columns});
    HessianFactor factor = factorize(at::mm(x.t(), x), options, "test");
    const Solution expected = solve_gptq(weight, factor, grid_for(weight, scheme), options);
    const Elsewhere there(place);
    for (at::Tensor* part : {&factor.hessian, &factor.factor, &factor.order}) *part = there(*part);
    const at::Tensor moved = there(weight);
    const auto solve = [&] { return solve_gptq(moved, factor, grid_for(moved, scheme), options); };
    const Solution own = solve(), again = solve();
    SolvedTwice out;
    out.codes = expected.codes.numel();
    out.different = differences(own.codes, expected.codes);
    out.loss = own.error;
    out.loss_on_cpu = expected.error;
    out.column_loss = (own.column_error.sum() / expected.column_error.sum()).item<double>();
    out.same_again = differences(own.codes, again.codes) == 0 && own.error == again.error &&
                     differences(own.column_error, again.column_error) == 0;
    return out;
}

ObservedTwice observed_twice(const DevicePlace& place, int tokens, int channels, bool weighed) {
    at::manual_seed(3);
    const at::Tensor x = inputs(tokens, channels), scale = at::rand({tokens, 1}) + 0.5;
    const std::vector<std::int64_t> wanted{0, 63, 64, tokens - 1};
    const Elsewhere there(place);
    const auto observe = [&] {
        InputObserver observer(channels, wanted, there.device());
        for (std::int64_t begin = 0; begin < tokens; begin += 64) {
            const std::int64_t end = std::min<std::int64_t>(begin + 64, tokens);
            observer.observe(there(x.slice(0, begin, end)), begin,
                             weighed ? there(scale.slice(0, begin, end)) : at::Tensor());
        }
        return observer;
    };
    const InputObserver own = observe(), again = observe();
    const at::Tensor rounded = (weighed ? x * scale : x).to(at::kBFloat16).to(at::kDouble);
    ObservedTwice out;
    out.same_range = at::equal(own.minimum(), x.amin(0)) && at::equal(own.maximum(), x.amax(0));
    out.same_sample = at::equal(own.sample().cpu(), x.index_select(0, at::tensor(wanted))) &&
                      (!weighed || at::equal(own.sample_scale().cpu(), scale.index_select(0, at::tensor(wanted))));
    out.same_again = at::equal(own.hessian().cpu(), again.hessian().cpu()) &&
                     at::equal(own.mean_square(), again.mean_square()) && own.tokens() == tokens;
    out.mean_square = deviation(own.mean_square(), x.to(at::kDouble).square().mean(0));
    out.hessian = deviation(own.hessian(), at::mm(rounded.t(), rounded));
    return out;
}

long input_differences(const DevicePlace& place, const std::string& scheme, bool fixed) {
    at::manual_seed(4);
    const at::Tensor x = at::randn({19, 256}) * at::exp(at::randn({19, 1})), inverse = at::rand({256}) + 0.5;
    InputGrid grid{*preset(scheme).input};
    if (fixed) grid.fixed = static_input_scale(grid.args, x.min().item<float>(), x.max().item<float>(), Dtype::f32);
    const at::Tensor plain = fake_quantized(x, grid), smoothed = fake_quantized(x, grid, inverse);
    const Elsewhere there(place);
    return differences(fake_quantized(there(x), grid), plain) +
           differences(fake_quantized(there(x), grid, there(inverse)), smoothed);
}

long code_differences(const DevicePlace& place) {
    at::manual_seed(5);
    const at::Tensor x = at::randn({19, 131}) * at::exp(at::randn({19, 1})), inverse = at::rand({131}) + 0.5;
    const std::optional<InputGrid> grid = InputGrid{*preset("W8A8").input};
    const Activations expected = quantized(x, grid, inverse);
    const Elsewhere there(place);
    const Activations own = quantized(there(x), grid, there(inverse));
    return differences(own.codes, expected.codes) + differences(own.scales, expected.scales);
}

std::vector<double> layer_deviations(const DevicePlace& place) {
    at::manual_seed(6);
    ModelConfig config;
    config.layers = 1;
    config.hidden = 96;
    config.heads = config.kv_heads = 2;
    config.head_dim = 8;
    config.norm_epsilon = 1e-5;
    config.windows = {0};
    const at::Tensor x = at::randn({40, 96}) * at::exp(at::randn({40, 1}) * 3), gain = at::randn({96}),
                     wide = x.to(at::kDouble), codes = at::randint(-128, 128, {40, 96}, at::kChar),
                     scales = at::rand({40}) * 0.01 + 1e-4, rows = at::randint(-128, 128, {64, 96}, at::kChar),
                     row_scales = at::rand({64}) * 0.01 + 1e-4;
    const at::Tensor normed = wide / (wide.square().mean(-1, true) + config.norm_epsilon).sqrt() * gain;
    const at::Tensor products = at::mm(codes.to(at::kDouble) * scales.to(at::kDouble).unsqueeze(1),
                                       (rows.to(at::kDouble) * row_scales.to(at::kDouble).unsqueeze(1)).t());
    const Elsewhere there(place);
    const Decoder decoder(config, there.device(), 1);
    Linear linear;
    linear.codes = there(rows);
    linear.row_scales = there(row_scales);
    const auto product = [&](std::int64_t tokens) {
        return decoder.multiply({{}, there(codes.slice(0, 0, tokens)), there(scales.slice(0, 0, tokens))}, linear);
    };
    return {deviation(decoder.normalized(there(x), {there(gain), {}, config.norm_epsilon}), normed),
            deviation(product(3), products.slice(0, 0, 3)), deviation(product(40), products)};
}

std::vector<double> column_deviations(const DevicePlace& place) {
    at::manual_seed(7);
    const at::Tensor matrix = at::randn({83, 70}) * at::exp(at::randn({1, 70}));
    const Elsewhere there(place);
    const ColumnSizes own = column_sizes(there(matrix));
    return {deviation(own.absmax, matrix.abs().amax(0)),
            deviation(own.square_sum, matrix.to(at::kDouble).square().sum(0))};
}

long filled_up_differences() {
    at::manual_seed(8);
    const at::Tensor codes = at::randint(-128, 128, {24, 40}, at::kChar),
                     rows = at::randint(-128, 128, {64, 40}, at::kChar);
    long out = 0;
    for (const std::int64_t tokens : {1, 17, 24}) {
        const at::Tensor x = codes.slice(0, 0, tokens), own = integer_product(x, rows, 20);
        const at::Tensor expected = at::mm(x.to(at::kDouble), rows.to(at::kDouble).t());
        out += own.size(0) == tokens ? differences(own.to(at::kDouble), expected) : tokens;
    }
    return out;
}
