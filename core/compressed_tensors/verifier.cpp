// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/verifier.h"

#include <algorithm>

#include "compressed_tensors/verify_parts.h"

namespace octavo {

namespace {

bool says_tied(const Json& config, bool otherwise) {
    if (const auto tied = config.find("tie_word_embeddings"); tied != config.end() && tied->is_boolean())
        return tied->get<bool>();
    const auto text = config.find("text_config");
    return text != config.end() && text->is_object() ? says_tied(*text, otherwise) : otherwise;
}

/// Modules and architecture; a contradiction between config.json and tensors becomes a finding and the modules come
/// from names.
void read_architecture(Inspected& inspected, Findings& findings) {
    const ModelFolder& folder = inspected.folder;
    try {
        inspected.config = read_model_config(folder);
        inspected.modules = linear_modules(*inspected.config);
        inspected.tied_head = inspected.config->tied_head;
        findings.pass("config.tensors", msg("The configuration describes the tensors that are there"));
        return;
    } catch (const Error& error) {
        const std::string& tensor = error.place().tensor;
        const bool missing = !tensor.empty() && !folder.contains(tensor);
        if (error.code() == ErrorCode::unsupported_architecture)
            findings.pass("config.tensors",
                          msg("The architecture is not known here; matrices were found by their names"));
        else
            findings.fail(missing ? "tensors.complete" : "config.tensors",
                          tensor.empty() ? error.message() : msg("%1: %2", tensor, error.message()), error.advice());
    }
    inspected.modules = linear_modules(folder);
    // Without a word about it, a head is tied when there is none.
    inspected.tied_head = says_tied(folder.config(), !folder.contains("lm_head.weight"));
}

void verify_opened(const ModelFolder& folder, std::optional<ComputeCapability> target, Findings& findings,
                   const std::stop_token& stop) {
    verify_files(folder, findings);
    std::optional<QuantizationConfig> quantization = verify_config(folder, findings);
    if (!quantization) return;
    Inspected inspected{folder, {}, {}, false, std::move(*quantization), {}};
    read_architecture(inspected, findings);
    for (const Module& module : inspected.modules)
        inspected.schemes.push_back(inspected.quantization.scheme_for(module));
    verify_schemes(inspected, target, findings);
    verify_tensors(inspected, findings);
    verify_values(inspected, findings, stop);
}

} // namespace

std::vector<Check> verify_export(const std::filesystem::path& folder, std::optional<ComputeCapability> target,
                                 const std::stop_token& stop) {
    Findings findings;
    if (!verify_index(folder, findings)) return findings.take();
    std::optional<ModelFolder> opened;
    try {
        opened.emplace(folder);
        findings.pass("folder.opens", msg("The folder opens with its configuration (tensors: %1, files: %2)",
                                          opened->tensors().size(), opened->shards().size()));
    } catch (const Error& error) {
        const std::string& where = error.place().tensor.empty()
                                       ? std::filesystem::path(error.place().file).filename().string()
                                       : error.place().tensor;
        findings.fail("folder.opens", where.empty() ? error.message() : msg("%1: %2", where, error.message()),
                      error.advice());
        return findings.take();
    }
    try {
        verify_opened(*opened, target, findings, stop);
    } catch (const std::exception& error) {
        const auto* own = dynamic_cast<const Error*>(&error);
        if (own && own->code() == ErrorCode::cancelled) throw;
        // Something that no rule foresaw is a defect of the folder all the same.
        findings.fail(
            "folder.readable",
            msg("The folder could not be verified to the end: %1", own ? own->message() : msg("%1", error.what())),
            msg("Export it again."));
    }
    return findings.take();
}

bool passed(const std::vector<Check>& checks) {
    return std::none_of(checks.begin(), checks.end(),
                        [](const Check& check) { return check.status == Check::Status::fail; });
}

} // namespace octavo
