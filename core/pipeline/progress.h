// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

#include "job/job.h"

namespace octavo {

/// Progress of a walk over layers, at most twenty events a second; also the place where a requested stop is noticed.
class PassProgress {
public:
    PassProgress(Sink& sink, std::stop_token stop, std::string phase, int layers, double units_per_layer);

    void start_layer(int layer);
    /// `units` more of the current layer are done. Throws Error(cancelled) when a stop is requested.
    void advance(double units, const std::string& item);
    void finish_layer();

private:
    using Clock = std::chrono::steady_clock;
    Sink& sink_;
    std::stop_token stop_;
    std::string phase_;
    int layers_, layer_ = 0;
    double per_layer_, done_ = 0;
    Clock::time_point started_ = Clock::now(), reported_{};
};

} // namespace octavo
