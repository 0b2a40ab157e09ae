// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/shard_index.h"

#include "base/files.h"
#include "base/json.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr const char* single = "model.safetensors";
constexpr const char* index_name = "model.safetensors.index.json";
constexpr std::size_t largest_index = 256u << 20;

[[noreturn]] void unusable(Message what, Message advice, const fs::path& file, const std::string& tensor = {}) {
    throw Error(ErrorCode::unusable_model, std::move(what), std::move(advice),
                {.file = file.string(), .tensor = tensor});
}

/// Reads weight_map only. A document would not show names that occur twice, and Json looks a new key up among all
/// earlier ones, which takes minutes for the 100 000 tensors of a large mixture of experts.
class IndexReader : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit IndexReader(fs::path file) : file_(std::move(file)) {}

    std::map<std::string, std::string> take() {
        if (!seen_ || file_of_.empty()) unusable(msg("The index has no weight_map"), advice(), file_);
        return std::move(file_of_);
    }

    bool null() override { return other(); }
    bool boolean(bool) override { return other(); }
    bool number_integer(number_integer_t) override { return other(); }
    bool number_unsigned(number_unsigned_t) override { return other(); }
    bool number_float(number_float_t, const string_t&) override { return other(); }
    bool binary(binary_t&) override { return other(); }
    bool start_array(std::size_t) override { return other() && deeper(); }
    bool end_array() override { return shallower(); }
    bool end_object() override { return shallower(); }

    bool start_object(std::size_t) override {
        if (depth_ == 1 && key_ == "weight_map") {
            if (seen_) unusable(msg("The index has two weight_maps"), advice(), file_);
            in_map_ = seen_ = true;
            return deeper();
        }
        return other() && deeper();
    }

    bool key(string_t& value) override {
        key_ = value;
        return true;
    }

    bool string(string_t& value) override {
        if (!in_map_) return other();
        if (!file_of_.emplace(key_, value).second)
            unusable(msg("The index names the tensor twice"), advice(), file_, key_);
        return true;
    }

    bool parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception&) override {
        unusable(msg("The index is not valid JSON (byte %1)", byte), advice(), file_);
    }

private:
    static Message advice() { return msg("Fetch the index again."); }
    bool deeper() {
        if (++depth_ > 64) unusable(msg("The index is nested too deep"), advice(), file_);
        return true;
    }
    bool shallower() {
        in_map_ = false;
        --depth_;
        return true;
    }
    bool other() {
        if (in_map_) unusable(msg("The index does not name a file for the tensor"), advice(), file_, key_);
        if (depth_ == 0 && !key_.empty()) unusable(msg("The index is not a JSON object"), advice(), file_);
        return true;
    }

    fs::path file_;
    std::map<std::string, std::string> file_of_;
    std::string key_;
    int depth_ = 0;
    bool in_map_ = false, seen_ = false;
};

void check_name(const std::string& name, const fs::path& index, const std::string& tensor) {
    if (name.empty() || name == "." || name == ".." || name.find_first_of(std::string("/\\\0", 3)) != std::string::npos)
        unusable(msg("The index names the file %1, which does not lie in the model folder", name),
                 msg("Do not use this model: intact indexes name plain files only."), index, tensor);
    if (!name.ends_with(".safetensors"))
        unusable(msg("The index names the file %1, which is not a safetensors file", name),
                 msg("Fetch the model in safetensors format."), index, tensor);
}

ShardIndex read_index(const fs::path& folder) {
    const fs::path file = folder / index_name;
    require_inside(file, folder);
    std::error_code status;
    if (!fs::is_regular_file(file, status) || fs::file_size(file, status) > largest_index)
        unusable(msg("The index is missing or too large"), msg("Fetch the index again."), file);
    const std::string text = read_file(file, largest_index);
    IndexReader reader(file);
    nlohmann::json::sax_parse(text, &reader);
    ShardIndex out{{}, reader.take()};
    std::set<std::string> files;
    for (const auto& [tensor, name] : out.file_of) {
        if (files.contains(name)) continue;
        check_name(name, file, tensor);
        if (!fs::exists(folder / name, status))
            unusable(msg("The index names %1, which is missing", name),
                     msg("Fetch the missing file; the download may have been interrupted."), folder / name);
        files.insert(name);
    }
    out.files.assign(files.begin(), files.end());
    return out;
}

/// "model-00002-of-00005.safetensors" → {2, 5}.
std::optional<std::pair<int, int>> shard_number(const std::string& name) {
    int number = 0, total = 0;
    constexpr std::string_view head = "model-", middle = "-of-", tail = ".safetensors";
    if (!name.starts_with(head)) return std::nullopt;
    const char* end = name.data() + name.size();
    auto parsed = std::from_chars(name.data() + head.size(), end, number);
    if (parsed.ec != std::errc() || !std::string_view(parsed.ptr, end).starts_with(middle)) return std::nullopt;
    parsed = std::from_chars(parsed.ptr + middle.size(), end, total);
    if (parsed.ec != std::errc() || std::string_view(parsed.ptr, end) != tail) return std::nullopt;
    return std::pair(number, total);
}

[[noreturn]] void no_safetensors(const fs::path& folder, const std::vector<std::string>& names) {
    const auto some = [&names](auto&&... ends) {
        return std::ranges::any_of(names, [&](const std::string& name) { return (name.ends_with(ends) || ...); });
    };
    if (some(".bin", ".pt", ".pth", ".ckpt", ".pkl", ".bin.index.json"))
        unusable(msg("The weights are pickled (PyTorch .bin or .pt): such files can run any program when they are "
                     "opened, so Octavo does not open them"),
                 msg("Fetch the safetensors version of the model, or convert it on a machine you can spare: "
                     "transformers' save_pretrained writes safetensors."),
                 folder);
    if (some(".gguf"))
        unusable(msg("The folder holds a GGUF file, not safetensors"),
                 msg("Fetch the original model that the GGUF was made from."), folder);
    unusable(msg("The folder has no *.safetensors file"),
             msg("Give the folder of a Hugging Face model whose download is complete."), folder);
}

ShardIndex without_index(const fs::path& folder) {
    std::vector<std::string> names, weights;
    std::error_code status;
    for (fs::directory_iterator entry(folder, status), end; !status && entry != end; entry.increment(status))
        names.push_back(entry->path().filename().string());
    std::ranges::sort(names);
    for (const std::string& name : names)
        if (name.ends_with(".safetensors")) weights.push_back(name);
    if (weights.empty()) no_safetensors(folder, names);
    if (weights.size() == 1 && !shard_number(weights[0])) return {weights, {}};
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto number = shard_number(weights[i]);
        if (!number || number->first != static_cast<int>(i) + 1 || number->second != static_cast<int>(weights.size()))
            unusable(msg("There is no %1, and the *.safetensors files are not one complete set", index_name),
                     msg("Fetch the model again; %1 is missing or a shard is.", index_name), folder / weights[i]);
    }
    return {weights, {}};
}

} // namespace

ShardIndex find_shards(const fs::path& folder) {
    std::error_code status;
    const bool whole = fs::exists(fs::symlink_status(folder / single, status)),
               sharded = fs::exists(fs::symlink_status(folder / index_name, status));
    if (sharded) {
        ShardIndex index = read_index(folder);
        if (whole && std::ranges::find(index.files, single) == index.files.end())
            unusable(msg("The folder holds %1 and an index that does not name it: programs would not agree which "
                         "weights are meant",
                         single),
                     msg("Remove the one that is out of date."), folder / index_name);
        return index;
    }
    if (whole) return {{single}, {}};
    return without_index(folder);
}

void require_inside(const fs::path& file, const fs::path& folder) {
    std::error_code status;
    if (!fs::is_symlink(fs::symlink_status(file, status)) || lies_inside(file, folder)) return;
    // The hub's cache keeps a model as <repository>/snapshots/<commit>/name → ../../blobs/<digest>.
    const fs::path snapshots = fs::weakly_canonical(folder, status).parent_path();
    if (snapshots.filename() == "snapshots" && lies_inside(file, snapshots.parent_path() / "blobs")) return;
    unusable(msg("The file is a link that leads out of the model folder"),
             msg("Replace the link with the file it stands for, if you trust it."), file);
}

} // namespace octavo
