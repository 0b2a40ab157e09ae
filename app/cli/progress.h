// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>

#include "report/event.h"

namespace octavo::cli {

/// Shows events on stderr: one line that is rewritten on a terminal, otherwise a line per phase and one every two
/// seconds, so that something is seen to move also where no event arrives for a while.
class ProgressPrinter final : public Sink {
public:
    ProgressPrinter();
    ~ProgressPrinter() override;
    void on_event(const Event& event) override;

private:
    using Clock = std::chrono::steady_clock;

    void show(const PhaseStarted& event);
    void show(const PhaseFinished& event);
    void show(const Progress& event);
    void show(const LogLine& event);
    template <class Other>
    void show(const Other&) {}
    void tick(std::stop_token stop);
    void draw();                       ///< the current state, with the lock held
    void say(const std::string& text); ///< a line of its own, with the lock held
    std::string line() const;

    const bool terminal_;
    std::mutex guard_;
    std::condition_variable_any wake_;
    std::string phase_;
    Progress progress_;
    Clock::time_point phase_start_, progress_time_, last_line_;
    std::jthread ticker_; ///< last: joined before anything that it uses goes away
};

/// JSON lines of all events into a file, or to stdout for "-". Throws Error(io) when the file cannot be opened.
class EventWriter final : public Sink {
public:
    explicit EventWriter(const std::string& file);
    void on_event(const Event& event) override;

private:
    std::mutex guard_;
    std::ofstream file_;
    bool standard_output_;
};

} // namespace octavo::cli
