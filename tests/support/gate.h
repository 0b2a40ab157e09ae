// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>

#include "session/run_controller.h"

/// Holds a real run at a chosen event until it is released or cancelled, so that a test of the window meets it in the
/// middle however fast the machine is.
class Gate {
public:
    using When = std::function<bool(const octavo::Event&)>;

    explicit Gate(When when) : when_(std::move(when)) {}
    ~Gate() { release(); }

    octavo::gui::JobWork work() {
        octavo::gui::JobWork out;
        const auto quantize = out.quantize;
        const auto evaluate = out.evaluate;
        out.quantize = [this, quantize](const octavo::QuantizeRequest& request, octavo::Sink& sink,
                                        std::stop_token stop) {
            HoldingSink held(*this, sink, stop);
            return quantize(request, held, stop);
        };
        out.evaluate = [this, evaluate](const octavo::EvaluateRequest& request, octavo::Sink& sink,
                                        std::stop_token stop) {
            HoldingSink held(*this, sink, stop);
            return evaluate(request, held, stop);
        };
        return out;
    }

    void release() {
        {
            const std::lock_guard lock(guard_);
            open_ = true;
        }
        changed_.notify_all();
    }
    bool isHolding() {
        const std::lock_guard lock(guard_);
        return holding_;
    }

    static When afterMatrices(int count) {
        return [count, seen = 0](const octavo::Event& event) mutable {
            return std::holds_alternative<octavo::MatrixFinished>(event) && ++seen == count;
        };
    }
    static When phase(const std::string& name) {
        return [name](const octavo::Event& event) {
            const auto* progress = std::get_if<octavo::Progress>(&event);
            return progress && progress->phase == name;
        };
    }

private:
    class HoldingSink final : public octavo::Sink {
    public:
        HoldingSink(Gate& gate, octavo::Sink& sink, std::stop_token stop)
            : gate_(gate), sink_(sink), stop_(std::move(stop)), wake_(stop_, [this] { gate_.wake(); }) {}
        void on_event(const octavo::Event& event) override {
            sink_.on_event(event);
            gate_.pass(event, stop_);
        }

    private:
        Gate& gate_;
        octavo::Sink& sink_;
        std::stop_token stop_;
        std::stop_callback<std::function<void()>> wake_;
    };

    void pass(const octavo::Event& event, const std::stop_token& stop) {
        std::unique_lock lock(guard_);
        if (open_ || !when_(event)) return;
        holding_ = true;
        changed_.wait(lock, [&] { return open_ || stop.stop_requested(); });
        holding_ = false;
        open_ = true; // once
    }
    void wake() {
        // Under the lock: between the question and the waiting nobody must miss it.
        const std::lock_guard lock(guard_);
        changed_.notify_all();
    }

    When when_;
    std::mutex guard_;
    std::condition_variable changed_;
    bool open_ = false, holding_ = false;
};
