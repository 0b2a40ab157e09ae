// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "checkpoint/safetensors.h"

namespace octavo {

/// A Hugging Face model folder: config.json, one or more safetensors shards, and what lies beside them.
/// Opening it checks everything that can be checked without reading weights; nothing outside the folder is touched
/// (symbolic links of the hub's cache layout, snapshots/… → ../../blobs/…, are followed). Safe to share between
/// threads.
class ModelFolder {
public:
    /// Throws Error(unusable_model): no folder, no config.json, pickled weights only, index naming a missing shard or a
    /// path outside, a tensor in two shards.
    explicit ModelFolder(const std::filesystem::path& folder);

    const std::filesystem::path& path() const { return path_; }
    std::string name() const; ///< last path component, for people
    const Json& config() const { return config_; }
    const std::vector<TensorSpec>& tensors() const { return tensors_; } ///< all shards, in shard and data order
    bool contains(std::string_view name) const;
    const TensorSpec& spec(std::string_view name) const;          ///< throws Error(unusable_model) naming the tensor
    std::span<const std::byte> data(std::string_view name) const; ///< valid as long as this object
    void drop(std::string_view name) const;
    const std::vector<std::filesystem::path>& shards() const { return shard_paths_; }
    std::uint64_t weight_bytes() const; ///< Σ bytes of all tensors
    /// quantization_config of config.json (or of its text_config), if the model is quantized already.
    std::optional<Json> quantization_config() const;
    /// Files an export takes along: tokenizer, template, generation config, licence, …; never config.json, weights or
    /// indexes. Each path begins with path().
    std::vector<std::filesystem::path> side_files() const;
    /// Hex digest over config.json and the names, shapes, sizes and times of the shards: tells whether a run belongs to
    /// this model.
    std::string fingerprint() const;

private:
    std::filesystem::path path_;
    Json config_;
    std::vector<std::filesystem::path> shard_paths_;
    std::vector<std::shared_ptr<SafetensorsFile>> shards_;
    std::vector<TensorSpec> tensors_;
    std::map<std::string, std::size_t, std::less<>> shard_of_;
};

} // namespace octavo
