// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace octavo {

/// Which files make up a model. Names are plain file names inside the folder.
struct ShardIndex {
    std::vector<std::string> files;             ///< in the order in which they are read
    std::map<std::string, std::string> file_of; ///< tensor → file; empty where there is no index
};

/// Finds the weights of a folder as transformers does: model.safetensors, else model.safetensors.index.json; besides,
/// numbered shards without an index when none is missing, or the only *.safetensors file there is. Throws
/// Error(unusable_model): none or only pickled ones, an index that is broken, names a missing file or a path outside.
ShardIndex find_shards(const std::filesystem::path& folder);

/// Throws Error(unusable_model) unless `file`, with links resolved, lies in `folder` or in the blobs/ of the hub cache
/// that holds it.
void require_inside(const std::filesystem::path& file, const std::filesystem::path& folder);

} // namespace octavo
