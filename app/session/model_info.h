// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "architecture/architecture.h"
#include "report/run_record.h"

namespace octavo::gui {

/// An opened model folder: what the set-up panel and the tree show of it.
struct ModelInfo {
    QString path, name;
    std::optional<ModelConfig> config; ///< none: known by tensor names only, data-free schemes work
    QString note;                      ///< why there is no config, translated
    std::vector<Module> modules;
    std::uint64_t weightBytes = 0;
    std::int64_t parameters = 0;
    QString architecture, dtype, fingerprint;
    bool alreadyQuantized = false;
};

/// Opens the folder and reads what can be read without weights. Throws octavo::Error.
std::shared_ptr<const ModelInfo> readModelInfo(const std::filesystem::path& folder);

/// The modules that a run knew, for editing its recipe without its model. Fused sets are told from layer and role.
std::vector<Module> modulesOf(const RunRecord& record);

} // namespace octavo::gui
