// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstring>
#include <optional>
#include <set>

#include "checkpoint/safetensors.h"
#include "report/run_folder.h"
#include "report/statistics_parts.h"

namespace octavo {

namespace fs = std::filesystem;

struct Statistics::Data {
    std::optional<StatisticsParts> parts; ///< newer than the file
    std::optional<SafetensorsFile> file;

    const std::span<const std::byte>* part(const std::string& name) const {
        if (!parts) return nullptr;
        const auto found = parts->arrays().find(name);
        return found == parts->arrays().end() ? nullptr : &found->second;
    }
};

namespace {

std::string array_name(const std::string& owner, const std::string& statistic) { return owner + "/" + statistic; }

SafetensorsFile open_statistics(const fs::path& file) {
    try {
        return SafetensorsFile(file);
    } catch (const Error& error) {
        throw Error(
            ErrorCode::unusable_run, msg("The statistics of the run cannot be read: %1", error.message()),
            msg("Use an intact copy of the run folder; without this file the run opens with its figures alone."),
            {.file = file.string()});
    }
}

} // namespace

double histogram_lower_edge(int bin) { return bin <= 0 ? 0.0 : std::exp2(-20.0 + (bin - 1) / 8.0); }

Statistics::Statistics(const fs::path& file) : data_(std::make_shared<const Data>(Data{{}, open_statistics(file)})) {}

Statistics Statistics::in_folder(const fs::path& folder) {
    const fs::path whole = folder / "statistics.safetensors", parts = folder / "statistics.parts";
    Data data;
    // The parts first: they vanish when they have been merged, and then the file is there.
    try {
        if (std::error_code status; fs::exists(parts, status)) data.parts.emplace(parts);
    } catch (const Error&) { // merged just now
    }
    if (std::error_code status; fs::exists(whole, status)) data.file.emplace(open_statistics(whole));
    Statistics out;
    if (data.parts || data.file) out.data_ = std::make_shared<const Data>(std::move(data));
    return out;
}

bool Statistics::contains(const std::string& owner, const std::string& statistic) const {
    const std::string name = array_name(owner, statistic);
    return data_ && (data_->part(name) || (data_->file && data_->file->contains(name)));
}

std::vector<float> Statistics::get(const std::string& owner, const std::string& statistic) const {
    if (!contains(owner, statistic)) return {};
    const std::string name = array_name(owner, statistic);
    const std::span<const std::byte>* part = data_->part(name);
    if (!part && data_->file->spec(name).dtype != Dtype::f32)
        throw Error(ErrorCode::unusable_run, msg("The statistics are not in float32"),
                    msg("Use an intact copy of the run folder."),
                    {.file = data_->file->path().string(), .tensor = name});
    const std::span<const std::byte> bytes = part ? *part : data_->file->data(name);
    std::vector<float> out(bytes.size() / sizeof(float));
    if (!out.empty()) std::memcpy(out.data(), bytes.data(), out.size() * sizeof(float));
    return out;
}

std::vector<std::string> Statistics::owners() const {
    std::set<std::string> out;
    const auto add = [&](const std::string& name) {
        if (const std::size_t slash = name.rfind('/'); slash != std::string::npos) out.insert(name.substr(0, slash));
    };
    if (data_ && data_->file)
        for (const TensorSpec& tensor : data_->file->tensors()) add(tensor.name);
    if (data_ && data_->parts)
        for (const auto& [name, bytes] : data_->parts->arrays()) add(name);
    return {out.begin(), out.end()};
}

bool Statistics::empty() const {
    return !data_ ||
           ((!data_->file || data_->file->tensors().empty()) && (!data_->parts || data_->parts->arrays().empty()));
}

} // namespace octavo
