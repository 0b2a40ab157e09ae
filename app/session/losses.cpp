// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/losses.h"

#include <algorithm>
#include <cstring>

#include "base/files.h"
#include "base/json.h"
#include "checkpoint/safetensors.h"
#include "report/fields.h"
#include "report/run_folder.h"
#include "text/tokenizer.h"

namespace octavo::gui {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largestPassages = std::size_t(4) << 20; ///< bytes of passages.json

fs::path lossesFile(const fs::path& folder) { return folder / "losses.safetensors"; }
fs::path passagesFile(const fs::path& folder) { return folder / "passages.json"; }

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

void writePassages(const fs::path& folder, const TokenLosses& tokens, const std::vector<fs::path>& tokenizers) {
    std::vector<Passage> passages = worstPassages(tokens, passageLength, keptPassages);
    if (!decodePassages(passages, tokenizers)) return;
    Json list = Json::array();
    for (const Passage& passage : passages)
        list.push_back({{"first", passage.first}, {"count", passage.count}, {"text", passage.text}});
    write_file_atomically(passagesFile(folder), document_text({{"passages", list}}, 1));
}

} // namespace

bool decodePassages(std::vector<Passage>& passages, const std::vector<fs::path>& tokenizers) {
    for (const fs::path& folder : tokenizers) {
        try {
            const Tokenizer tokenizer(folder);
            for (Passage& passage : passages) passage.text = tokenizer.decode(passage.ids);
            return true;
        } catch (const Error&) {
            // The next one, or none: the figures say the same without the words.
        }
    }
    return false;
}

std::vector<Passage> readPassages(const fs::path& runFolder, const TokenLosses& losses) {
    std::vector<Passage> passages = worstPassages(losses, passageLength, keptPassages);
    std::error_code status;
    if (!fs::is_regular_file(passagesFile(runFolder), status)) return passages;
    try {
        const Json json = read_json(passagesFile(runFolder), ErrorCode::unusable_run, largestPassages);
        const Json* list = Fields(json, "passages").find("passages");
        if (!list || !list->is_array()) return passages;
        for (const Json& one : *list) {
            const Fields fields(one, "passages");
            std::uint64_t first = 0, count = 0;
            std::string text;
            fields.read("first", first);
            fields.read("count", count);
            fields.read("text", text);
            for (Passage& passage : passages)
                if (passage.first == first && passage.count == count) passage.text = text;
        }
    } catch (const Error&) {
        // A damaged file costs the words, not the run.
    }
    return passages;
}

void storeEvaluation(const fs::path& runFolder, const EvaluateResult& result, const std::vector<fs::path>& tokenizers) {
    RunRecord record = Run::open(runFolder).record;
    record.metrics = result.metrics;
    std::erase_if(record.phases, [](const PhaseRecord& phase) { return phase.name == "evaluate"; });
    record.phases.push_back({"evaluate", result.metrics.seconds});
    if (!result.tokens.loss.empty()) {
        writeLosses(runFolder, result.tokens);
        writePassages(runFolder, result.tokens, tokenizers);
    }
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

} // namespace octavo::gui
