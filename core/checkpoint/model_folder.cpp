// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/model_folder.h"

#include "base/error.h"
#include "checkpoint/shard_index.h"

#include <algorithm>
#include <array>

namespace octavo {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void unusable(Message what, Message advice, const fs::path& file, const std::string& tensor = {}) {
    throw Error(ErrorCode::unusable_model, std::move(what), std::move(advice),
                {.file = file.string(), .tensor = tensor});
}

/// FNV-1a, 64 bit (http://www.isthe.com/chongo/tech/comp/fnv/), run twice from different starting values.
class Fingerprint {
public:
    void add(std::string_view text) {
        add_bytes(text);
        add_bytes(std::string_view("\0", 1)); // "ab","c" differs from "a","bc"
    }
    void add(std::int64_t number) { add(std::string_view(std::to_string(number))); }
    std::string hex() const {
        std::string out;
        for (const std::uint64_t half : halves_)
            for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[(half >> shift) & 15];
        return out;
    }

private:
    void add_bytes(std::string_view bytes) {
        for (const char byte : bytes)
            for (std::uint64_t& half : halves_) half = (half ^ static_cast<unsigned char>(byte)) * 0x100000001b3ull;
    }
    std::array<std::uint64_t, 2> halves_{0xcbf29ce484222325ull, 0x9ae16a3b2f90404full};
};

bool ends_with_any(std::string_view name, std::span<const std::string_view> ends) {
    return std::ranges::any_of(ends, [name](std::string_view end) { return name.ends_with(end); });
}

constexpr std::array<std::string_view, 16> weight_files{
    ".safetensors", ".bin",     ".pt",  ".pth",    ".ckpt",       ".gguf",      ".ggml", ".onnx",
    ".h5",          ".msgpack", ".npz", ".tflite", ".index.json", ".onnx_data", ".pkl",  ".ot"};

} // namespace

ModelFolder::ModelFolder(const fs::path& folder) : path_(folder) {
    std::error_code status;
    if (!fs::is_directory(folder, status))
        unusable(fs::exists(folder, status) ? msg("This is not a folder") : msg("The model folder does not exist"),
                 msg("Give the folder that holds config.json and the *.safetensors files."), folder);
    const fs::path config = folder / "config.json";
    if (!fs::exists(config, status)) {
        if (!fs::exists(fs::symlink_status(config, status)))
            unusable(msg("The folder has no config.json"),
                     msg("Give the folder of a Hugging Face model: config.json with its *.safetensors files."), config);
        unusable(msg("config.json is a link to a file that does not exist"), msg("Download the model again."), config);
    }
    require_inside(config, folder);
    config_ = read_json(config, ErrorCode::unusable_model);
    if (!config_.is_object())
        unusable(msg("config.json is not a JSON object"), msg("Replace it with an intact copy."), config);

    const ShardIndex index = find_shards(folder);
    for (const std::string& name : index.files) {
        const fs::path file = folder / name;
        require_inside(file, folder);
        shards_.push_back(std::make_shared<SafetensorsFile>(file));
        shard_paths_.push_back(file);
        for (const TensorSpec& tensor : shards_.back()->tensors()) {
            const auto [other, inserted] = shard_of_.emplace(tensor.name, shards_.size() - 1);
            if (!inserted)
                unusable(
                    msg("The tensor is in %1 and again in this file", shard_paths_[other->second].filename().string()),
                    msg("Remove the shard that does not belong to the model."), file, tensor.name);
            tensors_.push_back(tensor);
        }
    }
    for (const auto& [tensor, file] : index.file_of)
        if (const auto found = shard_of_.find(tensor);
            found == shard_of_.end() || shard_paths_[found->second] != folder / file)
            unusable(msg("The index says that the tensor is in this file, but it is not"),
                     msg("Fetch the file and its index again."), folder / file, tensor);
    if (tensors_.empty()) unusable(msg("The model holds no tensors"), msg("Fetch the model again."), folder);
}

std::string ModelFolder::name() const {
    std::error_code status;
    fs::path path = fs::weakly_canonical(path_, status);
    if (status) path = path_.lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    // The hub's cache: models--owner--name/snapshots/<commit>.
    const fs::path owner = path.parent_path();
    const std::string repository = owner.parent_path().filename().string();
    if (owner.filename() == "snapshots" && repository.starts_with("models--"))
        return repository.substr(repository.rfind("--") + 2);
    return path.filename().string();
}

bool ModelFolder::contains(std::string_view name) const { return shard_of_.contains(name); }

const TensorSpec& ModelFolder::spec(std::string_view name) const {
    const auto found = shard_of_.find(name);
    if (found == shard_of_.end())
        unusable(msg("The tensor is missing"),
                 msg("Check that the model folder is complete and that config.json belongs to it."), path_,
                 std::string(name));
    return shards_[found->second]->spec(name);
}

std::span<const std::byte> ModelFolder::data(std::string_view name) const {
    spec(name);
    return shards_[shard_of_.find(name)->second]->data(name);
}

void ModelFolder::drop(std::string_view name) const {
    spec(name);
    shards_[shard_of_.find(name)->second]->drop(name);
}

std::uint64_t ModelFolder::weight_bytes() const {
    std::uint64_t total = 0;
    for (const TensorSpec& tensor : tensors_) total += tensor.bytes();
    return total;
}

std::optional<Json> ModelFolder::quantization_config() const {
    const auto of = [](const Json& config) -> std::optional<Json> {
        const auto found = config.find("quantization_config");
        if (found == config.end() || found->is_null()) return std::nullopt;
        return *found;
    };
    if (auto own = of(config_)) return own;
    const auto text = config_.find("text_config");
    return text != config_.end() && text->is_object() ? of(*text) : std::nullopt;
}

std::vector<fs::path> ModelFolder::side_files() const {
    std::vector<fs::path> out;
    const auto collect = [&](const fs::path& folder, auto&& wanted) {
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            const std::string name = entry.path().filename().string();
            if (name.starts_with('.') || !entry.is_regular_file() || !wanted(name)) continue;
            require_inside(entry.path(), path_);
            out.push_back(entry.path());
        }
    };
    try {
        collect(path_,
                [](const std::string& name) { return name != "config.json" && !ends_with_any(name, weight_files); });
        std::error_code status;
        const fs::path templates = path_ / "additional_chat_templates";
        if (fs::is_directory(templates, status))
            collect(templates, [](const std::string& name) { return name.ends_with(".jinja"); });
    } catch (const fs::filesystem_error& error) {
        throw Error(ErrorCode::io, msg("The folder could not be read: %1", system_message(error.code())),
                    msg("Check that you may read it."), {.file = path_.string()});
    }
    std::ranges::sort(out);
    return out;
}

std::string ModelFolder::fingerprint() const {
    Fingerprint out;
    out.add(config_.dump());
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        std::error_code status;
        out.add(shard_paths_[i].filename().string());
        out.add(static_cast<std::int64_t>(fs::file_size(shard_paths_[i], status)));
        out.add(static_cast<std::int64_t>(fs::last_write_time(shard_paths_[i], status).time_since_epoch().count()));
        for (const TensorSpec& tensor : shards_[i]->tensors()) {
            out.add(tensor.name);
            out.add(safetensors_name(tensor.dtype));
            for (const std::int64_t extent : tensor.shape) out.add(extent);
        }
    }
    return out.hex();
}

} // namespace octavo
