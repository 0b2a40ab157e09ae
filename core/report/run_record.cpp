// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/run_record.h"

#include "report/fields.h"

#include <algorithm>

namespace octavo {

namespace {

Json bytes_json(const std::map<std::string, std::uint64_t>& bytes) {
    Json out = Json::object();
    for (const auto& [kind, count] : bytes) out[kind] = count;
    return out;
}

std::map<std::string, std::uint64_t> bytes_from_json(const Json& json, const char* what) {
    std::map<std::string, std::uint64_t> out;
    const Fields fields(json, what);
    for (const auto& [kind, count] : json.items()) fields.read(kind.c_str(), out[kind]);
    return out;
}

Json model_json(const ModelRecord& model) {
    return {{"path", model.path},
            {"name", model.name},
            {"architecture", model.architecture},
            {"dtype", model.dtype},
            {"fingerprint", model.fingerprint},
            {"parameters", model.parameters},
            {"layers", model.layers},
            {"kv_bytes_per_token", model.kv_bytes_per_token},
            {"windows", model.windows}};
}

ModelRecord model_from_json(const Json& json) {
    const Fields fields(json, "model");
    ModelRecord out;
    fields.read("path", out.path);
    fields.read("name", out.name);
    fields.read("architecture", out.architecture);
    fields.read("dtype", out.dtype);
    fields.read("fingerprint", out.fingerprint);
    fields.read("parameters", out.parameters);
    fields.read("layers", out.layers);
    fields.read("kv_bytes_per_token", out.kv_bytes_per_token);
    if (const Json* windows = fields.find("windows")) {
        if (!windows->is_array()) fields.refuse("windows");
        for (const Json& window : *windows) {
            if (!window.is_number_integer()) fields.refuse("windows");
            out.windows.push_back(window.get<std::int64_t>());
        }
    }
    return out;
}

Json dataset_json(const DatasetRecord& dataset) {
    return {{"source", dataset.source}, {"samples", dataset.samples},
            {"tokens", dataset.tokens}, {"sequence_length", dataset.sequence_length},
            {"packed", dataset.packed}, {"seed", dataset.seed}};
}

DatasetRecord dataset_from_json(const Json& json) {
    const Fields fields(json, "dataset");
    DatasetRecord out;
    fields.read("source", out.source);
    fields.read("samples", out.samples);
    fields.read("tokens", out.tokens);
    fields.read("sequence_length", out.sequence_length);
    fields.read("packed", out.packed);
    fields.read("seed", out.seed);
    return out;
}

template <class Item, class Read>
std::vector<Item> list_from_json(const Fields& fields, const char* key, Read read) {
    std::vector<Item> out;
    const Json* list = fields.find(key);
    if (!list) return out;
    if (!list->is_array()) fields.refuse(key);
    out.reserve(list->size());
    for (const Json& item : *list) out.push_back(read(item));
    return out;
}

StageRecord stage_from_json(const Json& json) {
    const Fields fields(json, "stages");
    StageRecord out;
    fields.read("name", out.name);
    fields.read("seconds", out.seconds);
    fields.read("limit_seconds", out.limit_seconds);
    return out;
}

} // namespace

void write_limits(Json& json, double limit_seconds, const std::vector<StageRecord>& stages) {
    if (limit_seconds > 0) json["limit_seconds"] = finite_number(limit_seconds);
    for (const StageRecord& stage : stages) {
        Json& one = json["stages"].emplace_back(Json{{"name", stage.name}, {"seconds", finite_number(stage.seconds)}});
        if (stage.limit_seconds > 0) one["limit_seconds"] = finite_number(stage.limit_seconds);
    }
}

std::vector<StageRecord> stages_from_json(const Fields& fields) {
    return list_from_json<StageRecord>(fields, "stages", stage_from_json);
}

namespace {

PhaseRecord phase_from_json(const Json& json) {
    const Fields fields(json, "phases");
    PhaseRecord out;
    fields.read("name", out.name);
    fields.read("seconds", out.seconds);
    fields.read("limit_seconds", out.limit_seconds);
    out.stages = stages_from_json(fields);
    return out;
}

// Keys of `read` (and of the objects in it) that `known` does not have: what a later version added.
Json leftovers(const Json& read, const Json& known) {
    Json out = Json::object();
    for (const auto& [key, value] : read.items()) {
        const auto found = known.find(key);
        if (found == known.end()) {
            if (!value.is_null()) out[key] = value;
        } else if (value.is_object() && found->is_object()) {
            Json inner = leftovers(value, *found);
            if (!inner.empty()) out[key] = std::move(inner);
        }
    }
    return out;
}

void add_unknown(Json& json, const Json& unknown) {
    if (!unknown.is_object()) return;
    for (const auto& [key, value] : unknown.items()) {
        if (!json.contains(key))
            json[key] = value;
        else if (json[key].is_object() && value.is_object())
            add_unknown(json[key], value);
    }
}

void check_schema(const Fields& fields, const std::string& file) {
    const Json* schema = fields.find("schema");
    if (!schema || !schema->is_number_integer() || schema->get<double>() < 1)
        throw Error(ErrorCode::unusable_run, msg("This is not the record of a run: it has no schema number"),
                    msg("Choose a folder that Octavo made."), {.file = file});
    if (schema->get<double>() > RunRecord::schema_version)
        throw Error(ErrorCode::unusable_run,
                    msg("The run was made by a newer version of Octavo (schema %1; this version reads up to %2)",
                        schema->dump(), RunRecord::schema_version),
                    msg("Update Octavo to open it."), {.file = file});
}

RunRecord read_record(const Json& json) {
    const Fields fields(json, "run");
    RunRecord out;
    fields.read("id", out.id);
    fields.read("started", out.started);
    fields.read("status", out.status);
    if (const Json* recipe = fields.find("recipe")) out.recipe = *recipe;
    if (const Json* model = fields.find("model")) out.model = model_from_json(*model);
    if (const Json* dataset = fields.find("dataset")) out.dataset = dataset_from_json(*dataset);
    if (const Json* environment = fields.find("environment")) out.environment = *environment;
    fields.read("output", out.output);
    fields.read("seconds", out.seconds);
    out.phases = list_from_json<PhaseRecord>(fields, "phases", phase_from_json);
    fields.read("peak_resident_bytes", out.peak_resident_bytes);
    fields.read("peak_device_bytes", out.peak_device_bytes);
    if (const Json* bytes = fields.find("weight_bytes")) {
        const Fields weights(*bytes, "weight_bytes");
        weights.read("before", out.weight_bytes_before);
        weights.read("after", out.weight_bytes_after);
    }
    if (const Json* bytes = fields.find("bytes_by_kind")) {
        const Fields kinds(*bytes, "bytes_by_kind");
        if (const Json* before = kinds.find("before"))
            out.bytes_by_kind_before = bytes_from_json(*before, "bytes_by_kind.before");
        if (const Json* after = kinds.find("after"))
            out.bytes_by_kind_after = bytes_from_json(*after, "bytes_by_kind.after");
    }
    out.layers = list_from_json<MatrixReport>(fields, "layers", matrix_report_from_json);
    if (const Json* metrics = fields.find("metrics")) out.metrics = metrics_from_json(*metrics);
    out.checks = list_from_json<Check>(fields, "checks", check_from_json);
    out.error = read_message(fields, "error");
    return out;
}

} // namespace

std::uint64_t ModelRecord::kv_cache_bytes(std::int64_t tokens) const {
    // A run folder may come from anywhere: no number in it overflows.
    constexpr std::uint64_t most_per_token = std::uint64_t(1) << 34;
    constexpr std::int64_t most_tokens = std::int64_t(1) << 24;
    const std::int64_t length = std::clamp<std::int64_t>(tokens, 0, most_tokens);
    const auto all = static_cast<double>(std::min(kv_bytes_per_token, most_per_token));
    if (windows.empty()) return static_cast<std::uint64_t>(all * static_cast<double>(length));
    double kept = 0; // tokens, summed over the layers
    for (const std::int64_t window : windows)
        kept += static_cast<double>(window > 0 ? std::min(window, length) : length);
    return static_cast<std::uint64_t>(all * kept / static_cast<double>(windows.size()));
}

Json to_json(const RunRecord& record) {
    Json out;
    out["schema"] = RunRecord::schema_version;
    out["id"] = record.id;
    out["started"] = record.started;
    out["status"] = record.status;
    out["recipe"] = record.recipe;
    out["model"] = model_json(record.model);
    out["dataset"] = dataset_json(record.dataset);
    out["environment"] = record.environment;
    out["output"] = record.output;
    out["seconds"] = finite_number(record.seconds);
    out["phases"] = Json::array();
    for (const PhaseRecord& phase : record.phases) {
        Json& one = out["phases"].emplace_back(Json{{"name", phase.name}, {"seconds", finite_number(phase.seconds)}});
        write_limits(one, phase.limit_seconds, phase.stages);
    }
    out["peak_resident_bytes"] = record.peak_resident_bytes;
    out["peak_device_bytes"] = record.peak_device_bytes;
    out["weight_bytes"] = {{"before", record.weight_bytes_before}, {"after", record.weight_bytes_after}};
    out["bytes_by_kind"] = {{"before", bytes_json(record.bytes_by_kind_before)},
                            {"after", bytes_json(record.bytes_by_kind_after)}};
    out["layers"] = Json::array();
    for (const MatrixReport& layer : record.layers) out["layers"].push_back(to_json(layer));
    out["metrics"] = record.metrics ? to_json(*record.metrics) : Json(nullptr);
    out["checks"] = Json::array();
    for (const Check& check : record.checks) out["checks"].push_back(to_json(check));
    write_message(out, "error", record.error);
    add_unknown(out, record.unknown);
    return out;
}

RunRecord run_record_from_json(const Json& json, const std::string& file) {
    if (!json.is_object())
        throw Error(ErrorCode::unusable_run, msg("This is not the record of a run"),
                    msg("Choose a folder that Octavo made."), {.file = file});
    check_schema(Fields(json, "run"), file);
    try {
        RunRecord out = read_record(json);
        out.unknown = leftovers(json, to_json(out));
        return out;
    } catch (const Error& error) {
        if (!error.place().file.empty()) throw;
        throw Error(error.code(), error.message(), error.advice(), {.file = file});
    }
}

} // namespace octavo
