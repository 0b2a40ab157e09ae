// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/run_folder.h"

#include <chrono>
#include <functional>
#include <map>

#include "base/files.h"
#include "base/resources.h"
#include "report/clock.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

bool is_known_event(const Json& json) {
    static const std::vector<std::string> types{"phase_started",   "phase_finished",   "progress",
                                                "matrix_finished", "statistics_saved", "log"};
    const auto type = json.is_object() ? json.find("type") : json.end();
    if (!json.is_object() || type == json.end() || !type->is_string()) return false;
    for (const std::string& one : types)
        if (*type == one) return true;
    return false;
}

// Letters, digits, dot, underscore and dash; everything else becomes one dash. Never empty, hidden or long.
std::string file_name_part(const std::string& text, const char* otherwise) {
    constexpr std::size_t longest = 64;
    std::string out;
    for (const char c : text) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
        if (plain && !(c == '.' && out.empty()))
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
        if (out.size() == longest) break;
    }
    while (!out.empty() && (out.back() == '-' || out.back() == '.')) out.pop_back();
    return out.empty() ? otherwise : out;
}

/// Calls use(line, file) for every whole line of a file that may be missing; names the line in errors.
void for_each_line(const fs::path& file, const std::function<void(std::string_view, const std::string&)>& use) {
    std::error_code status;
    if (!fs::exists(file, status)) return;
    const std::string text = read_file(file);
    long number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        if (end == std::string::npos) break; // cut short: every whole line ends with a line feed
        ++number;
        const std::string_view line = std::string_view(text).substr(begin, end - begin);
        begin = end + 1;
        if (line.empty()) continue;
        try {
            use(line, file.string());
        } catch (const Error& error) {
            throw Error(ErrorCode::unusable_run, error.message(), error.advice(),
                        {.file = file.string(), .line = number});
        }
    }
}

/// run.json lists the matrices that were finished when the last phase ended; those that came since stand in the events.
void add_finished_matrices(Run& run) {
    std::map<std::string, std::size_t> index;
    std::vector<MatrixReport>& layers = run.record.layers;
    for (std::size_t i = 0; i < layers.size(); ++i) index.emplace(layers[i].name, i);
    try {
        for_each_line(run.folder / "events.jsonl", [&](std::string_view line, const std::string& file) {
            if (line.find("\"matrix_finished\"") == std::string_view::npos) return;
            const Event event = event_from_json(parse_json(line, file, ErrorCode::unusable_run));
            const auto* matrix = std::get_if<MatrixFinished>(&event);
            if (!matrix) return;
            const auto [found, added] = index.emplace(matrix->report.name, layers.size());
            if (added)
                layers.push_back(matrix->report);
            else
                layers[found->second] = matrix->report;
        });
    } catch (const Error&) { // what run.json says is still there
    }
}

} // namespace

Run Run::open(const fs::path& folder) {
    std::error_code status;
    const fs::path file = folder / "run.json";
    if (!fs::is_directory(folder, status) || !fs::is_regular_file(file, status))
        throw Error(ErrorCode::unusable_run, msg("This is not a run folder: it holds no run.json"),
                    msg("Choose a folder that octavo-cli quantize or the workbench made."), {.file = folder.string()});
    Run out;
    out.folder = folder;
    out.record = run_record_from_json(read_json(file, ErrorCode::unusable_run, std::size_t(256) << 20), file.string());
    out.statistics = Statistics::in_folder(folder);
    if (out.record.status == "running") add_finished_matrices(out);
    return out;
}

std::vector<Event> Run::events() const {
    std::vector<Event> out;
    for_each_line(folder / "events.jsonl", [&](std::string_view line, const std::string& file) {
        const Json json = parse_json(line, file, ErrorCode::unusable_run);
        if (is_known_event(json)) out.push_back(event_from_json(json));
    });
    return out;
}

fs::path default_run_folder(const std::string& model_name, const std::string& scheme) {
    const std::string name = compact_time(std::chrono::system_clock::now()) + "-" +
                             file_name_part(model_name, "model") + "-" + file_name_part(scheme, "run");
    const fs::path runs = data_home() / "runs";
    std::error_code status;
    fs::path out = runs / name;
    for (int i = 2; fs::exists(out, status); ++i) out = runs / (name + "-" + std::to_string(i));
    return out;
}

} // namespace octavo
