// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation.h"

#include <algorithm>
#include <cstring>

#include "base/files.h"
#include "checkpoint/safetensors.h"
#include "report/run_folder.h"

namespace octavo {

namespace {

namespace fs = std::filesystem;

fs::path losses_file(const fs::path& folder) { return folder / "losses.safetensors"; }

template <class Number>
std::span<const std::byte> bytes_of(const std::vector<Number>& values) {
    return std::as_bytes(std::span(values));
}

void write_losses(const fs::path& folder, const TokenLosses& tokens) {
    const auto spec = [](const char* name, Dtype dtype, std::size_t count) {
        return TensorSpec{name, dtype, {static_cast<std::int64_t>(count)}};
    };
    fs::path temporary = losses_file(folder);
    temporary += ".tmp";
    try {
        SafetensorsWriter writer(temporary, {spec("loss", Dtype::f32, tokens.loss.size()),
                                             spec("reference_loss", Dtype::f32, tokens.reference_loss.size()),
                                             spec("kl", Dtype::f32, tokens.kl.size()),
                                             spec("ids", Dtype::i32, tokens.ids.size())});
        if (!tokens.loss.empty()) writer.write("loss", bytes_of(tokens.loss));
        if (!tokens.reference_loss.empty()) writer.write("reference_loss", bytes_of(tokens.reference_loss));
        if (!tokens.kl.empty()) writer.write("kl", bytes_of(tokens.kl));
        if (!tokens.ids.empty()) writer.write("ids", bytes_of(tokens.ids));
        writer.finish();
        fs::rename(temporary, losses_file(folder));
    } catch (...) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw;
    }
    sync_to_disk(folder);
}

template <class Number>
std::vector<Number> read_array(const SafetensorsFile& file, const char* name, Dtype dtype) {
    if (!file.contains(name) || file.spec(name).dtype != dtype) return {};
    const std::span<const std::byte> bytes = file.data(name);
    std::vector<Number> out(bytes.size() / sizeof(Number));
    if (!out.empty()) std::memcpy(out.data(), bytes.data(), out.size() * sizeof(Number));
    return out;
}

} // namespace

void check_evaluated_run(const fs::path& run_folder, const fs::path& folder) {
    const RunRecord record = Run::open(run_folder).record;
    if (record.status == "running")
        throw Error(ErrorCode::unusable_run, msg("The run is not finished: it keeps no evaluation"),
                    msg("Wait for its end, or leave the run out."), {.file = run_folder.string()});
    if (fs::weakly_canonical(record.output) != fs::weakly_canonical(folder))
        throw Error(ErrorCode::unusable_run,
                    msg("The run exported to %1, but %2 is evaluated", record.output, folder.string()),
                    msg("Name the run that made this folder, or leave the run out."), {.file = run_folder.string()});
}

void store_evaluation(const fs::path& run_folder, const EvaluateResult& result) {
    RunRecord record = Run::open(run_folder).record;
    record.metrics = result.metrics;
    std::erase_if(record.phases, [](const PhaseRecord& phase) { return phase.name == "evaluate"; });
    record.phases.push_back({"evaluate", result.metrics.seconds});
    if (!result.tokens.loss.empty()) write_losses(run_folder, result.tokens);
    if (!result.report.texts.empty()) write_comparison(run_folder / comparison_file_name, result.report);
    write_file_atomically(run_folder / "run.json", to_json(record).dump(1, ' ', false, Json::error_handler_t::replace));
}

std::shared_ptr<const TokenLosses> read_losses(const fs::path& run_folder) {
    std::error_code status;
    if (!fs::is_regular_file(losses_file(run_folder), status)) return nullptr;
    try {
        const SafetensorsFile file(losses_file(run_folder));
        auto tokens = std::make_shared<TokenLosses>();
        tokens->ids = read_array<std::int32_t>(file, "ids", Dtype::i32);
        tokens->loss = read_array<float>(file, "loss", Dtype::f32);
        tokens->reference_loss = read_array<float>(file, "reference_loss", Dtype::f32);
        tokens->kl = read_array<float>(file, "kl", Dtype::f32);
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

} // namespace octavo
