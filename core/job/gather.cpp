// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/gather.h"

#include <charconv>

#include "engine/engine.h"

namespace octavo {

namespace {

/// What the chat template writes before the first word of a user: a model that was trained on chats goes on with a
/// question and its answer (Xu et al. 2024, Magpie, arXiv 2406.08464). Else the token that starts a text.
std::vector<std::int32_t> opening(const Tokenizer& tokenizer, const ModelConfig& config) {
    const std::string mark = "OCTAVO";
    if (tokenizer.has_chat_template()) {
        const std::string text = tokenizer.render({{"user", mark}});
        if (const std::size_t at = text.find(mark); at != std::string::npos && at > 0)
            return tokenizer.encode(text.substr(0, at), false);
    }
    if (tokenizer.bos_token()) return {*tokenizer.bos_token()};
    if (!config.eos_tokens.empty()) return {static_cast<std::int32_t>(config.eos_tokens.front())};
    throw Error(ErrorCode::unusable_data, msg("The model has no token that starts a text, so it cannot write any"),
                msg("Calibrate with a dataset."));
}

class Gatherer {
public:
    Gatherer(const QuantizeRequest& request, const ModelConfig& config, Sink& sink, const std::stop_token& stop)
        : request_(request), config_(config), sink_(sink), stop_(stop), tokenizer_(request.model) {}

    CalibrationSet all() {
        return read_calibration(request_, tokenizer_, stop_, [this](std::size_t samples) { return own_text(samples); });
    }

private:
    CalibrationSet own_text(std::size_t samples) {
        const CalibrationOptions& options = request_.calibration_options;
        GenerateRequest writing;
        writing.model = request_.model;
        writing.prompts.assign(samples, opening(tokenizer_, config_));
        writing.length = static_cast<std::int64_t>(options.sequence_length);
        writing.stop_at_end = false; // every row has the full length
        writing.seed = options.seed;
        writing.threads = request_.threads;
        writing.device = request_.device;
        CalibrationSet out;
        out.rows = load_engine().generate(writing, sink_, stop_);
        out.record = {"self",       static_cast<std::int64_t>(samples),
                      out.tokens(), static_cast<int>(options.sequence_length),
                      false,        options.seed};
        return out;
    }

    const QuantizeRequest& request_;
    const ModelConfig& config_;
    Sink& sink_;
    const std::stop_token& stop_;
    Tokenizer tokenizer_;
};

} // namespace

void check_ids(const std::vector<std::int32_t>& ids, const ModelConfig& config, const std::filesystem::path& model) {
    for (const std::int32_t id : ids)
        if (id < 0 || id >= config.vocabulary)
            throw Error(
                ErrorCode::unusable_model,
                msg("The tokenizer gives the id %1, but the model's vocabulary has %2 tokens", id, config.vocabulary),
                msg("The tokenizer does not belong to this model: fetch the model again."),
                {.file = (model / "tokenizer.json").string()});
}

CalibrationSet read_calibration(const QuantizeRequest& request, const Tokenizer& tokenizer, const std::stop_token& stop,
                                const TextWriter& write) {
    const auto part = [&](const DataSource& source, std::size_t samples) {
        if (source.kind == DataSource::Kind::self) return write(samples);
        CalibrationOptions options = request.calibration_options;
        options.samples = samples;
        const bool built_in = source.kind == DataSource::Kind::built_in;
        const std::filesystem::path file = built_in ? built_in_calibration_file() : source.file;
        return build_calibration_set(read_dataset(file, stop, built_in ? ColumnNames() : request.columns), tokenizer,
                                     options, source.name(), stop);
    };
    const CalibrationOptions& options = request.calibration_options;
    const std::vector<DataSource>& parts = request.mixture;
    if (parts.empty()) {
        const bool built_in = request.calibration.empty();
        return part({built_in ? DataSource::Kind::built_in : DataSource::Kind::file, request.calibration},
                    options.samples);
    }
    const std::vector<std::size_t> counts = shares(parts, options.samples);
    std::vector<CalibrationSet> sets;
    for (std::size_t i = 0; i < parts.size(); ++i) sets.push_back(part(parts[i], counts[i]));
    return mixed(std::move(sets), options.seed);
}

CalibrationSet gather_calibration(const QuantizeRequest& request, const ModelConfig& config, Sink& sink,
                                  const std::stop_token& stop) {
    if (!request.calibration_ids.empty()) return read_calibration_ids(request.calibration_ids, config.vocabulary);
    CalibrationSet out = Gatherer(request, config, sink, stop).all();
    for (const auto& row : out.rows) check_ids(row, config, request.model);
    return out;
}

std::string to_text(const DataSource& source) {
    std::string out = source.kind == DataSource::Kind::self ? "self"
                      : source.kind == DataSource::Kind::built_in
                          ? "builtin"
                          : std::filesystem::absolute(source.file).lexically_normal().string();
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, source.weight).ptr;
    return out + ":" + std::string(digits, end);
}

} // namespace octavo
