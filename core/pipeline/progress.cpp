// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/progress.h"

#include "base/stop.h"

namespace octavo {

PassProgress::PassProgress(Sink& sink, std::stop_token stop, std::string phase, int layers, double units_per_layer)
    : sink_(sink), stop_(std::move(stop)), phase_(std::move(phase)), layers_(layers), per_layer_(units_per_layer) {}

void PassProgress::start_layer(int layer) {
    layer_ = layer;
    done_ = layer * per_layer_;
}

void PassProgress::finish_layer() { done_ = (layer_ + 1) * per_layer_; }

void PassProgress::advance(double units, const std::string& item) {
    throw_if_stopped(stop_);
    done_ += units;
    const auto now = Clock::now();
    if (now - reported_ < std::chrono::milliseconds(50)) return;
    reported_ = now;
    const double elapsed = std::chrono::duration<double>(now - started_).count(), total = layers_ * per_layer_;
    // The first few percent say little about the rest.
    const double remaining = done_ > 0.02 * total ? elapsed * (total - done_) / done_ : -1;
    sink_.on_event(Progress{phase_, item, layer_, layers_, done_, total, elapsed, remaining});
}

} // namespace octavo
