// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/layer_gradient.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>

namespace octavo {

namespace {

/// The decoder with gradients, as long as this lives.
class Differentiable {
public:
    explicit Differentiable(Decoder& decoder) : decoder_(decoder) { decoder_.set_differentiable(true); }
    ~Differentiable() {
        decoder_.set_differentiable(false);
        decoder_.set_product_hook({});
    }
    Differentiable(const Differentiable&) = delete;
    Differentiable& operator=(const Differentiable&) = delete;

private:
    Decoder& decoder_;
    const at::AutoGradMode gradients_{true};
};

at::Tensor leaf_of(const at::Tensor& x) { return x.detach().requires_grad_(true); }

} // namespace

LayerGradient layer_gradient(Decoder& decoder, const LayerWeights& weights, const at::Tensor& x, const Chunk& chunk,
                             int layer, const at::Tensor& gradient) {
    LayerGradient out;
    const Differentiable scope(decoder);
    decoder.set_product_hook([&](const Product& product, at::Tensor& y) {
        // A zero that is added has the gradient of the sum, whatever is done in place to the sum later. It has no
        // memory of its own.
        const at::Tensor zero = leaf_of(at::zeros({1, 1}, y.options().requires_grad(false)).expand(y.sizes()));
        out.products.push_back({&product.linear, product.input.detach(), y.detach(), zero, product.tokens});
        y = y + zero;
    });
    const at::Tensor start = leaf_of(x);
    decoder.forward(weights, start, chunk, layer).backward(gradient);
    for (TracedProduct& product : out.products) product.gradient = product.gradient.grad();
    std::erase_if(out.products, [](const TracedProduct& product) { return !product.gradient.defined(); });
    out.input = start.grad();
    return out;
}

at::Tensor random_signs(std::int64_t tokens, std::int64_t vocabulary, at::Generator& generator) {
    return at::empty({tokens, vocabulary}, at::kChar).random_(0, 2, generator).mul_(2).sub_(1);
}

at::Tensor fisher_directions(const at::Tensor& logits, const at::Tensor& signs) {
    const at::Tensor p = at::softmax(logits, -1), root = p.sqrt().mul_(signs.to(p.device()));
    return root - p * root.sum(-1, true);
}

at::Tensor head_gradient(Decoder& decoder, const Linear& head, const Norm& norm, const at::Tensor& x,
                         const at::Tensor& signs) {
    const Differentiable scope(decoder);
    const at::Tensor start = leaf_of(x);
    const at::Tensor logits = decoder.logits(head, decoder.normalized(start, norm));
    logits.backward(fisher_directions(logits.detach(), signs));
    return start.grad();
}

} // namespace octavo
