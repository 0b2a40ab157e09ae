// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "compressed_tensors/verify_parts.h"
#include "text/tokenizer.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr const char* index_name = "model.safetensors.index.json";

Message fetch_again() { return msg("Export the folder again."); }

} // namespace

bool verify_index(const fs::path& folder, Findings& findings) {
    std::error_code status;
    if (!fs::exists(folder / index_name, status)) {
        findings.pass("index.consistent", msg("One file of tensors, no index needed"));
        return true;
    }
    try {
        const Json index = read_json(folder / index_name, ErrorCode::unusable_model);
        const auto map = index.is_object() ? index.find("weight_map") : index.end();
        if (!index.is_object() || map == index.end() || !map->is_object()) {
            findings.fail("index.consistent", msg("The index has no weight_map"), fetch_again());
            return false;
        }
        for (const auto& [tensor, file] : map->items())
            if (!file.is_string() || !fs::is_regular_file(folder / file.get<std::string>(), status)) {
                findings.fail("index.consistent",
                              msg("The index says that %1 is in %2, which is not there", tensor, file.dump()),
                              fetch_again());
                return false;
            }
        return true;
    } catch (const Error& error) {
        findings.fail("index.consistent", error.message(), fetch_again());
        return false;
    }
}

namespace {

void verify_total(const ModelFolder& folder, Findings& findings) {
    std::error_code status;
    if (!fs::exists(folder.path() / index_name, status)) return;
    const Json index = read_json(folder.path() / index_name, ErrorCode::unusable_model);
    const Json& map = index.at("weight_map");
    for (const TensorSpec& tensor : folder.tensors())
        if (!map.contains(tensor.name))
            findings.fail("index.consistent", msg("The index does not know %1", tensor.name), fetch_again());
    const auto metadata = index.find("metadata");
    const auto total = metadata != index.end() && metadata->is_object() ? metadata->find("total_size") : index.end();
    if (metadata != index.end() && metadata->is_object() && total != metadata->end() && total->is_number() &&
        total->get<double>() != static_cast<double>(folder.weight_bytes()))
        findings.fail("index.consistent",
                      msg("The index gives %1 bytes for tensors of %2 bytes", total->dump(), folder.weight_bytes()),
                      fetch_again());
    findings.pass("index.consistent", msg("The index names every tensor and file"));
}

/// Loaders that go by the pattern *.safetensors would read a file that the index does not name.
void verify_strays(const ModelFolder& folder, Findings& findings) {
    std::set<std::string> known;
    for (const fs::path& shard : folder.shards()) known.insert(shard.filename().string());
    std::error_code status;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.path(), status)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".safetensors") && !known.contains(name))
            findings.fail("folder.strays", msg("%1 does not belong to the model, but loaders may read it", name),
                          msg("Move the file out of the folder."));
    }
    findings.pass("folder.strays", msg("No file of tensors besides the model's"));
}

} // namespace

void verify_files(const ModelFolder& folder, Findings& findings) {
    verify_total(folder, findings);
    verify_strays(folder, findings);
    try {
        const Tokenizer tokenizer(folder.path());
        findings.pass("tokenizer.loads", msg("The tokenizer loads (%1 ids)", tokenizer.vocabulary()));
    } catch (const Error& error) {
        std::error_code status;
        const bool absent = !fs::exists(folder.path() / "tokenizer.json", status) &&
                            !fs::exists(folder.path() / "tokenizer.model", status);
        // Some models come with a tokenizer in other files, which vLLM may know how to read.
        if (absent)
            findings.warn("tokenizer.loads", msg("There is no tokenizer.json or tokenizer.model"),
                          msg("Serve with --tokenizer, or copy the original's files."));
        else
            findings.fail("tokenizer.loads", msg("The tokenizer does not load: %1", error.message()),
                          msg("Copy the tokenizer files of the original model."));
    }
    std::error_code status;
    if (!fs::exists(folder.path() / "generation_config.json", status)) {
        findings.pass("generation_config.parses", msg("No generation configuration: loaders use their defaults"));
        return;
    }
    try {
        if (!read_json(folder.path() / "generation_config.json", ErrorCode::unusable_model).is_object())
            throw Error(ErrorCode::unusable_model, msg("generation_config.json is not a JSON object"));
        findings.pass("generation_config.parses", msg("The generation configuration can be read"));
    } catch (const Error& error) {
        findings.fail("generation_config.parses", error.message(),
                      msg("Copy generation_config.json of the original model, or remove it."));
    }
}

} // namespace octavo
