// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "report/run_record.h"
#include "report/sensitivity.h"

namespace octavo {

struct PhaseStarted {
    std::string phase;
}; ///< "read", "tokenise", "calibrate", "export", "verify", "evaluate", …
struct PhaseFinished {
    std::string phase;
    double seconds = 0;
    double limit_seconds = 0; ///< PhaseRecord
    std::vector<StageRecord> stages = {};
};
/// Somewhere inside a phase. `done`/`total` are work units weighted by expected cost; `remaining_seconds` < 0 = not
/// known yet.
struct Progress {
    std::string phase;
    std::string item; ///< what is being worked on: "model.layers.12.mlp.down_proj"
    int layer = -1, layers = 0;
    double done = 0, total = 0;
    double elapsed_seconds = 0, remaining_seconds = -1;
};
struct MatrixFinished {
    MatrixReport report;
};
/// The arrays of one site or matrix are in the statistics file of the run folder now.
struct StatisticsSaved {
    std::string owner;
};
/// A row of the sensitivity table, as far as it is known: first from the weights, later with what was measured. The
/// same group and scheme replace the row before.
struct SensitivityMeasured {
    SensitivityRow row;
};
enum class LogLevel { debug, info, warning, error };
struct LogLine {
    LogLevel level = LogLevel::info;
    Message message;
};

using Event =
    std::variant<PhaseStarted, PhaseFinished, Progress, MatrixFinished, StatisticsSaved, SensitivityMeasured, LogLine>;

/// Receives everything that is seen on the way. Called from the thread that works; must not throw and must return
/// quickly.
class Sink {
public:
    virtual ~Sink() = default;
    virtual void on_event(const Event& event) = 0;
};

Json to_json(const Event& event);        ///< one line of events.jsonl, with "type"
Event event_from_json(const Json& json); ///< throws Error(unusable_run)

/// Hands every event to several sinks in order.
class FanOut final : public Sink {
public:
    explicit FanOut(std::vector<Sink*> sinks) : sinks_(std::move(sinks)) {}
    void on_event(const Event& event) override {
        for (Sink* sink : sinks_) sink->on_event(event);
    }

private:
    std::vector<Sink*> sinks_;
};

} // namespace octavo
