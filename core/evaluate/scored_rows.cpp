// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/scored_rows.h"

#include <algorithm>
#include <map>

#include "evaluate/windows.h"
#include "hardware/hardware.h"
#include "text/calibration.h"
#include "text/read_text.h"

namespace octavo {

std::vector<std::int32_t> ScoredRows::joined() const {
    std::vector<std::int32_t> out;
    for (const auto& row : ids) out.insert(out.end(), row.begin(), row.end());
    return out;
}

std::vector<std::int64_t> ScoredRows::scored() const {
    std::vector<std::int64_t> out;
    for (const std::int64_t length : lengths) out.push_back(length - 1);
    return out;
}

std::vector<Chunk> ScoredRows::chunks(const ModelConfig& config, std::size_t copies, double operations) const {
    std::vector<std::int64_t> all;
    for (std::size_t i = 0; i < copies; ++i) all.insert(all.end(), lengths.begin(), lengths.end());
    const double together = operations / (2 * layer_parameters(config));
    return cut_into_chunks(all, std::clamp<std::int64_t>(static_cast<std::int64_t>(together), 128, 1024));
}

ScoredRows cut_scored_rows(const SensitivityRequest& request, SensitivityProtocol& protocol,
                           const std::stop_token& stop) {
    ScoredRows out;
    const Tokenizer tokenizer(request.model);
    if (request.calibration.empty()) {
        const std::filesystem::path text = request.text.empty() ? built_in_evaluation_file() : request.text;
        const Windows windows =
            cut_windows(read_text(text), tokenizer, request.sequence_length, request.windows, request.bos);
        out.ids = windows.rows;
        protocol.bos = windows.bos;
        protocol.text = request.text.empty() ? "built-in" : text.filename().string();
    } else {
        CalibrationOptions options;
        options.samples = static_cast<std::size_t>(request.windows);
        options.sequence_length = static_cast<std::size_t>(request.sequence_length);
        options.seed = request.seed;
        options.packing = true;
        out.ids = build_calibration_set(read_dataset(request.calibration, stop), tokenizer, options,
                                        request.calibration.filename().string(), stop)
                      .rows;
        protocol.bos = "none";
        protocol.text = request.calibration.filename().string();
    }
    for (const auto& row : out.ids) {
        out.lengths.push_back(static_cast<std::int64_t>(row.size()));
        out.longest = std::max(out.longest, out.lengths.back());
        out.tokens += out.lengths.back();
    }
    protocol.windows = static_cast<int>(out.ids.size());
    protocol.sequence_length = static_cast<int>(out.longest);
    return out;
}

std::vector<SensitivityTask> tasks_of(const SensitivityRequest& request, const SensitivityTable& table,
                                      const ModelConfig& config,
                                      const std::function<bool(const SensitivityRow&)>& known) {
    std::map<std::string, const Scheme*> schemes;
    for (const Scheme& scheme : request.schemes) schemes[scheme.name] = &scheme;
    std::map<std::string, Module> modules;
    for (const Module& module : linear_modules(config)) modules[module.name] = module;
    std::vector<SensitivityTask> out;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const SensitivityRow& row = table.rows[i];
        const auto scheme = schemes.find(row.scheme); // not there: kept from an earlier measurement
        if (known(row) || row.layer < 0 || scheme == schemes.end()) continue;
        SensitivityTask task{i, scheme->second, {}, row.layer};
        for (const std::string& name : row.modules) task.modules.push_back(modules.at(name));
        out.push_back(std::move(task));
    }
    return out;
}

double layer_parameters(const ModelConfig& config) {
    double out = 0;
    for (const Module& module : linear_modules(config))
        if (module.layer == 0) out += static_cast<double>(module.rows * module.columns);
    return out;
}

double head_share(const ModelConfig& config) {
    return static_cast<double>(config.vocabulary * config.hidden) / layer_parameters(config);
}

std::uint64_t state_memory(const SensitivityRequest& request, const Device& device) {
    if (request.memory_bytes > 0) return request.memory_bytes;
    const Hardware hardware = detect_hardware();
    if (!device.is_cpu() && !hardware.devices.empty()) return hardware.devices.front().free_bytes / 2;
    const std::uint64_t share = hardware.cpu.memory_bytes / 4, free = available_memory();
    return free > 0 ? std::min(share, free / 2) : share;
}

} // namespace octavo
