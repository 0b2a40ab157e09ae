// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "architecture/architecture.h"
#include "compressed_tensors/findings.h"
#include "compressed_tensors/read_config.h"
#include "compressed_tensors/verifier.h"

namespace octavo {

/// A folder under verification, as far as it could be understood.
struct Inspected {
    const ModelFolder& folder;
    std::optional<ModelConfig> config; ///< none: an architecture known by names only
    std::vector<Module> modules;
    bool tied_head = false;
    QuantizationConfig quantization;
    std::vector<std::optional<Scheme>> schemes; ///< per module, with the loaders' matching rules
};

/// index.consistent before the folder is opened: every entry names a file that is there. False when opening makes no
/// sense.
bool verify_index(const std::filesystem::path& folder, Findings& findings);
/// index.total, tokenizer.loads, generation_config.parses.
void verify_files(const ModelFolder& folder, Findings& findings);

/// Keys, formats, groups of quantization_config. The parsed configuration, or none when it cannot be used at all.
std::optional<QuantizationConfig> verify_config(const ModelFolder& folder, Findings& findings);
/// Targets, ignore, fused sets, routers, head, servable schemes, capability.
void verify_schemes(const Inspected& inspected, std::optional<ComputeCapability> target, Findings& findings);

/// Names, dtypes, shapes, completeness.
void verify_tensors(const Inspected& inspected, Findings& findings);
/// Every value on disk: scales, codes, norms, embeddings. Throws Error(cancelled).
void verify_values(const Inspected& inspected, Findings& findings, const std::stop_token& stop);

} // namespace octavo
