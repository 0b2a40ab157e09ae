// SPDX-License-Identifier: GPL-3.0-or-later
#include "model_checks.h"

#include <cmath>
#include <numbers>
#include <numeric>

#include "model/decoder.h"
#include "model/products.h"
#include "model/rotary.h"
#include "quantize/kernels/gram.h"
#include "quantize/observer.h"

using namespace octavo;

namespace {

using Vector = std::vector<double>;

ModelConfig config_of(int heads, int kv_heads, int head_dim, int window) {
    ModelConfig config;
    config.layers = 1;
    config.hidden = 24;
    config.intermediate = 40;
    config.heads = heads;
    config.kv_heads = kv_heads;
    config.head_dim = head_dim;
    config.norm_epsilon = 1e-5;
    config.windows = {window};
    return config;
}

RotaryConfig rotary_of(const std::string& type) {
    RotaryConfig config;
    config.type = type;
    config.theta = type == "llama3" ? 500000 : 10000;
    config.factor = type == "linear" ? 4 : type == "llama3" ? 8 : 1;
    config.low_frequency_factor = 1;
    config.high_frequency_factor = 4;
    config.original_context = 128;
    return config;
}

/// arXiv 2104.09864; Llama 3.1's stretching as in Meta's reference code (models/llama3/model.py, apply_scaling).
Vector frequencies(const RotaryConfig& config, int head_dim) {
    Vector out;
    for (int i = 0; i < head_dim; i += 2) {
        double frequency = 1 / std::pow(config.theta, double(i) / head_dim);
        if (config.type == "linear") frequency /= config.factor;
        if (config.type == "llama3") {
            const double turns = config.original_context * frequency / (2 * std::numbers::pi);
            const double kept = std::clamp((turns - config.low_frequency_factor) /
                                               (config.high_frequency_factor - config.low_frequency_factor),
                                           0.0, 1.0);
            frequency = (1 - kept) * frequency / config.factor + kept * frequency;
        }
        out.push_back(frequency);
    }
    return out;
}

double at2(const at::Tensor& x, std::int64_t row, std::int64_t column) {
    return static_cast<double>(x.const_data_ptr<float>()[row * x.size(1) + column]);
}

/// One head of one token, turned by its position: pairs (i, i + d/2).
Vector turned_head(const at::Tensor& x, std::int64_t token, int head, int head_dim, std::int64_t position,
                   const Vector& frequency) {
    Vector out(static_cast<std::size_t>(head_dim));
    const int half = head_dim / 2;
    for (int i = 0; i < half; ++i) {
        const double a = at2(x, token, head * head_dim + i), b = at2(x, token, head * head_dim + half + i),
                     angle = static_cast<double>(position) * frequency[static_cast<std::size_t>(i)];
        out[static_cast<std::size_t>(i)] = a * std::cos(angle) - b * std::sin(angle);
        out[static_cast<std::size_t>(half + i)] = b * std::cos(angle) + a * std::sin(angle);
    }
    return out;
}

/// Causal attention in double, one token after the other; returns [tokens, heads·d].
at::Tensor brute_force_attention(const ModelConfig& config, const at::Tensor& q, const at::Tensor& k,
                                 const at::Tensor& v, const std::vector<std::int64_t>& lengths) {
    const int d = config.head_dim, window = static_cast<int>(config.windows[0]);
    const Vector frequency = frequencies(config.rotary, d);
    at::Tensor out = at::zeros({q.size(0), config.heads * d}, at::kDouble);
    auto result = out.accessor<double, 2>();
    std::int64_t first = 0;
    for (const std::int64_t length : lengths) {
        for (int head = 0; head < config.heads; ++head) {
            const int shared = head / (config.heads / config.kv_heads);
            for (std::int64_t token = 0; token < length; ++token) {
                const Vector query = turned_head(q, first + token, head, d, token, frequency);
                const std::int64_t oldest = window > 0 ? std::max<std::int64_t>(0, token - window + 1) : 0;
                Vector weight;
                for (std::int64_t other = oldest; other <= token; ++other) {
                    const Vector key = turned_head(k, first + other, shared, d, other, frequency);
                    weight.push_back(
                        std::exp(std::inner_product(query.begin(), query.end(), key.begin(), 0.0) / std::sqrt(d)));
                }
                const double sum = std::accumulate(weight.begin(), weight.end(), 0.0);
                for (std::int64_t other = oldest; other <= token; ++other)
                    for (int i = 0; i < d; ++i)
                        result[first + token][head * d + i] += weight[static_cast<std::size_t>(other - oldest)] / sum *
                                                               at2(v, first + other, shared * d + i);
            }
        }
        first += length;
    }
    return out;
}

at::Tensor norm_in_double(const at::Tensor& x, const at::Tensor& weight, double epsilon) {
    const at::Tensor wide = x.to(at::kDouble);
    return wide / (wide.square().mean(-1, true) + epsilon).sqrt() * weight.to(at::kDouble);
}

double deviation(const at::Tensor& own, const at::Tensor& expected) {
    return ((own.to(at::kDouble) - expected).abs().max() / expected.abs().max()).item<double>();
}

Linear random_linear(std::int64_t rows, std::int64_t columns, bool bias) {
    Linear out;
    out.weight = at::randn({rows, columns}) * 0.3;
    if (bias) out.bias = at::randn({rows});
    return out;
}

LayerWeights random_layer(const ModelConfig& config, bool biases) {
    const std::int64_t q = config.heads * config.head_dim, kv = config.kv_heads * config.head_dim;
    LayerWeights out;
    out.attention_norm = {at::randn({config.hidden}) + 1, {}, config.norm_epsilon};
    out.mlp_norm = {at::randn({config.hidden}) + 1, {}, config.norm_epsilon};
    out.q = random_linear(q, config.hidden, biases);
    out.k = random_linear(kv, config.hidden, biases);
    out.v = random_linear(kv, config.hidden, biases);
    out.o = random_linear(config.hidden, q, biases);
    out.mlp.gate = random_linear(config.intermediate, config.hidden, biases);
    out.mlp.up = random_linear(config.intermediate, config.hidden, biases);
    out.mlp.down = random_linear(config.hidden, config.intermediate, biases);
    return out;
}

at::Tensor in_double(const at::Tensor& x, const Linear& linear) {
    const at::Tensor y = at::mm(x, linear.weight.to(at::kDouble).t());
    return linear.bias.defined() ? y + linear.bias.to(at::kDouble) : y;
}

const std::vector<std::int64_t> row_lengths{7, 7, 1, 12, 3, 12};

std::int64_t total_of(const std::vector<std::int64_t>& lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), std::int64_t(0));
}

Chunk one_chunk(const std::vector<std::int64_t>& lengths) { return {0, total_of(lengths), lengths}; }

} // namespace

double rotary_deviation(const std::string& type) {
    const RotaryConfig config = rotary_of(type);
    const RotaryTables tables = rotary_tables(config, 64, 512);
    const Vector frequency = frequencies(config, 64);
    double worst = 0;
    for (std::int64_t position = 0; position < 512; ++position)
        for (std::int64_t i = 0; i < 32; ++i) {
            const double angle = static_cast<double>(position) * frequency[static_cast<std::size_t>(i)];
            worst = std::max({worst, std::abs(at2(tables.cosine, position, i) - std::cos(angle)),
                              std::abs(at2(tables.sine, position, i) - std::sin(angle))});
        }
    return worst;
}

bool llama3_blends() {
    RotaryConfig plain = rotary_of("llama3");
    plain.type = "default";
    const Vector before = frequencies(plain, 64), after = frequencies(rotary_of("llama3"), 64);
    int kept = 0, stretched = 0, blended = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const double ratio = before[i] / after[i];
        (ratio < 1 + 1e-9 ? kept : ratio > 8 - 1e-9 ? stretched : blended) += 1;
    }
    return kept > 0 && stretched > 0 && blended > 0;
}

double attention_deviation(int heads, int kv_heads, int head_dim, int window) {
    at::manual_seed(heads * 100 + window);
    const ModelConfig config = config_of(heads, kv_heads, head_dim, window);
    const std::int64_t tokens = total_of(row_lengths);
    const at::Tensor q = at::randn({tokens, heads * head_dim}), k = at::randn({tokens, kv_heads * head_dim}),
                     v = at::randn({tokens, kv_heads * head_dim});
    const at::Tensor own = Decoder(config, Device{}, 12).attend({q, k, v}, one_chunk(row_lengths), 0);
    return deviation(own, brute_force_attention(config, q, k, v, row_lengths));
}

namespace {

/// work() with one thread and with two.
template <class Work>
std::pair<at::Tensor, at::Tensor> alone_and_together(const Work& work) {
    const int before = at::get_num_threads();
    at::set_num_threads(1);
    const at::Tensor alone = work();
    at::set_num_threads(2);
    const at::Tensor together = work();
    at::set_num_threads(before);
    return {alone, together};
}

} // namespace

std::vector<double> narrow_attention_deviations(int heads, int kv_heads, int head_dim, int window) {
    if (!kernels::multiplies_bf16()) return {};
    at::manual_seed(heads * 100 + window);
    const ModelConfig config = config_of(heads, kv_heads, head_dim, window);
    std::vector<std::int64_t> lengths = row_lengths;
    lengths.push_back(205); // several blocks of queries
    const std::int64_t tokens = total_of(lengths);
    // As one product gives them: one beside the other.
    const at::Tensor all = at::randn({tokens, (heads + 2 * kv_heads) * head_dim});
    const std::int64_t width = heads * head_dim, narrow = kv_heads * head_dim;
    const Projected views{all.slice(1, 0, width), all.slice(1, width, width + narrow), all.slice(1, width + narrow)};
    Decoder decoder(config, Device{}, 205);
    decoder.set_narrow_attention(true);
    const auto [alone, together] = alone_and_together([&] {
        at::Tensor out = at::full({tokens, width}, NAN);
        decoder.attend(out, views, one_chunk(lengths), 0, {});
        return out;
    });
    const at::Tensor expected =
        brute_force_attention(config, views.q.contiguous(), views.k.contiguous(), views.v.contiguous(), lengths);
    return {deviation(together, expected), (together - alone).abs().max().item<double>()};
}

std::vector<double> code_product_deviations(int tokens, int hidden, int intermediate) {
    at::manual_seed(tokens);
    ModelConfig config = config_of(2, 2, 8, 0);
    config.hidden = hidden;
    config.intermediate = intermediate;
    const auto random = [](std::int64_t rows, std::int64_t columns) {
        return at::randint(-128, 128, {rows, columns}, at::kChar);
    };
    const Activations x{{}, random(tokens, hidden), at::rand({tokens}) * 0.01 + 1e-4},
        wide{{}, random(tokens, intermediate), at::rand({tokens}) * 0.01 + 1e-4};
    const auto values = [](const Activations& in) {
        return in.codes.to(at::kDouble) * in.scales.to(at::kDouble).unsqueeze(1);
    };
    const auto made = [&](Linear& linear, std::int64_t rows, std::int64_t columns) {
        const at::Tensor codes = random(rows, columns), scales = at::rand({rows}) * 0.01 + 1e-4;
        linear.bias = at::randn({rows});
        set_codes(linear, codes, scales);
        return codes.to(at::kDouble) * scales.to(at::kDouble).unsqueeze(1);
    };
    MlpWeights mlp;
    const at::Tensor gate = made(mlp.gate, intermediate, hidden), up = made(mlp.up, intermediate, hidden),
                     down = made(mlp.down, hidden, intermediate), residual = at::randn({tokens, hidden});
    const auto product = [](const at::Tensor& in, const at::Tensor& weight, const Linear& linear) {
        return at::mm(in, weight.t()) + linear.bias.to(at::kDouble);
    };
    const at::Tensor g = product(values(x), gate, mlp.gate);
    const Decoder decoder(config, Device{}, 1);
    const auto [alone, together] = alone_and_together([&] {
        at::Tensor sum = residual.clone(), inner = at::full({tokens, intermediate}, NAN);
        decoder.add_product(sum, wide, mlp.down, {});
        decoder.inner(inner, x, mlp);
        return at::cat({decoder.multiply(x, mlp.gate), sum, inner}, 1);
    });
    const std::vector<at::Tensor> parts = together.split_with_sizes({intermediate, hidden, intermediate}, 1);
    return {deviation(parts[0], g),
            deviation(parts[1], residual.to(at::kDouble) + product(values(wide), down, mlp.down)),
            deviation(parts[2], g / (1 + at::exp(-g)) * product(values(x), up, mlp.up)),
            (together - alone).abs().max().item<double>(),
            // Four matrices, twice.
            std::abs(decoder.products().integer / (2.0 * 2 * 4 * tokens * hidden * intermediate) - 1)};
}

double norm_deviation(int columns) {
    at::manual_seed(columns);
    ModelConfig config = config_of(2, 2, 8, 0);
    const at::Tensor x = at::randn({5, columns}) * at::exp(at::randn({5, 1}) * 3), weight = at::randn({columns});
    return deviation(Decoder(config, Device{}, 1).normalized(x.contiguous(), {weight, {}, config.norm_epsilon}),
                     norm_in_double(x, weight, config.norm_epsilon));
}

double view_deviation() {
    at::manual_seed(4);
    const at::Tensor view = at::randn({70, 80}).slice(1, 8, 72), copy = view.contiguous();
    const ModelConfig config = config_of(2, 2, 8, 0);
    const Decoder decoder(config, Device{}, 1);
    const Norm norm{at::randn({64}), {}, config.norm_epsilon};
    Linear linear = random_linear(20, 64, true);
    double worst = 0;
    const auto compare = [&](const auto& work) {
        worst = std::max(worst, (work(view) - work(copy)).abs().max().template item<double>());
    };
    compare([&](const at::Tensor& x) { return decoder.normalized(x, norm); });
    for (const char* scheme : {"W8A8", "FP8_DYNAMIC", "MXFP8"}) {
        linear.input = InputGrid{*preset(scheme).input};
        compare([&](const at::Tensor& x) { return decoder.apply(linear, x); });
    }
    for (const Products products : {Products::exact, Products::fast})
        compare([&](const at::Tensor& x) {
            InputObserver observer(64, {3, 40}, Device{}, products);
            observer.observe(x, 0);
            return at::cat({observer.hessian(), observer.sample(), observer.absmax().unsqueeze(0)});
        });
    return worst;
}

double gate_deviation(const std::string& activation) {
    at::manual_seed(3);
    ModelConfig config = config_of(2, 2, 8, 0);
    config.activation = activation == "silu"   ? Activation::silu
                        : activation == "gelu" ? Activation::gelu
                                               : Activation::gelu_tanh;
    const at::Tensor gate = at::randn({9, 33}) * 3, up = at::randn({9, 33});
    at::Tensor expected = at::empty({9, 33}, at::kDouble);
    auto to = expected.accessor<double, 2>();
    for (std::int64_t r = 0; r < 9; ++r)
        for (std::int64_t c = 0; c < 33; ++c) {
            const double x = at2(gate, r, c);
            double factor = 1 / (1 + std::exp(-x));
            if (activation == "gelu") factor = 0.5 * std::erfc(-x / std::numbers::sqrt2);
            if (activation == "gelu_tanh")
                factor = 0.5 * (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
            to[r][c] = x * factor * at2(up, r, c);
        }
    return deviation(Decoder(config, Device{}, 1).gated(gate.clone(), up), expected);
}

double layer_deviation(bool biases) {
    at::manual_seed(8);
    const ModelConfig config = config_of(6, 2, 8, 0);
    const LayerWeights weights = random_layer(config, biases);
    const at::Tensor x = at::randn({total_of(row_lengths), config.hidden});
    const at::Tensor y = norm_in_double(x, weights.attention_norm.weight, config.norm_epsilon);
    const auto narrow = [&](const Linear& linear) { return in_double(y, linear).to(at::kFloat).contiguous(); };
    const at::Tensor attended =
        brute_force_attention(config, narrow(weights.q), narrow(weights.k), narrow(weights.v), row_lengths);
    const at::Tensor middle = x.to(at::kDouble) + in_double(attended, weights.o);
    const at::Tensor z = norm_in_double(middle, weights.mlp_norm.weight, config.norm_epsilon);
    const at::Tensor gate = in_double(z, weights.mlp.gate);
    const at::Tensor expected =
        middle + in_double(gate / (1 + at::exp(-gate)) * in_double(z, weights.mlp.up), weights.mlp.down);
    return deviation(Decoder(config, Device{}, 12).forward(weights, x, one_chunk(row_lengths), 0), expected);
}

double chunk_deviation(int window) {
    at::manual_seed(9);
    const ModelConfig config = config_of(6, 2, 8, window);
    const Decoder decoder(config, Device{}, 12);
    const LayerWeights weights = random_layer(config, true);
    const at::Tensor x = at::randn({total_of(row_lengths), config.hidden});
    const at::Tensor together = decoder.forward(weights, x, one_chunk(row_lengths), 0);
    double worst = 0;
    std::int64_t begin = 0;
    for (const std::int64_t length : row_lengths) {
        const at::Tensor alone = decoder.forward(weights, x.slice(0, begin, begin + length).contiguous(),
                                                 {begin, begin + length, {length}}, 0);
        worst = std::max(worst, deviation(together.slice(0, begin, begin + length), alone.to(at::kDouble)));
        begin += length;
    }
    return worst;
}

bool chunks_are_whole_rows() {
    const std::vector<std::int64_t> lengths{5, 5, 20, 1, 2, 3, 4, 9};
    for (const std::int64_t limit : {1, 4, 10, 16, 1000}) {
        std::int64_t at = 0;
        std::vector<std::int64_t> seen;
        for (const Chunk& chunk : cut_into_chunks(lengths, limit)) {
            if (chunk.begin != at || chunk.tokens() != total_of(chunk.lengths) || chunk.lengths.empty()) return false;
            if (chunk.lengths.size() > 1 && chunk.tokens() > limit) return false;
            seen.insert(seen.end(), chunk.lengths.begin(), chunk.lengths.end());
            at = chunk.end;
        }
        if (seen != lengths) return false;
    }
    return cut_into_chunks(lengths, 1000).size() == 1;
}
