// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/resume.h"

#include <algorithm>
#include <cstdio>

#include "base/resources.h"
#include "job/gather.h"
#include "report/fields.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr int schema_version = 1;

std::string full_path(const fs::path& path) {
    return path.empty() ? std::string() : fs::absolute(path).lexically_normal().string();
}

/// FNV-1a over lengths and ids.
std::string digest(const std::vector<std::vector<std::int32_t>>& rows) {
    std::uint64_t hash = 14695981039346656037u;
    const auto add = [&](std::uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8) hash = (hash ^ ((value >> shift) & 255)) * 1099511628211u;
    };
    for (const auto& row : rows) {
        add(row.size());
        for (const std::int32_t id : row) add(static_cast<std::uint32_t>(id));
    }
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
}

[[noreturn]] void refuse(Message what, const fs::path& run_folder) {
    throw Error(ErrorCode::unusable_run, std::move(what), msg("Start the job again without --resume."),
                {.file = run_folder.string()});
}

QuantizeRequest request_from_json(const Json& json) {
    const Fields fields(json, "request");
    QuantizeRequest out;
    std::string model, output, calibration, ids;
    fields.read("model", model);
    fields.read("output", output);
    fields.read("calibration", calibration);
    fields.read("calibration_ids", ids);
    out.model = model;
    out.output = output;
    out.calibration = calibration;
    out.calibration_ids = ids;
    if (const Json* mixture = fields.find("mixture"))
        for (const Json& part : *mixture) {
            if (!part.is_string()) fields.refuse("mixture");
            out.mixture.push_back(data_source(part.get<std::string>()));
        }
    if (const Json* columns = fields.find("columns"))
        for (const auto& [name, column] : columns->items()) {
            if (!column.is_string()) fields.refuse("columns");
            out.columns[name] = column.get<std::string>();
        }
    std::uint64_t samples = out.calibration_options.samples, length = out.calibration_options.sequence_length;
    fields.read("samples", samples);
    fields.read("sequence_length", length);
    fields.read("seed", out.calibration_options.seed);
    fields.read("packing", out.calibration_options.packing);
    out.calibration_options.samples = static_cast<std::size_t>(samples);
    out.calibration_options.sequence_length = static_cast<std::size_t>(length);
    fields.read("threads", out.threads);
    fields.read("device", out.device);
    fields.read("overwrite", out.overwrite);
    if (fields.find("activation_memory")) fields.read("activation_memory", out.activation_memory.emplace());
    const Json* recipe = fields.find("recipe");
    if (!recipe) fields.refuse("recipe");
    out.recipe = recipe_from_json(*recipe);
    return out;
}

/// The request in a journal's job.json.
const Json& request_json(const Json& job, const fs::path& run_folder) {
    const auto schema = job.find("schema"), request = job.find("request");
    if (schema == job.end() || !schema->is_number_integer() || request == job.end())
        refuse(msg("The journal of the run is damaged"), run_folder);
    if (schema->get<int>() > schema_version)
        refuse(msg("The journal of the run comes from a newer version of Octavo"), run_folder);
    return *request;
}

} // namespace

JobIdentity::JobIdentity(const ModelFolder& folder, const Recipe& used, const CalibrationSet& calibration,
                         int device_number, int thread_count)
    : model(folder.fingerprint()), recipe(to_json(used)), tokens(digest(calibration.rows)), version(octavo::version()),
      device(device_number < 0 ? "cpu" : "cuda:" + std::to_string(device_number)), threads(thread_count) {}

Json JobIdentity::json() const {
    return {{"model", model},     {"recipe", recipe}, {"tokens", tokens},
            {"version", version}, {"device", device}, {"threads", threads}};
}

Json to_json(const QuantizeRequest& request) {
    const CalibrationOptions& options = request.calibration_options;
    Json mixture = Json::array();
    for (const DataSource& part : request.mixture) mixture.push_back(to_text(part));
    return {{"model", full_path(request.model)},
            {"mixture", std::move(mixture)},
            {"columns", Json(request.columns)},
            {"output", full_path(request.output)},
            {"recipe", to_json(request.recipe)},
            {"calibration", full_path(request.calibration)},
            {"calibration_ids", full_path(request.calibration_ids)},
            {"samples", options.samples},
            {"sequence_length", options.sequence_length},
            {"seed", options.seed},
            {"packing", options.packing},
            {"threads", request.threads},
            {"device", request.device},
            {"activation_memory", request.activation_memory ? Json(*request.activation_memory) : Json()},
            {"overwrite", request.overwrite}};
}

Json journal_job(const QuantizeRequest& request, const JobIdentity& identity) {
    return {{"schema", schema_version}, {"request", to_json(request)}, {"job", identity.json()}};
}

void check_same_job(const Journal& journal, const JobIdentity& identity, const fs::path& run_folder) {
    request_json(journal.job(), run_folder);
    const auto found = journal.job().find("job");
    const Json kept = found == journal.job().end() ? Json() : *found, wanted = identity.json();
    const std::pair<const char*, Message> parts[] = {
        {"model", msg("The model has changed since the run was interrupted")},
        {"recipe", msg("The recipe is not the one that the run was started with")},
        {"tokens", msg("The calibration data are not those that the run was started with")},
        {"version", msg("The run was started by another version of Octavo")},
        {"device", msg("The run was started on another device")},
        {"threads", msg("The run was started with another number of threads")}};
    for (const auto& [key, message] : parts)
        if (!kept.is_object() || !kept.contains(key) || kept.at(key) != wanted.at(key)) refuse(message, run_folder);
}

QuantizeRequest resumable_request(const fs::path& run_folder) {
    if (!Journal::exists(run_folder)) refuse(msg("There is nothing to resume: the run has no journal"), run_folder);
    const fs::path file = run_folder / "journal" / "job.json";
    QuantizeRequest out = request_from_json(
        request_json(parse_json(read_file(file), file.string(), ErrorCode::unusable_run), run_folder));
    out.run_directory = run_folder;
    out.resume = true;
    return out;
}

std::optional<fs::path> find_interrupted_run(const QuantizeRequest& request) {
    const Json wanted = to_json(request);
    std::vector<fs::path> candidates;
    std::error_code status;
    for (const auto& entry : fs::directory_iterator(data_home() / "runs", status))
        if (Journal::exists(entry.path())) candidates.push_back(entry.path());
    std::ranges::sort(candidates, std::greater{}); // names begin with the time
    for (const fs::path& folder : candidates) {
        try {
            const Json kept = to_json(resumable_request(folder));
            if (kept.at("model") == wanted.at("model") && kept.at("output") == wanted.at("output") &&
                kept.at("recipe") == wanted.at("recipe"))
                return folder;
        } catch (const Error&) { // damaged, or of a newer version: not this one
        }
    }
    return {};
}

} // namespace octavo
