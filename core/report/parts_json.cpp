// SPDX-License-Identifier: GPL-3.0-or-later
// JSON of the parts of a run: matrices, metrics, checks.
#include <array>

#include "report/fields.h"
#include "report/run_record.h"

namespace octavo {

namespace {

constexpr std::array<const char*, 3> status_names{"pass", "warning", "fail"};

Estimate read_estimate(const Fields& fields, const char* key, const char* value_key) {
    Estimate out;
    const Json* json = fields.find(key);
    if (!json) return out;
    const Fields inner(*json, key);
    inner.read(value_key, out.value);
    inner.read("standard_error", out.standard_error);
    return out;
}

} // namespace

Json to_json(const MatrixReport& report) {
    Json out = {{"name", report.name},
                {"role", report.role},
                {"scheme", report.scheme},
                {"site", report.site},
                {"layer", report.layer},
                {"rows", report.rows},
                {"columns", report.columns},
                {"bytes_before", report.bytes_before},
                {"bytes_after", report.bytes_after},
                {"relative_error", finite_number(report.relative_error)},
                {"relative_error_rounding", finite_number(report.relative_error_rounding)},
                {"weight_sqnr_db", finite_number(report.weight_sqnr_db)},
                {"outlier_ratio", finite_number(report.outlier_ratio)},
                {"outlier_ratio_after", finite_number(report.outlier_ratio_after)},
                {"smoothing_strength", finite_number(report.smoothing_strength)},
                {"damping", finite_number(report.damping)},
                {"damping_escalations", report.damping_escalations},
                {"seconds", finite_number(report.seconds)}};
    if (report.routed_tokens >= 0) {
        out["routed_tokens"] = report.routed_tokens;
        out["filled_up"] = report.filled_up;
    }
    return out;
}

MatrixReport matrix_report_from_json(const Json& json) {
    const Fields fields(json, "layers");
    MatrixReport out;
    fields.read("name", out.name);
    fields.read("role", out.role);
    fields.read("scheme", out.scheme);
    fields.read("site", out.site);
    fields.read("layer", out.layer);
    fields.read("rows", out.rows);
    fields.read("columns", out.columns);
    fields.read("bytes_before", out.bytes_before);
    fields.read("bytes_after", out.bytes_after);
    fields.read("relative_error", out.relative_error);
    fields.read("relative_error_rounding", out.relative_error_rounding);
    fields.read("weight_sqnr_db", out.weight_sqnr_db);
    fields.read("outlier_ratio", out.outlier_ratio);
    fields.read("outlier_ratio_after", out.outlier_ratio_after);
    fields.read("smoothing_strength", out.smoothing_strength);
    fields.read("damping", out.damping);
    fields.read("damping_escalations", out.damping_escalations);
    fields.read("routed_tokens", out.routed_tokens);
    fields.read("filled_up", out.filled_up);
    fields.read("seconds", out.seconds);
    return out;
}

Json to_json(const Metrics& metrics) {
    Json out;
    out["perplexity"] = finite_number(metrics.perplexity);
    if (metrics.reference_perplexity) {
        const Estimate &ratio = metrics.perplexity_ratio, &kl = metrics.kl_divergence;
        out["reference_perplexity"] = finite_number(*metrics.reference_perplexity);
        out["perplexity_ratio"] = {{"value", finite_number(ratio.value)},
                                   {"standard_error", finite_number(ratio.standard_error)}};
        out["kl_divergence"] = {{"mean", finite_number(kl.value)},
                                {"standard_error", finite_number(kl.standard_error)},
                                {"median", finite_number(metrics.kl_median)},
                                {"p90", finite_number(metrics.kl_p90)},
                                {"p99", finite_number(metrics.kl_p99)},
                                {"p999", finite_number(metrics.kl_p999)},
                                {"max", finite_number(metrics.kl_max)}};
        out["same_top"] = finite_number(metrics.same_top);
    }
    out["tokens"] = metrics.tokens;
    out["sequence_length"] = metrics.sequence_length;
    out["windows"] = metrics.windows;
    out["bos"] = metrics.bos;
    out["text"] = metrics.text;
    out["seconds"] = finite_number(metrics.seconds);
    return out;
}

Metrics metrics_from_json(const Json& json) {
    const Fields fields(json, "metrics");
    Metrics out;
    fields.read("perplexity", out.perplexity);
    if (json.contains("reference_perplexity")) fields.read("reference_perplexity", out.reference_perplexity.emplace());
    out.perplexity_ratio = read_estimate(fields, "perplexity_ratio", "value");
    out.kl_divergence = read_estimate(fields, "kl_divergence", "mean");
    if (const Json* kl = fields.find("kl_divergence")) {
        const Fields inner(*kl, "kl_divergence");
        inner.read("median", out.kl_median);
        inner.read("p90", out.kl_p90);
        inner.read("p99", out.kl_p99);
        inner.read("p999", out.kl_p999);
        inner.read("max", out.kl_max);
    }
    fields.read("same_top", out.same_top);
    fields.read("tokens", out.tokens);
    fields.read("sequence_length", out.sequence_length);
    fields.read("windows", out.windows);
    fields.read("bos", out.bos);
    fields.read("text", out.text);
    fields.read("seconds", out.seconds);
    return out;
}

Json to_json(const Check& check) {
    Json out;
    out["id"] = check.id;
    out["status"] = status_names[static_cast<std::size_t>(check.status)];
    write_message(out, "message", check.message);
    if (!check.advice.empty()) write_message(out, "advice", check.advice);
    return out;
}

Check check_from_json(const Json& json) {
    const Fields fields(json, "checks");
    Check out;
    fields.read("id", out.id);
    std::string status = "pass";
    fields.read("status", status);
    std::size_t index = 0;
    while (index < status_names.size() && status != status_names[index]) ++index;
    if (index == status_names.size()) fields.refuse("status");
    out.status = static_cast<Check::Status>(index);
    out.message = read_message(fields, "message");
    out.advice = read_message(fields, "advice");
    return out;
}

} // namespace octavo
