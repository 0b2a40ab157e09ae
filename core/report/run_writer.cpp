// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <unistd.h>

#include "base/files.h"
#include "checkpoint/safetensors.h"
#include "report/clock.h"
#include "report/fields.h"
#include "report/run_folder.h"
#include "report/statistics_parts.h"
#include "report/units.h"

namespace octavo {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto progress_interval = std::chrono::milliseconds(200);

/// A text file that grows line by line; every line is handed to the system at once, so that a crash loses none. A last
/// line that was cut short goes when the file is opened again.
class LineFile {
public:
    explicit LineFile(fs::path path) : path_(std::move(path)) {
        if (std::error_code status; fs::exists(path_, status)) {
            const std::string text = read_file(path_);
            if (const std::size_t whole = text.rfind('\n') + 1; whole < text.size()) fs::resize_file(path_, whole);
        }
        file_ = std::fopen(path_.c_str(), "abe");
        if (!file_) throw_errno(msg("The file could not be written"), path_);
    }
    ~LineFile() { std::fclose(file_); }
    LineFile(const LineFile&) = delete;
    LineFile& operator=(const LineFile&) = delete;

    void write(std::string line) {
        line += '\n';
        if (std::fwrite(line.data(), 1, line.size(), file_) != line.size() || std::fflush(file_) != 0)
            throw_errno(msg("The file could not be written"), path_);
    }

private:
    fs::path path_;
    std::FILE* file_ = nullptr;
};

void create_empty_folder(const fs::path& folder) {
    std::error_code status;
    const bool occupied =
        fs::exists(folder, status) && (!fs::is_directory(folder, status) || !fs::is_empty(folder, status));
    if (occupied)
        throw Error(ErrorCode::unusable_target, msg("The run folder holds something already"),
                    msg("Choose another folder or empty this one."), {.file = folder.string()});
    fs::create_directories(folder, status);
    if (!status) return;
    errno = status.value();
    throw_errno(msg("The run folder could not be created"), folder);
}

/// The line that people read in log.txt; none for events that would only fill it.
struct LogText {
    std::string operator()(const PhaseStarted& event) const { return "phase " + event.phase; }
    std::string operator()(const PhaseFinished& event) const {
        return "phase " + event.phase + " took " + duration_text(event.seconds);
    }
    std::string operator()(const Progress&) const { return {}; }
    std::string operator()(const StatisticsSaved&) const { return {}; }
    std::string operator()(const SensitivityMeasured&) const { return {}; }
    std::string operator()(const MatrixFinished& event) const {
        const MatrixReport& report = event.report;
        if (report.scheme.empty()) return report.name + " stays in 16 bit";
        std::string out = report.name + " " + report.scheme + ", relative error " +
                          number_text(static_cast<float>(report.relative_error));
        if (report.damping_escalations > 0) out += ", damping raised to " + number_text(report.damping);
        return out;
    }
    std::string operator()(const LogLine& event) const {
        static constexpr const char* names[] = {"debug: ", "", "warning: ", "error: "};
        std::string out = names[static_cast<std::size_t>(event.level)] + event.message.english();
        std::replace(out.begin(), out.end(), '\n', ' ');
        return out;
    }
};

} // namespace

struct RunWriter::State {
    State(const fs::path& where, RunRecord first)
        : folder(where), record(std::move(first)), events(where / "events.jsonl"), log(where / "log.txt") {
        std::error_code status;
        unmerged = fs::exists(parts_file(), status);
    }

    fs::path folder;
    mutable std::mutex mutex;
    RunRecord record;
    LineFile events, log;
    NamedArrays arrays;                 ///< in memory only
    std::unique_ptr<PartsWriter> parts; ///< open as long as the file grows
    bool unmerged = false;              ///< there is a file of parts
    bool new_record = false;
    std::optional<Error> failure; ///< the first line that could not be written
    std::string progress_phase;
    Clock::time_point progress_time;

    bool is_due(const Event& event) {
        const auto* progress = std::get_if<Progress>(&event);
        if (!progress) return true;
        const auto now = Clock::now();
        if (progress->phase == progress_phase && now - progress_time < progress_interval) return false;
        progress_phase = progress->phase;
        progress_time = now;
        return true;
    }

    void remember(const Event& event) {
        if (const auto* phase = std::get_if<PhaseFinished>(&event))
            record.phases.push_back({phase->phase, phase->seconds, phase->limit_seconds, phase->stages});
        const auto* matrix = std::get_if<MatrixFinished>(&event);
        if (!matrix) return;
        new_record = true;
        const auto same = std::find_if(record.layers.begin(), record.layers.end(),
                                       [&](const MatrixReport& one) { return one.name == matrix->report.name; });
        if (same != record.layers.end())
            *same = matrix->report;
        else
            record.layers.push_back(matrix->report);
    }

    void write_lines(const Event& event) {
        const std::string now = iso_time(std::chrono::system_clock::now());
        Json line{{"time", now}};
        line.update(to_json(event));
        events.write(document_text(line));
        if (const std::string text = std::visit(LogText(), event); !text.empty()) log.write(now + "  " + text);
    }

    void write_record() {
        write_file_atomically(folder / "run.json", document_text(to_json(record), 1) + "\n");
        new_record = false;
    }

    fs::path parts_file() const { return folder / "statistics.parts"; }

    /// The arrays of one owner go to the disk and out of memory.
    void append_arrays(const std::string& owner) {
        const std::string prefix = owner + "/";
        const auto first = arrays.lower_bound(prefix);
        auto last = first;
        while (last != arrays.end() && last->first.starts_with(prefix)) ++last;
        if (first == last) return;
        NamedArrays own;
        for (auto it = first; it != last; ++it) own.emplace(it->first, std::move(it->second));
        arrays.erase(first, last);
        try {
            if (!parts) parts = std::make_unique<PartsWriter>(parts_file());
            unmerged = true;
            parts->append(own);
        } catch (...) {
            arrays.merge(own); // flush() tries again
            throw;
        }
    }

    /// Everything into one file; the parts go.
    void merge_arrays() {
        if (arrays.empty() && !unmerged) return;
        const fs::path file = folder / "statistics.safetensors", temporary = folder / "statistics.safetensors.tmp";
        std::optional<SafetensorsFile> earlier;
        std::optional<StatisticsParts> written;
        std::map<std::string, std::span<const std::byte>> all;
        std::error_code status;
        if (fs::exists(file, status)) {
            earlier.emplace(file);
            for (const TensorSpec& tensor : earlier->tensors()) all[tensor.name] = earlier->data(tensor.name);
        }
        if (unmerged) {
            written.emplace(parts_file());
            for (const auto& [name, bytes] : written->arrays()) all[name] = bytes;
        }
        for (const auto& [name, values] : arrays) all[name] = std::as_bytes(std::span(values));
        try {
            std::vector<TensorSpec> specs;
            for (const auto& [name, bytes] : all)
                specs.push_back({name, Dtype::f32, {static_cast<std::int64_t>(bytes.size() / sizeof(float))}});
            SafetensorsWriter writer(temporary, std::move(specs), {{"format", "octavo-statistics"}});
            for (const auto& [name, bytes] : all)
                if (!bytes.empty()) writer.write(name, bytes);
            writer.finish();
            if (::rename(temporary.c_str(), file.c_str()) != 0)
                throw_errno(msg("The file or folder could not be renamed"), file);
        } catch (...) {
            ::unlink(temporary.c_str());
            throw;
        }
        sync_to_disk(folder);
        arrays.clear();
        parts.reset();
        if (unmerged) ::unlink(parts_file().c_str());
        unmerged = false;
    }
};

RunWriter::RunWriter(const fs::path& folder, RunRecord record) {
    create_empty_folder(folder);
    if (record.id.empty()) record.id = folder.filename().string();
    if (record.started.empty()) record.started = iso_time(std::chrono::system_clock::now());
    state_ = std::make_unique<State>(folder, std::move(record));
    state_->write_record();
}

RunWriter::RunWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}

std::unique_ptr<RunWriter> RunWriter::reopen(const fs::path& folder) {
    Run run = Run::open(folder);
    return std::unique_ptr<RunWriter>(new RunWriter(std::make_unique<State>(folder, std::move(run.record))));
}

RunWriter::~RunWriter() {
    try {
        const std::scoped_lock lock(state_->mutex);
        state_->merge_arrays();
        if (state_->new_record) state_->write_record();
    } catch (...) { // nobody is left to be told; flush() is how to find out
    }
}

const fs::path& RunWriter::folder() const { return state_->folder; }

void RunWriter::on_event(const Event& event) {
    try {
        const std::scoped_lock lock(state_->mutex);
        try {
            state_->remember(event);
            if (!state_->is_due(event)) return;
            if (const auto* saved = std::get_if<StatisticsSaved>(&event)) state_->append_arrays(saved->owner);
            state_->write_lines(event);
            if (!std::holds_alternative<PhaseFinished>(event)) return;
            if (state_->parts) state_->parts->sync();
            state_->write_record();
        } catch (const Error& error) {
            if (!state_->failure) state_->failure = error;
        }
    } catch (...) { // out of memory: the work itself will notice
    }
}

void RunWriter::put(const std::string& owner, const std::string& statistic, std::vector<float> values) {
    const std::scoped_lock lock(state_->mutex);
    state_->arrays[owner + "/" + statistic] = std::move(values);
}

void RunWriter::update(const std::function<void(RunRecord&)>& change) {
    const std::scoped_lock lock(state_->mutex);
    change(state_->record);
    state_->write_record();
}

RunRecord RunWriter::record() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->record;
}

void RunWriter::check() const {
    const std::scoped_lock lock(state_->mutex);
    if (state_->failure) throw Error(*state_->failure);
}

void RunWriter::flush() {
    const std::scoped_lock lock(state_->mutex);
    state_->merge_arrays();
    state_->write_record();
    if (!state_->failure) return;
    const Error failure = *std::exchange(state_->failure, std::nullopt);
    throw failure;
}

} // namespace octavo
