// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/product_trace.h"

#include "base/error.h"
#include "quantize/kernels/difference.h"
#include "quantize/kernels/gram.h"

namespace octavo {

namespace {

constexpr std::int64_t grain = 1 << 14;

std::uint16_t* words(at::Tensor& x) { return static_cast<std::uint16_t*>(x.mutable_data_ptr()); }

at::Tensor sum(const at::Tensor& reference, const at::Tensor& difference) {
    at::Tensor out = at::empty_like(reference);
    const auto* from = static_cast<const std::uint16_t*>(difference.const_data_ptr());
    in_parallel(reference.numel(), grain, [&](std::int64_t begin, std::int64_t end) {
        kernels::add_difference(reference.const_data_ptr<float>() + begin, from + begin, end - begin,
                                out.mutable_data_ptr<float>() + begin);
    });
    return out;
}

} // namespace

at::Tensor narrow_difference(const at::Tensor& x, const at::Tensor& reference) {
    at::Tensor out = at::empty(x.sizes(), at::kBFloat16);
    in_parallel(x.numel(), grain, [&](std::int64_t begin, std::int64_t end) {
        kernels::narrow_difference(x.const_data_ptr<float>() + begin, reference.const_data_ptr<float>() + begin,
                                   end - begin, words(out) + begin);
    });
    return out;
}

bool ProductTrace::multiplies_differences(const Device& device) { return device.is_cpu() && kernels::prefers_bf16(); }

void ProductTrace::start_layer() {
    entries_.clear();
    record();
}

void ProductTrace::begin(bool repeats) {
    repeats_ = repeats;
    at_ = 0;
    read_ = from_ = difference_ = at::Tensor();
}

void ProductTrace::keep(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& y) {
    if (at_ == entries_.size()) entries_.emplace_back();
    Entry& entry = entries_[at_++];
    if (!entry.weight.is_same(weight)) entry.narrow = at::Tensor();
    entry.x = x.contiguous();
    entry.weight = weight;
    entry.y = y.clone(); // what follows works in place
}

void ProductTrace::compare(const at::Tensor& x, const Entry& entry) {
    if (read_.is_same(x) && from_.is_same(entry.x)) return;
    read_ = x;
    from_ = entry.x;
    unchanged_ = at::equal(x, entry.x);
    difference_ = narrow_ && !unchanged_ ? narrow_difference(x.contiguous(), entry.x) : at::Tensor();
}

at::Tensor ProductTrace::next(const at::Tensor& x, const at::Tensor& weight) {
    if (at_ == entries_.size()) throw Error(ErrorCode::internal, msg("A layer made more products than it did before"));
    Entry& entry = entries_[at_++];
    if (!x.defined() || !entry.weight.is_same(weight)) return {};
    compare(x, entry);
    if (unchanged_) return entry.y.clone();
    if (!narrow_) return {};
    if (!entry.narrow.defined()) entry.narrow = weight.to(at::kBFloat16);
    return sum(entry.y, at::mm(difference_, entry.narrow.t()));
}

} // namespace octavo
