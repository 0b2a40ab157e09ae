// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize_summary.h"

#include <algorithm>

#include "hardware/hardware.h"
#include "output.h"

namespace octavo::cli {

namespace {

constexpr std::size_t shown_layers = 5;

std::string quoted(const std::filesystem::path& path) {
    const std::string text = path.string();
    return text.find_first_of(" \t'\"$&;()*?") == std::string::npos ? text : "\"" + text + "\"";
}

std::string worst_layers(const RunRecord& record) {
    std::vector<const MatrixReport*> quantized;
    for (const MatrixReport& report : record.layers)
        if (!report.scheme.empty()) quantized.push_back(&report);
    if (quantized.empty()) return {};
    // Without data there is no output error; then the weights' own tells the order.
    const bool measured = std::any_of(quantized.begin(), quantized.end(),
                                      [](const MatrixReport* each) { return each->relative_error > 0; });
    std::stable_sort(quantized.begin(), quantized.end(), [measured](const MatrixReport* a, const MatrixReport* b) {
        return measured ? a->relative_error > b->relative_error : a->weight_sqnr_db < b->weight_sqnr_db;
    });
    const std::size_t count = std::min(shown_layers, quantized.size());
    std::vector<std::vector<std::string>> rows{{"layer", "scheme", "weight SQNR"}};
    if (measured) rows.front().insert(rows.front().end(), {"output error", "by rounding", "outliers"});
    for (std::size_t i = 0; i < count; ++i) {
        const MatrixReport& report = *quantized[i];
        rows.push_back({report.name, report.scheme, fixed(report.weight_sqnr_db, 1) + " dB"});
        if (measured)
            rows.back().insert(rows.back().end(),
                               {scientific(report.relative_error), scientific(report.relative_error_rounding),
                                fixed(report.outlier_ratio, 1) + " -> " + fixed(report.outlier_ratio_after, 1)});
    }
    return "Layers that lost most (" + std::to_string(count) + " of " + std::to_string(quantized.size()) + ")\n" +
           table(rows, {true, true}) + "\n";
}

/// How well the calibration tokens reached the experts; empty where there are none.
std::string expert_coverage(const RunRecord& record) {
    std::int64_t experts = 0, rare = 0, fewest = 0;
    for (const MatrixReport& report : record.layers) {
        // Every expert has one of these.
        if (report.routed_tokens < 0 || (report.role != "down_proj" && report.role != "w2")) continue;
        fewest = experts == 0 ? report.routed_tokens : std::min(fewest, report.routed_tokens);
        ++experts;
        rare += report.filled_up;
    }
    if (experts == 0) return {};
    std::string out =
        std::to_string(experts) + ", the rarest reached by " + std::to_string(fewest) + " calibration tokens";
    if (rare > 0) out += "; " + std::to_string(rare) + " too rarely, calibrated with tokens of others as well";
    return out;
}

struct Serving {
    std::string command; ///< empty: vLLM cannot
    std::string reason;  ///< why it cannot
};

Serving serving_of(const QuantizeRequest& request, ComputeCapability target) {
    const ServingRules& rules = ServingRules::instance();
    const std::string& scheme = request.recipe.scheme.name;
    const SchemeSupport found = rules.support(scheme, target);
    if (found.support == Support::unsupported) return {"", found.reason.english()};
    std::error_code status;
    return {rules.serve_command(std::filesystem::absolute(request.output, status).string(), scheme, target), ""};
}

/// The share of the machine's limit that each phase and, after a slash, its stages reached.
Json limit_shares(const RunRecord& record) {
    Json out = Json::object();
    const auto add = [&](const std::string& name, double seconds, double limit) {
        if (limit > 0 && seconds > 0) out[name] = limit / seconds;
    };
    for (const PhaseRecord& phase : record.phases) {
        add(phase.name, phase.seconds, phase.limit_seconds);
        for (const StageRecord& stage : phase.stages)
            add(phase.name + "/" + stage.name, stage.seconds, stage.limit_seconds);
    }
    return out;
}

/// "calibrate 57.7 s, 61 % of the limit: …" for the phase that took longest; empty where nothing was counted.
std::string speed_text(const RunRecord& record) {
    const auto longest = std::ranges::max_element(record.phases, {}, &PhaseRecord::seconds);
    if (longest == record.phases.end() || longest->limit_seconds <= 0 || longest->seconds <= 0) return {};
    std::string out = percent(longest->limit_seconds / longest->seconds) + " of this machine's limit in " +
                      duration_text(longest->seconds) + " of \"" + longest->name + "\"";
    for (const StageRecord& stage : longest->stages)
        if (stage.seconds > 0.1 * longest->seconds)
            out += ", " + stage.name + " " + percent(stage.seconds / longest->seconds) + " of the time";
    return out;
}

} // namespace

Json quantize_json(const QuantizeRequest& request, const RunRecord& record, ComputeCapability target) {
    Json out;
    out["output"] = request.output.string();
    out["run_directory"] = request.run_directory.string();
    out["scheme"] = request.recipe.scheme.name;
    out["seconds"] = record.seconds;
    out["phases"] = Json::object();
    for (const PhaseRecord& phase : record.phases) out["phases"][phase.name] = phase.seconds;
    out["limit_share"] = limit_shares(record);
    out["peak_resident_bytes"] = record.peak_resident_bytes;
    out["peak_device_bytes"] = record.peak_device_bytes;
    out["weight_bytes"] = {{"before", record.weight_bytes_before}, {"after", record.weight_bytes_after}};
    const Serving serving = serving_of(request, target);
    out["serve_command"] = serving.command.empty() ? Json() : Json(serving.command);
    if (serving.command.empty()) out["serve_reason"] = serving.reason;
    out["layers"] = Json::array();
    for (const MatrixReport& report : record.layers) out["layers"].push_back(to_json(report));
    out["checks"] = Json::array();
    for (const Check& check : record.checks) out["checks"].push_back(to_json(check));
    return out;
}

std::string quantize_summary(const QuantizeRequest& request, const RunRecord& record, ComputeCapability target) {
    const double before = static_cast<double>(record.weight_bytes_before),
                 after = static_cast<double>(record.weight_bytes_after);
    std::string out =
        record.model.name + ", " + request.recipe.scheme.name + ", done in " + duration_text(record.seconds) + "\n\n";
    std::vector<std::vector<std::string>> sizes{
        {"Weights", bytes_text(record.weight_bytes_before) + " -> " + bytes_text(record.weight_bytes_after) +
                        (before > 0 ? " (" + percent(after / before) + ")" : "")}};
    if (record.dataset.tokens > 0)
        sizes.push_back({"Calibration", std::to_string(record.dataset.samples) + " samples, " +
                                            std::to_string(record.dataset.tokens) + " tokens, " +
                                            record.dataset.source});
    if (const std::string coverage = expert_coverage(record); !coverage.empty()) sizes.push_back({"Experts", coverage});
    sizes.push_back({"Peak memory",
                     bytes_text(record.peak_resident_bytes) +
                         (record.peak_device_bytes > 0 ? ", on the GPU " + bytes_text(record.peak_device_bytes) : "")});
    if (const std::string speed = speed_text(record); !speed.empty()) sizes.push_back({"Speed", speed});
    const auto warnings = std::count_if(record.checks.begin(), record.checks.end(),
                                        [](const Check& check) { return check.status == Check::Status::warning; });
    if (!record.checks.empty())
        sizes.push_back(
            {"Verified", std::to_string(record.checks.size()) + " checks" +
                             (warnings > 0 ? ", " + std::to_string(warnings) + " with a warning" : ", all passed")});
    sizes.push_back({"Checkpoint", request.output.string()});
    sizes.push_back({"Run folder", request.run_directory.string()});
    out += table(sizes, {true, true}) + "\n" + worst_layers(record);

    const std::string output = quoted(request.output);
    out += "Next\n  octavo-cli verify " + output + "\n  octavo-cli evaluate " + output + " --reference " +
           quoted(request.model) + "\n";
    const Serving serving = serving_of(request, target);
    if (serving.command.empty())
        out += "vLLM cannot serve this on " + std::string(target.major > 0 ? "this GPU" : "this machine's processor") +
               ": " + serving.reason + "\n";
    else
        out += "  " + serving.command + "\n";
    return out;
}

} // namespace octavo::cli
