// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "checkpoint/model_folder.h"
#include "recipe/recipe.h"

namespace octavo {

/// One quantized matrix as it goes to disk, in the terms of its scheme's format: local tensor name ("weight",
/// "weight_scale", "weight_packed", …) → bytes, exactly the tensors of compressed_tensors_of().
using CompressedMatrix = std::map<std::string, std::vector<std::byte>>;

/// Tensors that a module has on disk under `scheme`: full names, dtypes and shapes, reference "1.2 Tensors written per
/// module".
std::vector<TensorSpec> compressed_tensors_of(const Module& module, const Scheme& scheme, Dtype model_dtype);
/// Bytes of all of them.
std::uint64_t compressed_bytes_of(const Module& module, const Scheme& scheme, Dtype model_dtype);

/// quantization_config for the resolved recipe: minimal keys, expanded ignore names, one group per distinct scheme.
Json quantization_config(const ResolvedRecipe& resolved);

struct ExportOptions {
    std::filesystem::path target;
    bool overwrite = false;
    std::uint64_t shard_bytes = std::uint64_t(5) << 30;
    std::vector<TensorSpec> added = {}; ///< tensors that the source does not have (scales of the KV cache, a head)
    Json config = Json::object();       ///< keys of config.json whose values are others than the source's
};

/// Streams a quantized checkpoint: into a temporary folder beside the target, shard headers first, tensors in any order
/// and from any thread as they come; complete() copies what did not change and writes config and index, publish()
/// renames. Destroyed before that, it leaves nothing behind. `source` must outlive it and is never written to. Throws
/// Error(unusable_target) from the constructor: target exists and overwrite is off, lies in the model folder (or the
/// other way round), is not writable; Error(disk_full) when the space is not there before the work starts;
/// Error(unusable_recipe) when a module cannot be written in its scheme.
class Exporter {
public:
    /// Called between the pieces that complete() copies; may throw to stop.
    using Progress = std::function<void(std::uint64_t copied, std::uint64_t total)>;

    Exporter(const ModelFolder& source, const ResolvedRecipe& resolved, const ExportOptions& options);
    ~Exporter();
    Exporter(const Exporter&) = delete;
    Exporter& operator=(const Exporter&) = delete;

    /// The matrix of a module that the recipe quantizes.
    void write(const std::string& module, const CompressedMatrix& matrix);
    /// A tensor that stays in its dtype but whose values changed (a smoothed norm, the bias of a smoothed up), or
    /// one of those that are added.
    void write(const std::string& tensor, std::span<const std::byte> bytes);
    /// The same piece by piece, from the beginning of the tensor on; an empty one is the end.
    void write(const std::string& tensor, const std::function<std::vector<std::byte>()>& next);
    std::uint64_t bytes_total() const;              ///< of the finished weights
    const std::vector<TensorSpec>& tensors() const; ///< of the finished weights, in their order on disk
    /// Makes the temporary folder whole and durable; returns its path, so that it can be verified before anybody sees
    /// it. Throws Error(internal) when a quantized module was never written.
    std::filesystem::path complete(const Progress& progress = {});
    /// Renames the completed folder to the target; with overwrite, what was there is deleted afterwards.
    void publish();
    void finish() {
        complete();
        publish();
    }

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace octavo
