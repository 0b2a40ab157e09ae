// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/sensitivity.h"

#include <algorithm>
#include <cmath>

#include "base/files.h"
#include "report/fields.h"

namespace octavo {

namespace {

void write_optional(Json& out, const char* key, const std::optional<double>& value) {
    if (value) out[key] = finite_number(*value);
}

void read_optional(const Fields& fields, const char* key, std::optional<double>& out) {
    if (fields.find(key)) fields.read(key, out.emplace());
}

std::vector<std::string> read_texts(const Fields& fields, const char* key) {
    std::vector<std::string> out;
    const Json* list = fields.find(key);
    if (!list) return out;
    if (!list->is_array()) fields.refuse(key);
    for (const Json& each : *list) {
        if (!each.is_string()) fields.refuse(key);
        out.push_back(each.get<std::string>());
    }
    return out;
}

/// What both kinds of divergence have.
template <class Measure>
Json measure_json(const Measure& measure) {
    Json windows = Json::array();
    for (const double value : measure.windows) windows.push_back(finite_number(value));
    return {{"mean", finite_number(measure.mean)},
            {"low", finite_number(measure.low)},
            {"high", finite_number(measure.high)},
            {"tokens", measure.tokens},
            {"windows", std::move(windows)}};
}

template <class Measure>
Measure read_measure(const Fields& fields) {
    Measure out;
    fields.read("mean", out.mean);
    fields.read("low", out.low);
    fields.read("high", out.high);
    fields.read("tokens", out.tokens);
    if (const Json* windows = fields.find("windows")) {
        if (!windows->is_array()) fields.refuse("windows");
        for (const Json& value : *windows) {
            if (!value.is_number()) fields.refuse("windows");
            out.windows.push_back(value.get<double>());
        }
    }
    return out;
}

KlMeasure read_kl(const Json& json) {
    const Fields fields(json, "kl_divergence");
    KlMeasure out = read_measure<KlMeasure>(fields);
    fields.read("same_top", out.same_top);
    return out;
}

Json to_json(const SensitivityProtocol& protocol) {
    return {{"text", protocol.text},       {"bos", protocol.bos},
            {"windows", protocol.windows}, {"sequence_length", protocol.sequence_length},
            {"seed", protocol.seed},       {"run", protocol.run},
            {"solved", protocol.solved}};
}

SensitivityProtocol read_protocol(const Json& json) {
    const Fields fields(json, "protocol");
    SensitivityProtocol out;
    fields.read("text", out.text);
    fields.read("bos", out.bos);
    fields.read("windows", out.windows);
    fields.read("sequence_length", out.sequence_length);
    fields.read("seed", out.seed);
    fields.read("run", out.run);
    fields.read("solved", out.solved);
    return out;
}

void check_schema(const Fields& fields, const std::string& file) {
    int schema = 0;
    fields.read("schema", schema);
    if (schema < 1)
        throw Error(ErrorCode::unusable_run, msg("This is no sensitivity table"),
                    msg("Give a file that `octavo-cli sensitivity` wrote."), {.file = file});
    if (schema > SensitivityTable::schema_version)
        throw Error(
            ErrorCode::unusable_run,
            msg("The sensitivity table was written by a newer version of Octavo (schema %1; this version reads %2)",
                schema, SensitivityTable::schema_version),
            msg("Update Octavo, or measure again with this version."), {.file = file});
}

} // namespace

double SensitivityRow::damage(int tier) const {
    if (tier == 3 && kl) return kl->mean;
    if (tier == 2 && gradient) return gradient->mean;
    if (tier == 1) return relative_error_solved ? *relative_error_solved : relative_error_rounding.value_or(0);
    // Noise over signal, so that it adds up like the others.
    return weight_sqnr_db ? std::pow(10.0, -*weight_sqnr_db / 10) : 0;
}

const SensitivityRow* SensitivityTable::find(const std::string& group, const std::string& scheme) const {
    for (const SensitivityRow& row : rows)
        if (row.group == group && row.scheme == scheme) return &row;
    return nullptr;
}

int SensitivityTable::tier() const {
    if (rows.empty()) return -1;
    const auto all = [&](auto has) { return std::all_of(rows.begin(), rows.end(), has); };
    if (all([](const SensitivityRow& row) { return row.kl.has_value(); })) return 3;
    if (all([](const SensitivityRow& row) { return row.gradient.has_value(); })) return 2;
    if (all([](const SensitivityRow& row) { return row.relative_error_solved || row.relative_error_rounding; }))
        return 1;
    return all([](const SensitivityRow& row) { return row.weight_sqnr_db.has_value(); }) ? 0 : -1;
}

Json to_json(const SensitivityRow& row) {
    Json out{{"group", row.group},
             {"role", row.role},
             {"layer", row.layer},
             {"modules", row.modules},
             {"scheme", row.scheme},
             {"parameters", row.parameters},
             {"bytes", row.bytes},
             {"bytes_before", row.bytes_before},
             {"bits_per_weight", finite_number(row.bits_per_weight)}};
    write_optional(out, "weight_sqnr_db", row.weight_sqnr_db);
    write_optional(out, "weight_outlier", row.weight_outlier);
    write_optional(out, "weight_kurtosis", row.weight_kurtosis);
    write_optional(out, "relative_error_rounding", row.relative_error_rounding);
    write_optional(out, "relative_error_solved", row.relative_error_solved);
    if (row.gradient) out["gradient"] = measure_json(*row.gradient);
    if (!row.gradient_missing.text.empty()) write_message(out, "gradient_missing", row.gradient_missing);
    if (row.kl) {
        Json& kl = out["kl_divergence"] = measure_json(*row.kl);
        kl["same_top"] = finite_number(row.kl->same_top);
    }
    out["seconds"] = finite_number(row.seconds);
    return out;
}

SensitivityRow sensitivity_row_from_json(const Json& json) {
    const Fields fields(json, "rows");
    SensitivityRow out;
    fields.read("group", out.group);
    fields.read("role", out.role);
    fields.read("layer", out.layer);
    out.modules = read_texts(fields, "modules");
    fields.read("scheme", out.scheme);
    fields.read("parameters", out.parameters);
    fields.read("bytes", out.bytes);
    fields.read("bytes_before", out.bytes_before);
    fields.read("bits_per_weight", out.bits_per_weight);
    read_optional(fields, "weight_sqnr_db", out.weight_sqnr_db);
    read_optional(fields, "weight_outlier", out.weight_outlier);
    read_optional(fields, "weight_kurtosis", out.weight_kurtosis);
    read_optional(fields, "relative_error_rounding", out.relative_error_rounding);
    read_optional(fields, "relative_error_solved", out.relative_error_solved);
    if (const Json* gradient = fields.find("gradient"))
        out.gradient = read_measure<GradientMeasure>(Fields(*gradient, "gradient"));
    if (fields.find("gradient_missing")) out.gradient_missing = read_message(fields, "gradient_missing");
    if (const Json* kl = fields.find("kl_divergence")) out.kl = read_kl(*kl);
    fields.read("seconds", out.seconds);
    if (out.group.empty() || out.modules.empty()) fields.refuse("group");
    return out;
}

Json to_json(const SensitivityTable& table) {
    Json rows = Json::array();
    for (const SensitivityRow& row : table.rows) rows.push_back(to_json(row));
    return {{"schema", SensitivityTable::schema_version},
            {"model",
             {{"path", table.model_path},
              {"name", table.model_name},
              {"fingerprint", table.fingerprint},
              {"layers", table.layers}}},
            {"protocol", to_json(table.protocol)},
            {"schemes", table.schemes},
            {"complete", table.complete},
            {"other_bytes", table.other_bytes},
            {"seconds", finite_number(table.seconds)},
            {"layer_forwards", finite_number(table.layer_forwards)},
            {"calibration", finite_number(table.calibration)},
            {"rows", std::move(rows)}};
}

SensitivityTable sensitivity_table_from_json(const Json& json, const std::string& file) {
    try {
        const Fields fields(json, "sensitivity");
        check_schema(fields, file);
        SensitivityTable out;
        if (const Json* model = fields.find("model")) {
            const Fields inner(*model, "model");
            inner.read("path", out.model_path);
            inner.read("name", out.model_name);
            inner.read("fingerprint", out.fingerprint);
            inner.read("layers", out.layers);
        }
        if (const Json* protocol = fields.find("protocol")) out.protocol = read_protocol(*protocol);
        out.schemes = read_texts(fields, "schemes");
        fields.read("complete", out.complete);
        fields.read("other_bytes", out.other_bytes);
        fields.read("seconds", out.seconds);
        fields.read("layer_forwards", out.layer_forwards);
        fields.read("calibration", out.calibration);
        const Json* rows = fields.find("rows");
        if (!rows || !rows->is_array()) fields.refuse("rows");
        for (const Json& row : *rows) out.rows.push_back(sensitivity_row_from_json(row));
        return out;
    } catch (const Error& error) {
        if (!error.place().file.empty()) throw;
        throw Error(error.code(), error.message(), error.advice(), {.file = file});
    }
}

void write_sensitivity(const std::filesystem::path& file, const SensitivityTable& table) {
    write_file_atomically(file, document_text(to_json(table), 1) + "\n");
}

SensitivityTable read_sensitivity(const std::filesystem::path& file) {
    return sensitivity_table_from_json(read_json(file, ErrorCode::unusable_run), file.string());
}

} // namespace octavo
