// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/exporter.h"

#include <cerrno>
#include <cstdio>
#include <mutex>
#include <set>

#include "base/files.h"
#include "compressed_tensors/compressor.h"
#include "compressed_tensors/export_target.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t copy_piece = std::size_t(8) << 20;

struct Slot {
    std::size_t shard = 0;
    bool from_source = false; ///< copied by complete() unless somebody writes it
    bool written = false;
};

/// Tensors of the export in the order of the source, each quantized weight replaced by what its scheme writes.
std::vector<TensorSpec> planned_tensors(const ModelFolder& source, const ResolvedRecipe& resolved) {
    std::map<std::string, std::size_t, std::less<>> quantized;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i) {
        if (!resolved.schemes[i]) continue;
        const std::string weight = resolved.modules[i].name + ".weight";
        if (!source.contains(weight))
            throw Error(
                ErrorCode::unusable_recipe,
                msg("%1 has no weight of its own, so it cannot be quantized", resolved.modules[i].name),
                msg("Add it to the recipe's ignore list (a head that shares the embedding's weight stays as it is)."),
                {.layer = resolved.modules[i].name});
        require_implemented(*resolved.schemes[i]);
        quantized.emplace(weight, i);
    }
    std::vector<TensorSpec> specs;
    for (const TensorSpec& spec : source.tensors()) {
        const auto found = quantized.find(spec.name);
        if (found == quantized.end()) {
            specs.push_back(spec);
            continue;
        }
        const Module& module = resolved.modules[found->second];
        if (spec.shape != std::vector<std::int64_t>{module.rows, module.columns})
            throw Error(ErrorCode::unusable_model,
                        msg("The tensor does not have the shape that the configuration says"),
                        msg("Download the model again."), {.file = source.path().string(), .tensor = spec.name});
        for (TensorSpec& part : compressed_tensors_of(module, *resolved.schemes[found->second], spec.dtype))
            specs.push_back(std::move(part));
    }
    return specs;
}

std::string shard_name(std::size_t shard, std::size_t shards) {
    if (shards == 1) return "model.safetensors";
    char name[64];
    std::snprintf(name, sizeof name, "model-%05zu-of-%05zu.safetensors", shard + 1, shards);
    return name;
}

void copy_durably(const fs::path& from, const fs::path& to) {
    std::error_code status;
    fs::create_directories(to.parent_path(), status);
    if (!status) fs::copy_file(from, to, status);
    if (status) {
        errno = status.value();
        throw_errno(msg("The file could not be copied"), from);
    }
    sync_to_disk(to);
}

} // namespace

struct Exporter::State {
    const ModelFolder& source;
    ResolvedRecipe resolved;
    std::map<std::string, TensorSpec, std::less<>> added;
    std::vector<TensorSpec> specs;
    Json config_changes;
    std::uint64_t bytes = 0;
    std::unique_ptr<ExportTarget> target;
    std::set<std::string, std::less<>> quantized_parts; ///< full names of the tensors that write(module, …) brings
    std::map<std::string, Slot, std::less<>> slots;
    std::vector<std::string> shard_names;
    std::vector<std::unique_ptr<SafetensorsWriter>> shards;
    std::mutex guard;
    bool complete = false;

    State(const ModelFolder& model, const ResolvedRecipe& recipe, const std::vector<TensorSpec>& more)
        : source(model), resolved(recipe), specs(planned_tensors(model, recipe)) {
        for (const TensorSpec& spec : more) {
            added.emplace(spec.name, spec);
            specs.push_back(spec);
        }
        for (const TensorSpec& spec : specs) bytes += spec.bytes();
        for (std::size_t i = 0; i < resolved.modules.size(); ++i) {
            const Module& module = resolved.modules[i];
            if (!resolved.schemes[i]) continue;
            for (const TensorSpec& part :
                 compressed_tensors_of(module, *resolved.schemes[i], model.spec(module.name + ".weight").dtype))
                quantized_parts.insert(part.name);
        }
    }

    void plan_shards(std::uint64_t shard_bytes) {
        std::vector<std::vector<TensorSpec>> parts(1);
        std::uint64_t used = 0;
        for (const TensorSpec& spec : specs) {
            if (!parts.back().empty() && used + spec.bytes() > shard_bytes) {
                parts.emplace_back();
                used = 0;
            }
            used += spec.bytes();
            parts.back().push_back(spec);
            if (!slots.emplace(spec.name, Slot{parts.size() - 1, comes_from_source(spec.name)}).second)
                throw Error(ErrorCode::unusable_model, msg("The model has a tensor of a name that the export needs"),
                            msg("It may be quantized already."), {.tensor = spec.name});
        }
        for (std::size_t shard = 0; shard < parts.size(); ++shard) {
            shard_names.push_back(shard_name(shard, parts.size()));
            shards.push_back(
                std::make_unique<SafetensorsWriter>(target->temporary() / shard_names.back(), std::move(parts[shard])));
        }
    }

    bool comes_from_source(const std::string& tensor) const {
        return !quantized_parts.contains(tensor) && !added.contains(tensor);
    }

    /// A tensor that is not the matrix of a quantized module.
    const TensorSpec& plain(const std::string& tensor) const {
        const auto found = added.find(tensor);
        return found == added.end() ? source.spec(tensor) : found->second;
    }

    /// Marks the tensor as written. Throws Error(internal) for one that is unknown, written already or of another size.
    SafetensorsWriter& claim(const TensorSpec& spec, bool from_source, std::size_t size) {
        const auto slot = slots.find(spec.name);
        if (slot == slots.end() || slot->second.from_source != from_source || slot->second.written)
            throw Error(ErrorCode::internal, msg("The tensor does not belong into the export, or was written twice"),
                        {}, {.tensor = spec.name});
        if (spec.bytes() != size)
            throw Error(ErrorCode::internal, msg("The tensor has %1 bytes instead of %2", size, spec.bytes()), {},
                        {.tensor = spec.name});
        slot->second.written = true;
        return *shards[slot->second.shard];
    }

    void copy_unchanged(const Progress& progress) {
        std::uint64_t total = 0, copied = 0;
        for (const TensorSpec& spec : specs)
            if (const Slot& slot = slots.find(spec.name)->second; slot.from_source && !slot.written)
                total += spec.bytes();
        for (const TensorSpec& spec : specs) {
            Slot& slot = slots.find(spec.name)->second;
            if (slot.written) continue;
            if (!slot.from_source)
                throw Error(ErrorCode::internal, msg("A quantized tensor was never written"), {},
                            {.tensor = spec.name});
            const std::span<const std::byte> data = source.data(spec.name);
            for (std::size_t begin = 0; begin < data.size(); begin += copy_piece) {
                const auto piece = data.subspan(begin, std::min(copy_piece, data.size() - begin));
                shards[slot.shard]->write(spec.name, piece);
                copied += piece.size();
                source.drop(spec.name); // gives back what was read so far: one piece stays resident, not the tensor
                if (progress) progress(copied, total);
            }
            slot.written = true;
        }
    }

    void write_index() const {
        if (shards.size() == 1) return;
        Json map = Json::object();
        for (const auto& [name, slot] : slots) map[name] = shard_names[slot.shard];
        Json index;
        index["metadata"] = {{"total_size", bytes}};
        index["weight_map"] = std::move(map);
        write_file_atomically(target->temporary() / "model.safetensors.index.json", index.dump(2) + "\n");
    }

    void write_config() const {
        Json config = source.config();
        config.update(config_changes);
        config["quantization_config"] = quantization_config(resolved);
        write_file_atomically(target->temporary() / "config.json", config.dump(2) + "\n");
    }

    void copy_side_files() const {
        for (const fs::path& file : source.side_files())
            copy_durably(file, target->temporary() / file.lexically_relative(source.path()));
    }
};

Exporter::Exporter(const ModelFolder& source, const ResolvedRecipe& resolved, const ExportOptions& options)
    : state_(std::make_unique<State>(source, resolved, options.added)) {
    state_->config_changes = options.config;
    state_->target = std::make_unique<ExportTarget>(options.target, source.path(), options.overwrite, state_->bytes);
    state_->plan_shards(options.shard_bytes);
}

Exporter::~Exporter() {
    state_->shards.clear(); // closes the files before their folder goes
}

void Exporter::write(const std::string& module, const CompressedMatrix& matrix) {
    const std::optional<Scheme>& scheme = state_->resolved.scheme_of(module);
    if (!scheme)
        throw Error(ErrorCode::internal, msg("A matrix was written for a module that stays as it is"), {},
                    {.tensor = module});
    const Module& found = state_->resolved.modules[*state_->resolved.find(module)];
    const std::vector<TensorSpec> expected =
        compressed_tensors_of(found, *scheme, state_->source.spec(module + ".weight").dtype);
    if (expected.size() != matrix.size())
        throw Error(ErrorCode::internal, msg("The matrix has %1 tensors instead of %2", matrix.size(), expected.size()),
                    {}, {.tensor = module});
    const std::lock_guard lock(state_->guard);
    for (const TensorSpec& spec : expected) {
        const auto part = matrix.find(spec.name.substr(module.size() + 1));
        if (part == matrix.end())
            throw Error(ErrorCode::internal, msg("The matrix lacks a tensor of its scheme"), {}, {.tensor = spec.name});
        state_->claim(spec, false, part->second.size()).write(spec.name, part->second);
    }
}

void Exporter::write(const std::string& tensor, std::span<const std::byte> bytes) {
    const std::lock_guard lock(state_->guard);
    state_->claim(state_->plain(tensor), !state_->added.contains(tensor), bytes.size()).write(tensor, bytes);
}

void Exporter::write(const std::string& tensor, const std::function<std::vector<std::byte>()>& next) {
    const std::lock_guard lock(state_->guard);
    const TensorSpec& spec = state_->plain(tensor);
    SafetensorsWriter& shard = state_->claim(spec, !state_->added.contains(tensor), spec.bytes());
    for (std::vector<std::byte> piece = next(); !piece.empty(); piece = next()) shard.write(tensor, piece);
}

std::uint64_t Exporter::bytes_total() const { return state_->bytes; }

const std::vector<TensorSpec>& Exporter::tensors() const { return state_->specs; }

fs::path Exporter::complete(const Progress& progress) {
    const std::lock_guard lock(state_->guard);
    if (!state_->complete) {
        state_->copy_unchanged(progress);
        for (auto& shard : state_->shards) shard->finish();
        state_->write_index();
        state_->copy_side_files();
        state_->write_config();
        sync_to_disk(state_->target->temporary());
        state_->complete = true;
    }
    return state_->target->temporary();
}

void Exporter::publish() {
    const std::lock_guard lock(state_->guard);
    if (!state_->complete) throw Error(ErrorCode::internal, msg("An export was published before it was complete"));
    state_->target->publish();
}

} // namespace octavo
