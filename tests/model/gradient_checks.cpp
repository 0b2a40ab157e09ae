// SPDX-License-Identifier: GPL-3.0-or-later
#include "gradient_checks.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>

#include "evaluate/layer_gradient.h"
#include "support/golden_model.h"

using namespace octavo;

namespace {

void widen(at::Tensor& x) {
    if (x.defined()) x = x.to(at::kDouble);
}

void widen(Norm& norm) {
    widen(norm.weight);
    widen(norm.bias);
}

void widen(Linear& linear) {
    widen(linear.weight);
    widen(linear.bias);
}

void widen(MlpWeights& mlp) {
    for (Linear* linear : {&mlp.gate, &mlp.up, &mlp.down}) widen(*linear);
}

void widen(LayerWeights& weights) {
    for (Norm* norm :
         {&weights.attention_norm, &weights.attention_output_norm, &weights.mlp_norm, &weights.mlp_output_norm,
          &weights.q_norm, &weights.k_norm, &weights.query_a_norm, &weights.key_value_a_norm})
        widen(*norm);
    for (Linear* linear : {&weights.q, &weights.k, &weights.v, &weights.o, &weights.query_a, &weights.key_value_a,
                           &weights.key_value_b, &weights.router, &weights.shared_gate})
        widen(*linear);
    widen(weights.router_bias);
    widen(weights.mlp);
    for (MlpWeights& expert : weights.experts) widen(expert);
}

/// A golden model in float64 and rows of tokens that begin alike.
class WideModel {
public:
    WideModel(const std::string& fixture, const std::string& scratch, std::vector<std::int64_t> lengths)
        : folder_(write(fixture, scratch)), config_(read_model_config(folder_)), device_(open_device("cpu", 1)),
          decoder_(config_, device_, lengths.front()), chunk_(cut_into_chunks(lengths, 1 << 20).front()) {
        const WeightReader reader(folder_, config_, device_);
        std::vector<std::int32_t> ids;
        for (const std::int64_t length : lengths)
            for (std::int64_t i = 0; i < length; ++i)
                ids.push_back(static_cast<std::int32_t>((i * i * 7 + 3) % config_.vocabulary));
        inputs_.push_back(reader.embedded(ids).to(at::kDouble));
        for (int layer = 0; layer < config_.layers; ++layer) {
            layers_.push_back(reader.layer(layer));
            widen(layers_.back());
        }
        norm_ = reader.norm(config_.prefix + "norm");
        head_ = reader.head();
        widen(norm_);
        widen(head_);
        decoder_.set_differentiable(true); // nothing of our own, which is for float32
        for (int layer = 0; layer < config_.layers; ++layer)
            inputs_.push_back(decoder_.forward(layers_[std::size_t(layer)], inputs_.back(), chunk_, layer));
        logits_ = decoder_.logits(head_, decoder_.normalized(inputs_.back(), norm_));
    }

    int layers() const { return config_.layers; }
    const at::Tensor& logits() const { return logits_; }
    at::Tensor signs(at::Generator& generator) const {
        return random_signs(chunk_.tokens(), config_.vocabulary, generator);
    }

    /// Of all layers, the last first.
    std::vector<LayerGradient> gradients(const at::Tensor& signs) {
        std::vector<LayerGradient> out;
        at::Tensor gradient = head_gradient(decoder_, head_, norm_, inputs_.back(), signs);
        for (int layer = config_.layers - 1; layer >= 0; --layer) {
            out.push_back(layer_gradient(decoder_, layers_[std::size_t(layer)], inputs_[std::size_t(layer)], chunk_,
                                         layer, gradient));
            gradient = out.back().input;
        }
        return out;
    }

    /// Logits when `change` is added to what the layer's matrix gives.
    at::Tensor logits_with(int layer, const Linear* linear, const at::Tensor& change) {
        decoder_.set_differentiable(true);
        decoder_.set_product_hook([&](const Product& product, at::Tensor& y) {
            if (&product.linear == linear) y = y + change;
        });
        at::Tensor x = inputs_[std::size_t(layer)];
        for (int at = layer; at < config_.layers; ++at) x = decoder_.forward(layers_[std::size_t(at)], x, chunk_, at);
        decoder_.set_product_hook({});
        return decoder_.logits(head_, decoder_.normalized(x, norm_));
    }

private:
    static ModelFolder write(const std::string& fixture, const std::string& scratch) {
        const golden::Json json = golden::Json::parse(tiny::read_text(fixture));
        golden::write(scratch, json, golden::tensors(json));
        return ModelFolder(scratch);
    }

    ModelFolder folder_;
    ModelConfig config_;
    Device device_;
    Decoder decoder_;
    Chunk chunk_;
    std::vector<LayerWeights> layers_;
    std::vector<at::Tensor> inputs_;
    Norm norm_;
    Linear head_;
    at::Tensor logits_;
};

} // namespace

GradientDeviation gradient_deviation(const std::string& fixture, const std::string& scratch) {
    const at::NoGradGuard no_gradients;
    WideModel model(fixture, scratch, {9, 7});
    at::Generator generator = at::detail::createCPUGenerator(11);
    const at::Tensor signs = model.signs(generator), directions = fisher_directions(model.logits(), signs);
    const std::vector<LayerGradient> gradients = model.gradients(signs);
    GradientDeviation out;
    for (int layer = 0; layer < model.layers(); ++layer)
        for (const TracedProduct& product : gradients[std::size_t(model.layers() - 1 - layer)].products) {
            const at::Tensor random = at::randn(product.gradient.sizes(), generator, at::kDouble);
            const double length = product.gradient.norm().item<double>();
            const at::Tensor direction = product.gradient / (length + 1e-300) + random / random.norm();
            constexpr double step = 1e-5;
            const auto scalar = [&](double along) {
                return (model.logits_with(layer, product.linear, direction * along) * directions).sum().item<double>();
            };
            const double difference = (scalar(step) - scalar(-step)) / (2 * step),
                         expected = (product.gradient * direction).sum().item<double>();
            out.largest = std::max(out.largest, std::abs(difference - expected) / std::max(length, 1e-3));
            ++out.products;
            if (product.tokens.defined()) ++out.partial;
        }
    return out;
}

double fisher_deviation() {
    constexpr std::int64_t words = 8, patterns = 1 << words;
    const at::Tensor logits = at::tensor({2.0, -1.0, 0.3, 5.0, -4.0, 1.0, 0.0, 4.5}, at::kDouble).unsqueeze(0);
    const at::Tensor bits = at::arange(patterns).unsqueeze(1).bitwise_right_shift(at::arange(words)).bitwise_and(1);
    const at::Tensor z = fisher_directions(logits.expand({patterns, words}), (bits * 2 - 1).to(at::kChar));
    const at::Tensor p = at::softmax(logits, -1).squeeze(0);
    return (at::mm(z.t(), z) / patterns - (at::diag(p) - at::outer(p, p))).abs().max().item<double>();
}

Forecast small_change(const std::string& fixture, const std::string& scratch, bool one_token) {
    const at::NoGradGuard no_gradients;
    // A row once for every direction: they go through together.
    constexpr std::int64_t samples = 3000, length = 9;
    WideModel model(fixture, scratch, std::vector<std::int64_t>(samples, length));
    at::Generator generator = at::detail::createCPUGenerator(12);
    const std::vector<LayerGradient> gradients = model.gradients(model.signs(generator));
    const TracedProduct& product = gradients.back().products.at(2); // values: all later tokens of the row see them
    at::Tensor change = at::randn({length, product.output.size(1)}, generator, at::kDouble) * 1e-3;
    if (one_token) {
        change.slice(0, 0, 2).zero_();
        change.slice(0, 3).zero_();
    }
    change = change.repeat({samples, 1});
    const at::Tensor log_p = at::log_softmax(model.logits(), -1).slice(0, 0, length),
                     log_q = at::log_softmax(model.logits_with(0, product.linear, change), -1).slice(0, 0, length);
    const at::Tensor along = (product.gradient * change).sum(-1).view({samples, length});
    const at::Tensor squares = one_token ? along.square().sum(1) : along.sum(1).square();
    return {(log_p.exp() * (log_p - log_q)).sum().item<double>(), 0.5 * squares.mean().item<double>()};
}
