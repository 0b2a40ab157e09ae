// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/gguf.h"

#include "base/error.h"
#include "base/json.h"
#include "checkpoint/gguf_file.h"
#include "checkpoint/gguf_tokenizer.h"
#include "checkpoint/safetensors.h"
#include "number/number.h"

#include <algorithm>
#include <charconv>
#include <unistd.h>

namespace octavo {

namespace fs = std::filesystem;

namespace {

struct Sizes {
    std::int64_t layers, hidden, intermediate, heads, kv_heads, head_dim, context, vocabulary;
};

/// A key of the architecture ("llama.block_count") as a number in [1, most].
std::int64_t size(const GgufFile& file, const std::string& key, std::optional<std::int64_t> fallback = {}) {
    constexpr std::int64_t most = std::int64_t(1) << 31;
    const std::int64_t value = file.integer("llama." + key, fallback);
    if (value < 1 || value > most)
        throw Error(ErrorCode::unusable_model, msg("%1 = %2 is out of range", "llama." + key, value),
                    msg("Fetch the file again."), {.file = file.path().string()});
    return value;
}

Sizes read_sizes(const GgufFile& file) {
    if (file.text("general.architecture") != "llama")
        file.refuse("general.architecture", std::string(file.text("general.architecture")));
    if (file.integer("llama.expert_count", 0) != 0)
        file.refuse("llama.expert_count", std::to_string(file.integer("llama.expert_count")));
    if (const std::string scaling(file.text("llama.rope.scaling.type", "none")); scaling != "none")
        file.refuse("llama.rope.scaling.type", scaling);
    Sizes out{};
    out.layers = size(file, "block_count");
    out.hidden = size(file, "embedding_length");
    out.intermediate = size(file, "feed_forward_length");
    out.heads = size(file, "attention.head_count");
    out.kv_heads = size(file, "attention.head_count_kv", out.heads);
    out.head_dim = size(file, "rope.dimension_count", std::max<std::int64_t>(out.hidden / out.heads, 1));
    out.context = size(file, "context_length");
    out.vocabulary = size(file, "vocab_size", static_cast<std::int64_t>(file.texts("tokenizer.ggml.tokens").size()));
    return out;
}

/// llama.cpp's tensor names → transformers'.
std::string target_name(const GgufFile& file, const std::string& name, std::int64_t layers) {
    constexpr std::pair<std::string_view, std::string_view> outside[] = {
        {"token_embd.weight", "model.embed_tokens.weight"},
        {"output_norm.weight", "model.norm.weight"},
        {"output.weight", "lm_head.weight"}};
    constexpr std::pair<std::string_view, std::string_view> inside[] = {
        {"attn_norm", "input_layernorm"}, {"ffn_norm", "post_attention_layernorm"},
        {"attn_q", "self_attn.q_proj"},   {"attn_k", "self_attn.k_proj"},
        {"attn_v", "self_attn.v_proj"},   {"attn_output", "self_attn.o_proj"},
        {"ffn_gate", "mlp.gate_proj"},    {"ffn_up", "mlp.up_proj"},
        {"ffn_down", "mlp.down_proj"}};
    for (const auto& [from, to] : outside)
        if (name == from) return std::string(to);
    constexpr std::string_view head = "blk.";
    std::int64_t layer = -1;
    if (name.starts_with(head)) {
        const auto [rest, error] = std::from_chars(name.data() + head.size(), name.data() + name.size(), layer);
        if (error == std::errc() && layer >= 0 && layer < layers)
            for (const auto& [from, to] : inside)
                if (std::string_view(rest, name.data() + name.size()) == "." + std::string(from) + ".weight")
                    return "model.layers." + std::to_string(layer) + "." + std::string(to) + ".weight";
    }
    throw Error(ErrorCode::unsupported_architecture, msg("The tensor has no place in a llama model"),
                msg("Fetch the original model that the GGUF was made from."),
                {.file = file.path().string(), .tensor = name});
}

/// Shapes by name of all tensors that the sizes ask for; lm_head only where the file has one.
std::map<std::string, std::vector<std::int64_t>> expected_shapes(const Sizes& s, bool head) {
    std::map<std::string, std::vector<std::int64_t>> out{{"model.embed_tokens.weight", {s.vocabulary, s.hidden}},
                                                         {"model.norm.weight", {s.hidden}}};
    if (head) out["lm_head.weight"] = {s.vocabulary, s.hidden};
    const std::int64_t q = s.heads * s.head_dim, kv = s.kv_heads * s.head_dim;
    for (std::int64_t layer = 0; layer < s.layers; ++layer) {
        const std::string p = "model.layers." + std::to_string(layer) + ".";
        out[p + "input_layernorm.weight"] = out[p + "post_attention_layernorm.weight"] = {s.hidden};
        out[p + "self_attn.q_proj.weight"] = {q, s.hidden};
        out[p + "self_attn.k_proj.weight"] = out[p + "self_attn.v_proj.weight"] = {kv, s.hidden};
        out[p + "self_attn.o_proj.weight"] = {s.hidden, q};
        out[p + "mlp.gate_proj.weight"] = out[p + "mlp.up_proj.weight"] = {s.intermediate, s.hidden};
        out[p + "mlp.down_proj.weight"] = {s.hidden, s.intermediate};
    }
    return out;
}

struct Planned {
    const GgufTensor* source;
    TensorSpec target;
    std::int64_t heads = 0; ///< of a permuted q or k, else 0
};

std::vector<Planned> plan(const GgufFile& file, const Sizes& sizes) {
    const auto complain = [&file](Message what, const std::string& tensor) {
        throw Error(ErrorCode::unusable_model, std::move(what), msg("Fetch the file again."),
                    {.file = file.path().string(), .tensor = tensor});
    };
    // Every layer needs nine tensors: a block_count beyond that is refused before it costs memory.
    if (sizes.layers > static_cast<std::int64_t>(file.tensors().size()))
        complain(msg("llama.block_count = %1 is more than the file has tensors", sizes.layers), "");
    std::vector<Planned> out;
    bool head = false;
    for (const GgufTensor& tensor : file.tensors()) {
        if (tensor.name == "rope_freqs.weight") file.refuse("rope_freqs.weight", "(scaled rotary frequencies)");
        Planned item{&tensor, {target_name(file, tensor.name, sizes.layers), Dtype::bf16, tensor.shape}};
        if (tensor.name.ends_with("attn_q.weight")) item.heads = sizes.heads;
        if (tensor.name.ends_with("attn_k.weight")) item.heads = sizes.kv_heads;
        head = head || tensor.name == "output.weight";
        out.push_back(std::move(item));
    }
    auto expected = expected_shapes(sizes, head);
    for (const Planned& item : out) {
        const auto found = expected.find(item.target.name);
        if (found == expected.end() || found->second != item.target.shape)
            complain(msg("The tensor's shape contradicts the sizes in the header"), item.source->name);
        expected.erase(found);
    }
    if (!expected.empty()) complain(msg("The tensor is missing"), expected.begin()->first);
    if (sizes.head_dim % 2 != 0 || sizes.heads % sizes.kv_heads != 0)
        complain(msg("The sizes of the attention heads contradict each other"), "");
    std::ranges::sort(out, {}, [](const Planned& item) { return item.target.name; });
    return out;
}

/// Row of the GGUF tensor that becomes `row`: llama.cpp interleaves the two halves of each head for its rotary
/// embedding (convert_hf_to_gguf.py, LlamaModel.permute).
std::int64_t source_row(std::int64_t row, std::int64_t rows, std::int64_t heads) {
    if (heads == 0) return row;
    const std::int64_t dim = rows / heads, half = dim / 2, head = row / dim, within = row % dim;
    return head * dim + within % half * 2 + within / half;
}

void write_tensor(SafetensorsWriter& writer, const Planned& item) {
    const std::vector<std::int64_t>& shape = item.target.shape;
    const std::int64_t rows = shape.size() == 2 ? shape[0] : 1, columns = shape.back();
    std::vector<float> values(static_cast<std::size_t>(columns));
    const std::int64_t per_piece = std::clamp<std::int64_t>((1 << 18) / columns, 1, rows);
    std::vector<std::byte> piece(static_cast<std::size_t>(per_piece * columns) * 2);
    for (std::int64_t begin = 0; begin < rows; begin += per_piece) {
        const std::int64_t count = std::min(per_piece, rows - begin);
        for (std::int64_t i = 0; i < count; ++i) {
            dequantize(*item.source, source_row(begin + i, rows, item.heads) * columns, values);
            from_float(Dtype::bf16, values,
                       std::span(piece).subspan(static_cast<std::size_t>(i * columns) * 2, values.size() * 2));
        }
        writer.write(item.target.name, std::span(piece).first(static_cast<std::size_t>(count * columns) * 2));
    }
}

/// A float of the file as the decimal that a person wrote there (1e-05, not 9.999999747378752e-06).
double shortest(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, static_cast<float>(value));
    std::from_chars(buffer, end.ptr, value);
    return value;
}

void add_token_ids(const GgufFile& file, Json& config) {
    for (const auto& [name, key] : {std::pair("bos", "bos"), std::pair("eos", "eos"), std::pair("pad", "padding")})
        if (const std::string full = std::string("tokenizer.ggml.") + key + "_token_id"; file.contains(full))
            config[std::string(name) + "_token_id"] = file.integer(full);
}

std::string config_json(const GgufFile& file, const Sizes& sizes, bool tied) {
    Json out{{"architectures", {"LlamaForCausalLM"}}, {"attention_bias", false}, {"attention_dropout", 0.0}};
    add_token_ids(file, out);
    const Json rest{{"head_dim", sizes.head_dim},
                    {"hidden_act", "silu"},
                    {"hidden_size", sizes.hidden},
                    {"initializer_range", 0.02},
                    {"intermediate_size", sizes.intermediate},
                    {"max_position_embeddings", sizes.context},
                    {"mlp_bias", false},
                    {"model_type", "llama"},
                    {"num_attention_heads", sizes.heads},
                    {"num_hidden_layers", sizes.layers},
                    {"num_key_value_heads", sizes.kv_heads},
                    {"pretraining_tp", 1},
                    {"rms_norm_eps", shortest(file.number("llama.attention.layer_norm_rms_epsilon"))},
                    {"rope_scaling", nullptr},
                    {"rope_theta", shortest(file.number("llama.rope.freq_base", 10000.0))},
                    {"tie_word_embeddings", tied},
                    {"torch_dtype", "bfloat16"},
                    {"use_cache", true},
                    {"vocab_size", sizes.vocabulary}};
    out.update(rest);
    return out.dump(2) + "\n";
}

std::string generation_json(const GgufFile& file) {
    Json out{{"_from_model_config", true}};
    add_token_ids(file, out);
    return out.dump(2) + "\n";
}

/// A folder beside the target that vanishes unless it is renamed.
class TemporaryFolder {
public:
    explicit TemporaryFolder(const fs::path& target)
        : path_(target.string() + ".partial" + std::to_string(::getpid())) {
        std::error_code status;
        fs::create_directories(path_, status);
        if (status)
            throw Error(ErrorCode::io, msg("The folder could not be made: %1", system_message(status)),
                        msg("Choose another place."), {.file = path_.string()});
    }
    ~TemporaryFolder() {
        std::error_code status;
        fs::remove_all(path_, status);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

} // namespace

void convert_gguf(const fs::path& gguf, const fs::path& folder,
                  const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    fs::path target = fs::absolute(folder).lexically_normal();
    if (!target.has_filename()) target = target.parent_path();
    std::error_code status;
    if (fs::exists(fs::symlink_status(target, status)) && !fs::is_empty(target, status))
        throw Error(ErrorCode::unusable_target, msg("The folder exists already"), msg("Choose a new folder."),
                    {.file = target.string()});
    const GgufFile file(gguf);
    const Sizes sizes = read_sizes(file);
    const std::vector<Planned> planned = plan(file, sizes);
    const bool tied =
        std::ranges::none_of(planned, [](const Planned& item) { return item.target.name == "lm_head.weight"; });
    const std::string tokenizer = tokenizer_json(file), tokenizer_config = tokenizer_config_json(file, sizes.context);
    std::uint64_t total = 0, done = 0;
    std::vector<TensorSpec> specs;
    for (const Planned& item : planned) {
        specs.push_back(item.target);
        total += item.target.bytes();
    }
    const TemporaryFolder temporary(target);
    SafetensorsWriter writer(temporary.path() / "model.safetensors", specs);
    for (const Planned& item : planned) {
        write_tensor(writer, item);
        done += item.target.bytes();
        if (progress) progress(done, total);
    }
    writer.finish();
    write_file_atomically(temporary.path() / "config.json", config_json(file, sizes, tied));
    write_file_atomically(temporary.path() / "generation_config.json", generation_json(file));
    write_file_atomically(temporary.path() / "tokenizer.json", tokenizer);
    write_file_atomically(temporary.path() / "tokenizer_config.json", tokenizer_config);
    if (::rename(temporary.path().c_str(), target.c_str()) != 0)
        throw_errno(msg("The file or folder could not be renamed"), target);
    sync_to_disk(target.parent_path());
}

} // namespace octavo
