// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstring>
#include <set>

#include "checkpoint/safetensors.h"
#include "report/run_folder.h"

namespace octavo {

struct Statistics::Data {
    SafetensorsFile file;
};

namespace {

std::string array_name(const std::string& owner, const std::string& statistic) { return owner + "/" + statistic; }

} // namespace

double histogram_lower_edge(int bin) { return bin <= 0 ? 0.0 : std::exp2(-20.0 + (bin - 1) / 8.0); }

Statistics::Statistics(const std::filesystem::path& file) {
    try {
        data_ = std::make_shared<const Data>(Data{SafetensorsFile(file)});
    } catch (const Error& error) {
        throw Error(
            ErrorCode::unusable_run, msg("The statistics of the run cannot be read: %1", error.message().english()),
            msg("Use an intact copy of the run folder; without this file the run opens with its figures alone."),
            {.file = file.string()});
    }
}

bool Statistics::contains(const std::string& owner, const std::string& statistic) const {
    return data_ && data_->file.contains(array_name(owner, statistic));
}

std::vector<float> Statistics::get(const std::string& owner, const std::string& statistic) const {
    if (!contains(owner, statistic)) return {};
    const std::string name = array_name(owner, statistic);
    if (data_->file.spec(name).dtype != Dtype::f32)
        throw Error(ErrorCode::unusable_run, msg("The statistics are not in float32"),
                    msg("Use an intact copy of the run folder."),
                    {.file = data_->file.path().string(), .tensor = name});
    const std::span<const std::byte> bytes = data_->file.data(name);
    std::vector<float> out(bytes.size() / sizeof(float));
    if (!out.empty()) std::memcpy(out.data(), bytes.data(), out.size() * sizeof(float));
    return out;
}

std::vector<std::string> Statistics::owners() const {
    std::set<std::string> out;
    if (data_)
        for (const TensorSpec& tensor : data_->file.tensors())
            if (const std::size_t slash = tensor.name.rfind('/'); slash != std::string::npos)
                out.insert(tensor.name.substr(0, slash));
    return {out.begin(), out.end()};
}

bool Statistics::empty() const { return !data_ || data_->file.tensors().empty(); }

} // namespace octavo
