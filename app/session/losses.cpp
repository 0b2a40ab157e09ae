// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/losses.h"

#include <algorithm>
#include <cstring>

#include "base/files.h"
#include "checkpoint/safetensors.h"
#include "report/run_folder.h"

namespace octavo::gui {

namespace {

namespace fs = std::filesystem;

fs::path lossesFile(const fs::path& folder) { return folder / "losses.safetensors"; }

template <class Number>
std::span<const std::byte> bytesOf(const std::vector<Number>& values) {
    return std::as_bytes(std::span(values));
}

void writeLosses(const fs::path& folder, const TokenLosses& tokens) {
    const auto spec = [](const char* name, Dtype dtype, std::size_t count) {
        return TensorSpec{name, dtype, {static_cast<std::int64_t>(count)}};
    };
    fs::path temporary = lossesFile(folder);
    temporary += ".tmp";
    try {
        SafetensorsWriter writer(temporary, {spec("loss", Dtype::f32, tokens.loss.size()),
                                             spec("reference_loss", Dtype::f32, tokens.reference_loss.size()),
                                             spec("kl", Dtype::f32, tokens.kl.size()),
                                             spec("ids", Dtype::i32, tokens.ids.size())});
        if (!tokens.loss.empty()) writer.write("loss", bytesOf(tokens.loss));
        if (!tokens.reference_loss.empty()) writer.write("reference_loss", bytesOf(tokens.reference_loss));
        if (!tokens.kl.empty()) writer.write("kl", bytesOf(tokens.kl));
        if (!tokens.ids.empty()) writer.write("ids", bytesOf(tokens.ids));
        writer.finish();
        fs::rename(temporary, lossesFile(folder));
    } catch (...) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw;
    }
    sync_to_disk(folder);
}

template <class Number>
std::vector<Number> readArray(const SafetensorsFile& file, const char* name, Dtype dtype) {
    if (!file.contains(name) || file.spec(name).dtype != dtype) return {};
    const std::span<const std::byte> bytes = file.data(name);
    std::vector<Number> out(bytes.size() / sizeof(Number));
    if (!out.empty()) std::memcpy(out.data(), bytes.data(), out.size() * sizeof(Number));
    return out;
}

} // namespace

void storeEvaluation(const fs::path& runFolder, const EvaluateResult& result) {
    RunRecord record = Run::open(runFolder).record;
    record.metrics = result.metrics;
    std::erase_if(record.phases, [](const PhaseRecord& phase) { return phase.name == "evaluate"; });
    record.phases.push_back({"evaluate", result.metrics.seconds});
    if (!result.tokens.loss.empty()) writeLosses(runFolder, result.tokens);
    if (!result.report.texts.empty()) write_comparison(runFolder / comparison_file_name, result.report);
    write_file_atomically(runFolder / "run.json", to_json(record).dump(1, ' ', false, Json::error_handler_t::replace));
}

std::shared_ptr<const TokenLosses> readLosses(const fs::path& runFolder) {
    std::error_code status;
    if (!fs::is_regular_file(lossesFile(runFolder), status)) return nullptr;
    try {
        const SafetensorsFile file(lossesFile(runFolder));
        auto tokens = std::make_shared<TokenLosses>();
        tokens->ids = readArray<std::int32_t>(file, "ids", Dtype::i32);
        tokens->loss = readArray<float>(file, "loss", Dtype::f32);
        tokens->reference_loss = readArray<float>(file, "reference_loss", Dtype::f32);
        tokens->kl = readArray<float>(file, "kl", Dtype::f32);
        // The arrays stand side by side; a file in which they do not match says nothing.
        const std::size_t count = tokens->loss.size();
        if (count == 0 || tokens->ids.size() != count ||
            (!tokens->reference_loss.empty() && tokens->reference_loss.size() != count) ||
            (!tokens->kl.empty() && tokens->kl.size() != count))
            return nullptr;
        return tokens;
    } catch (const Error&) {
        return nullptr;
    }
}

std::vector<std::pair<double, double>> differenceAlongText(const TokenLosses& losses, std::size_t points) {
    const std::size_t tokens = std::min(losses.loss.size(), losses.reference_loss.size());
    std::vector<std::pair<double, double>> line;
    if (tokens == 0 || points == 0) return line;
    const std::size_t block = (tokens + points - 1) / points;
    for (std::size_t first = 0; first < tokens; first += block) {
        const std::size_t last = std::min(tokens, first + block);
        double sum = 0;
        for (std::size_t i = first; i < last; ++i) sum += double(losses.loss[i]) - losses.reference_loss[i];
        line.emplace_back((double(first) + double(last - 1)) / 2, sum / double(last - first));
    }
    return line;
}

} // namespace octavo::gui
