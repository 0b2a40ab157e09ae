// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/event.h"

#include <array>

#include "report/fields.h"

namespace octavo {

namespace {

constexpr std::array<const char*, 4> level_names{"debug", "info", "warning", "error"};

struct Writer {
    Json operator()(const PhaseStarted& event) const { return {{"type", "phase_started"}, {"phase", event.phase}}; }
    Json operator()(const PhaseFinished& event) const {
        Json out{{"type", "phase_finished"}, {"phase", event.phase}, {"seconds", finite_number(event.seconds)}};
        write_limits(out, event.limit_seconds, event.stages);
        return out;
    }
    Json operator()(const Progress& event) const {
        return {{"type", "progress"},
                {"phase", event.phase},
                {"item", event.item},
                {"layer", event.layer},
                {"layers", event.layers},
                {"done", finite_number(event.done)},
                {"total", finite_number(event.total)},
                {"elapsed_seconds", finite_number(event.elapsed_seconds)},
                {"remaining_seconds", finite_number(event.remaining_seconds)}};
    }
    Json operator()(const MatrixFinished& event) const {
        return {{"type", "matrix_finished"}, {"report", to_json(event.report)}};
    }
    Json operator()(const StatisticsSaved& event) const {
        return {{"type", "statistics_saved"}, {"owner", event.owner}};
    }
    Json operator()(const SensitivityMeasured& event) const {
        return {{"type", "sensitivity_measured"}, {"row", to_json(event.row)}};
    }
    Json operator()(const LogLine& event) const {
        Json out{{"type", "log"}, {"level", level_names[static_cast<std::size_t>(event.level)]}};
        write_message(out, "message", event.message);
        return out;
    }
};

Progress read_progress(const Fields& fields) {
    Progress out;
    fields.read("phase", out.phase);
    fields.read("item", out.item);
    fields.read("layer", out.layer);
    fields.read("layers", out.layers);
    fields.read("done", out.done);
    fields.read("total", out.total);
    fields.read("elapsed_seconds", out.elapsed_seconds);
    fields.read("remaining_seconds", out.remaining_seconds);
    return out;
}

LogLine read_log(const Fields& fields) {
    std::string level = "info";
    fields.read("level", level);
    std::size_t index = 0;
    while (index < level_names.size() && level != level_names[index]) ++index;
    if (index == level_names.size()) fields.refuse("level");
    return {static_cast<LogLevel>(index), read_message(fields, "message")};
}

} // namespace

Json to_json(const Event& event) { return std::visit(Writer(), event); }

Event event_from_json(const Json& json) {
    const Fields fields(json, "event");
    std::string type, phase;
    fields.read("type", type);
    fields.read("phase", phase);
    if (type == "phase_started") return PhaseStarted{phase};
    if (type == "progress") return read_progress(fields);
    if (type == "log") return read_log(fields);
    if (type == "phase_finished") {
        PhaseFinished out{.phase = phase};
        fields.read("seconds", out.seconds);
        fields.read("limit_seconds", out.limit_seconds);
        out.stages = stages_from_json(fields);
        return out;
    }
    if (type == "matrix_finished") {
        const Json* report = fields.find("report");
        if (!report) fields.refuse("report");
        return MatrixFinished{matrix_report_from_json(*report)};
    }
    if (type == "sensitivity_measured") {
        const Json* row = fields.find("row");
        if (!row) fields.refuse("row");
        return SensitivityMeasured{sensitivity_row_from_json(*row)};
    }
    if (type == "statistics_saved") {
        StatisticsSaved out;
        fields.read("owner", out.owner);
        return out;
    }
    throw Error(ErrorCode::unusable_run, msg("An event of the unknown type \"%1\"", type),
                msg("Update Octavo: a newer version wrote it."));
}

} // namespace octavo
