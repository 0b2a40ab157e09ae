// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/journal.h"

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <span>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"
#include "base/files.h"
#include "checkpoint/safetensors.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr const char* tensor_prefix = "tensor:";
constexpr const char* array_prefix = "array:";

[[noreturn]] void refuse(Message what, const fs::path& file) {
    throw Error(ErrorCode::unusable_run, std::move(what), msg("Start the job again without --resume."),
                {.file = file.string()});
}

std::string array_name(const std::string& owner, const std::string& statistic) {
    return array_prefix + owner + "/" + statistic;
}

void write_entry(const fs::path& file, const LayerEntry& entry) {
    std::vector<TensorSpec> specs;
    for (const auto& [name, tensor] : entry.tensors)
        specs.push_back({tensor_prefix + name, tensor.dtype, tensor.shape});
    Json reports = Json::array();
    for (const MatrixReport& report : entry.reports) reports.push_back(to_json(report));
    for (const auto& [owner, statistics] : entry.arrays)
        for (const auto& [statistic, values] : statistics)
            specs.push_back({array_name(owner, statistic), Dtype::f32, {static_cast<std::int64_t>(values.size())}});
    SafetensorsWriter writer(file, std::move(specs), {{"format", "octavo-journal"}, {"reports", reports.dump()}});
    for (const auto& [name, tensor] : entry.tensors) writer.write(tensor_prefix + name, tensor.bytes);
    for (const auto& [owner, statistics] : entry.arrays)
        for (const auto& [statistic, values] : statistics)
            writer.write(array_name(owner, statistic), std::as_bytes(std::span(values)));
    writer.finish();
}

} // namespace

Journal::Journal(fs::path folder) : folder_(std::move(folder)) {}

Journal::Journal(Journal&& other) noexcept
    : folder_(std::move(other.folder_)), job_(std::move(other.job_)), layers_(other.layers_),
      lock_(std::exchange(other.lock_, -1)) {}

Journal::~Journal() {
    if (lock_ >= 0) ::close(lock_);
}

bool Journal::exists(const fs::path& run_folder) {
    std::error_code status;
    return fs::is_regular_file(run_folder / "journal" / "job.json", status);
}

Journal Journal::create(const fs::path& run_folder, const Json& job) {
    Journal out(run_folder / "journal");
    std::error_code status;
    fs::create_directory(out.folder_, status);
    if (status) {
        errno = status.value();
        throw_errno(msg("The journal could not be created"), out.folder_);
    }
    out.lock();
    out.job_ = job;
    write_file_atomically(out.folder_ / "job.json", job.dump(1) + "\n");
    return out;
}

Journal Journal::open(const fs::path& run_folder) {
    if (!exists(run_folder)) refuse(msg("There is nothing to resume: the run has no journal"), run_folder);
    Journal out(run_folder / "journal");
    out.lock();
    out.job_ = Json::parse(read_file(out.folder_ / "job.json", std::size_t(64) << 20), nullptr, false);
    if (!out.job_.is_object()) refuse(msg("The journal of the run is damaged"), out.folder_ / "job.json");
    std::error_code status;
    while (fs::is_regular_file(out.file_of(out.layers_), status)) ++out.layers_;
    return out;
}

void Journal::lock() {
    const fs::path file = folder_ / "lock";
    lock_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (lock_ < 0) throw_errno(msg("The file could not be written"), file);
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0)
        throw Error(ErrorCode::unusable_run, msg("Another process is working on this run"),
                    msg("Wait until it has ended, or start a new run."), {.file = folder_.parent_path().string()});
}

fs::path Journal::file_of(int layer) const {
    char name[40];
    std::snprintf(name, sizeof name, "layer-%05d.safetensors", layer);
    return folder_ / name;
}

void Journal::keep(const LayerEntry& entry) {
    const fs::path file = file_of(layers_), temporary = folder_ / "layer.tmp";
    try {
        write_entry(temporary, entry);
        if (::rename(temporary.c_str(), file.c_str()) != 0)
            throw_errno(msg("The file or folder could not be renamed"), file);
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    sync_to_disk(folder_);
    ++layers_;
}

LayerEntry Journal::read(int layer) const {
    const fs::path path = file_of(layer);
    try {
        const SafetensorsFile file(path);
        LayerEntry out;
        for (const TensorSpec& spec : file.tensors()) {
            const std::span<const std::byte> bytes = file.data(spec.name);
            if (spec.name.starts_with(tensor_prefix)) {
                out.tensors[spec.name.substr(std::strlen(tensor_prefix))] = {
                    spec.dtype, spec.shape, {bytes.begin(), bytes.end()}};
                continue;
            }
            const std::size_t begin = std::strlen(array_prefix), slash = spec.name.rfind('/');
            if (!spec.name.starts_with(array_prefix) || slash == std::string::npos || spec.dtype != Dtype::f32)
                refuse(msg("The journal of the run is damaged"), path);
            std::vector<float>& values =
                out.arrays[spec.name.substr(begin, slash - begin)][spec.name.substr(slash + 1)];
            values.resize(bytes.size() / sizeof(float));
            if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
        }
        for (const Json& report : Json::parse(file.metadata().at("reports")))
            out.reports.push_back(matrix_report_from_json(report));
        return out;
    } catch (const Error&) {
        refuse(msg("The journal of the run is damaged"), path);
    } catch (const std::exception&) {
        refuse(msg("The journal of the run is damaged"), path);
    }
}

void Journal::remove() noexcept {
    std::error_code status;
    fs::remove_all(folder_, status);
}

} // namespace octavo
