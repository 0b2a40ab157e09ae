// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "support/tiny_model.h"

/// A model of tiny::write() in double precision, written out as the paper says it: no cache, no batches, no tensors.
namespace brute {

using Row = std::vector<double>;

class Llama {
public:
    Llama(const tiny::fs::path& folder, const tiny::Options& options) : options_(options) {
        for (const auto& [name, tensor] : tiny::read_safetensors(folder / "model.safetensors")) {
            Row values;
            for (std::size_t at = 0; at < tensor.bytes.size(); at += 2) { // BF16
                const auto low = static_cast<unsigned char>(tensor.bytes[at]),
                           high = static_cast<unsigned char>(tensor.bytes[at + 1]);
                const std::uint32_t bits = std::uint32_t(high) << 24 | std::uint32_t(low) << 16;
                float value;
                std::memcpy(&value, &bits, 4);
                values.push_back(static_cast<double>(value));
            }
            weights_[name] = std::move(values);
        }
    }

    /// P(next token) behind `ids`.
    Row next(const std::vector<std::int32_t>& ids) const {
        std::vector<Row> x;
        for (const std::int32_t id : ids) {
            const auto first = weights_.at("model.embed_tokens.weight").begin() + id * options_.hidden;
            x.emplace_back(first, first + options_.hidden);
        }
        for (int layer = 0; layer < options_.layers; ++layer) {
            const std::string prefix = "model.layers." + std::to_string(layer) + ".";
            const std::vector<Row> attended = attention(x, prefix);
            for (std::size_t t = 0; t < x.size(); ++t) {
                add(x[t], times(prefix + "self_attn.o_proj", attended[t]));
                const Row normed = norm(x[t], prefix + "post_attention_layernorm");
                Row gate = times(prefix + "mlp.gate_proj", normed);
                const Row up = times(prefix + "mlp.up_proj", normed);
                for (std::size_t i = 0; i < gate.size(); ++i) gate[i] = gate[i] / (1 + std::exp(-gate[i])) * up[i];
                add(x[t], times(prefix + "mlp.down_proj", gate));
            }
        }
        return softmax(times(options_.tied ? "model.embed_tokens" : "lm_head", norm(x.back(), "model.norm")));
    }

    /// The most likely token each time.
    std::vector<std::int32_t> greedy(std::vector<std::int32_t> ids, int tokens) const {
        std::vector<std::int32_t> out;
        for (int i = 0; i < tokens; ++i) {
            const Row chances = next(ids);
            const auto best = std::max_element(chances.begin(), chances.end()) - chances.begin();
            ids.push_back(static_cast<std::int32_t>(best));
            out.push_back(ids.back());
        }
        return out;
    }

private:
    static void add(Row& to, const Row& what) {
        for (std::size_t i = 0; i < to.size(); ++i) to[i] += what[i];
    }

    static Row softmax(Row x) {
        double largest = x[0], sum = 0;
        for (const double value : x) largest = std::max(largest, value);
        for (double& value : x) sum += value = std::exp(value - largest);
        for (double& value : x) value /= sum;
        return x;
    }

    Row times(const std::string& module, const Row& x) const {
        const Row& w = weights_.at(module + ".weight");
        Row out(w.size() / x.size());
        for (std::size_t n = 0; n < out.size(); ++n)
            for (std::size_t k = 0; k < x.size(); ++k) out[n] += w[n * x.size() + k] * x[k];
        return out;
    }

    Row norm(const Row& x, const std::string& name) const {
        const Row& gain = weights_.at(name + ".weight");
        double squares = 0;
        for (const double value : x) squares += value * value;
        const double scale = 1 / std::sqrt(squares / static_cast<double>(x.size()) + 1e-5);
        Row out(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) out[i] = x[i] * scale * gain[i];
        return out;
    }

    /// Rotary embedding of every head: channel i with channel i + d/2.
    Row turned(Row x, std::size_t position) const {
        const auto d = static_cast<std::size_t>(options_.head_dim);
        for (std::size_t head = 0; head < x.size() / d; ++head)
            for (std::size_t i = 0; i < d / 2; ++i) {
                const double angle = static_cast<double>(position) *
                                     std::pow(10000.0, -2.0 * static_cast<double>(i) / static_cast<double>(d));
                double &a = x[head * d + i], &b = x[head * d + i + d / 2];
                const double first = a;
                a = a * std::cos(angle) - b * std::sin(angle);
                b = b * std::cos(angle) + first * std::sin(angle);
            }
        return x;
    }

    std::vector<Row> attention(const std::vector<Row>& x, const std::string& prefix) const {
        std::vector<Row> q, k, v, out;
        for (std::size_t t = 0; t < x.size(); ++t) {
            const Row normed = norm(x[t], prefix + "input_layernorm");
            q.push_back(turned(times(prefix + "self_attn.q_proj", normed), t));
            k.push_back(turned(times(prefix + "self_attn.k_proj", normed), t));
            v.push_back(times(prefix + "self_attn.v_proj", normed));
        }
        const auto d = static_cast<std::size_t>(options_.head_dim), heads = static_cast<std::size_t>(options_.heads),
                   shared = heads / static_cast<std::size_t>(options_.kv_heads);
        for (std::size_t t = 0; t < x.size(); ++t) {
            Row mixed(heads * d);
            for (std::size_t head = 0; head < heads; ++head) {
                const std::size_t from = head / shared * d;
                Row scores;
                for (std::size_t s = 0; s <= t; ++s) {
                    double score = 0;
                    for (std::size_t i = 0; i < d; ++i) score += q[t][head * d + i] * k[s][from + i];
                    scores.push_back(score / std::sqrt(static_cast<double>(d)));
                }
                const Row share = softmax(scores);
                for (std::size_t s = 0; s <= t; ++s)
                    for (std::size_t i = 0; i < d; ++i) mixed[head * d + i] += share[s] * v[s][from + i];
            }
            out.push_back(std::move(mixed));
        }
        return out;
    }

    tiny::Options options_;
    std::map<std::string, Row> weights_;
};

} // namespace brute
