// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/architecture.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <tuple>

// What a tensor is, told from its name alone: for architectures that Octavo cannot run but can still quantize without
// data.
namespace octavo {

namespace {

constexpr std::string_view suffix = ".weight";

std::vector<std::string> components_of(const std::string& name) {
    std::vector<std::string> out{""};
    for (const char c : name) {
        if (c == '.')
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool is_head(std::string_view last) { return last == "lm_head" || last == "embed_out"; }

bool is_embedding(std::string_view last) {
    return !is_head(last) && (has(last, "embed") || last == "wte" || last == "wpe" ||
                              last == "relative_attention_bias" || last == "position_bias");
}

bool is_norm(std::string_view last) { return has(last, "norm") || last == "ln_f" || last == "ln_1" || last == "ln_2"; }

bool is_router(const std::vector<std::string>& components) {
    return components.back() == "gate" || components.back() == "shared_expert_gate" ||
           std::ranges::any_of(components, [](const std::string& part) { return part == "router"; });
}

/// The towers and projectors of models that see or hear.
bool is_vision(const std::vector<std::string>& components) {
    return std::ranges::any_of(components, [](const std::string& raw) {
        const std::string part = lower(raw);
        return has(part, "vision") || has(part, "visual") || has(part, "audio") || part == "multi_modal_projector" ||
               part == "mm_projector" || part == "image_projection" || part == "vit";
    });
}

/// Models whose matrices are stored [in, out] (transformers' Conv1D): they are no Linear.
bool has_transposed_weights(const Json& config) {
    const auto type = config.find("model_type");
    if (type == config.end() || !type->is_string()) return false;
    const std::string name = type->get<std::string>();
    return name == "gpt2" || name == "openai-gpt" || name == "imagegpt" || name == "decision_transformer";
}

/// Index in "…layers.3.…" and the like; −1 outside of a stack. `stack` becomes what stands in front of the number.
int layer_of(const std::vector<std::string>& components, std::string& stack) {
    for (std::size_t i = 0; i + 1 < components.size(); ++i) {
        stack += (i == 0 ? "" : ".") + components[i];
        const std::string& part = components[i];
        if (part != "layers" && part != "h" && part != "blocks" && part != "layer" && part != "block") continue;
        const std::string& number = components[i + 1];
        int layer = -1;
        const auto parsed = std::from_chars(number.data(), number.data() + number.size(), layer);
        if (parsed.ec == std::errc() && parsed.ptr == number.data() + number.size() && layer >= 0) return layer;
    }
    stack.clear();
    return -1;
}

std::string fused_set_of(const std::string& name, const std::string& role) {
    const std::string parent = name.substr(0, name.size() - role.size());
    if (role == "q_proj" || role == "k_proj" || role == "v_proj") return parent + "qkv";
    if (role == "gate_proj" || role == "up_proj" || role == "w1" || role == "w3") return parent + "gate_up";
    if (role == "q_a_proj" || role == "kv_a_proj_with_mqa")
        return parent + "fused_qkv_a"; // DeepSeek's latent attention in vLLM
    return {};
}

int rank_of(const std::string& role) {
    constexpr std::array<std::string_view, 10> order{"q_proj", "k_proj",  "v_proj", "o_proj",    "gate_proj",
                                                     "w1",     "up_proj", "w3",     "down_proj", "w2"};
    return static_cast<int>(std::ranges::find(order, role) - order.begin());
}

struct Found {
    Module module;
    std::string stack;
    std::size_t position = 0; ///< in the checkpoint

    /// Stack by stack, layer by layer, attention before MLP, expert by expert, what stands outside of every stack last,
    /// the head at the very end.
    auto key() const {
        const std::string parent = module.name.substr(0, module.name.size() - module.role.size());
        const bool attention = has(parent, "attn") || has(parent, "attention");
        return std::tuple(module.role == "lm_head", module.layer < 0, stack, module.layer, !attention, parent.size(),
                          parent, rank_of(module.role), position);
    }
};

Found describe(const TensorSpec& tensor, std::size_t position, bool transposed) {
    Found out;
    Module& module = out.module;
    module.name = tensor.name.substr(0, tensor.name.size() - suffix.size());
    const std::vector<std::string> components = components_of(module.name);
    module.rows = tensor.shape[0];
    module.columns = tensor.shape[1];
    module.layer = layer_of(components, out.stack);
    module.role = is_head(components.back()) ? "lm_head" : components.back();
    if (is_router(components))
        module.class_name = "Router";
    else if (is_vision(components))
        module.class_name = "VisionLinear";
    else if (transposed)
        module.class_name = "Conv1D";
    else if (components.back() == "embed_out")
        module.class_name = "Head";
    if (module.class_name == "Linear") module.fused_set = fused_set_of(module.name, components.back());
    out.position = position;
    return out;
}

/// The weight matrix that a tensor holds, with the shape that it has unpacked; none for other tensors.
std::optional<TensorSpec> matrix_in(const ModelFolder& folder, const TensorSpec& tensor) {
    constexpr std::string_view packed = "_packed";
    if (tensor.shape.size() != 2) return {};
    if (tensor.name.ends_with(suffix)) return tensor;
    if (!tensor.name.ends_with(std::string(suffix) + std::string(packed))) return {};
    TensorSpec out{tensor.name.substr(0, tensor.name.size() - packed.size()), tensor.dtype, tensor.shape};
    if (tensor.dtype == Dtype::u8) { // two codes per byte
        out.shape[1] *= 2;
        return out;
    }
    const std::string said = out.name + "_shape";
    if (!folder.contains(said) || folder.spec(said).dtype != Dtype::i64 || folder.spec(said).bytes() != 16) return {};
    std::memcpy(out.shape.data(), folder.data(said).data(), 16);
    // At most 32 codes share a word: what is said must fit what is there.
    const bool fits = out.shape[0] == tensor.shape[0] && out.shape[1] > 0 && out.shape[1] / 32 <= tensor.shape[1];
    return fits ? std::optional(out) : std::nullopt;
}

} // namespace

std::vector<Module> linear_modules(const ModelFolder& folder) {
    const bool transposed = has_transposed_weights(folder.config());
    std::vector<Found> found;
    std::optional<TensorSpec> embedding;
    bool head = false;
    for (const TensorSpec& stored : folder.tensors()) {
        const std::optional<TensorSpec> matrix = matrix_in(folder, stored);
        if (!matrix) continue;
        const TensorSpec& tensor = *matrix;
        const std::vector<std::string> components =
            components_of(tensor.name.substr(0, tensor.name.size() - suffix.size()));
        const std::string last = lower(components.back());
        if (is_embedding(last) && (last == "embed_tokens" || last == "wte") && !embedding && !is_vision(components))
            embedding = tensor;
        if (is_embedding(last) || is_norm(last)) continue;
        head = head || is_head(last);
        found.push_back(describe(tensor, found.size(), transposed && !is_head(last)));
    }
    std::ranges::sort(found, {}, &Found::key);
    std::vector<Module> out;
    for (Found& item : found) out.push_back(std::move(item.module));
    // A head that is tied to the embedding has no tensor, but recipes name it all the same.
    if (!head && embedding)
        out.push_back({.name = "lm_head",
                       .rows = embedding->shape[0],
                       .columns = embedding->shape[1],
                       .role = "lm_head",
                       .fused_set = ""});
    return out;
}

std::string kind_of(const std::string& tensor) {
    const std::string name = lower(tensor);
    const auto any = [&name](auto... parts) { return (has(name, parts) || ...); };
    if (any("lm_head", "embed_out")) return "head";
    if (any("norm", ".ln_")) return "norms";
    if (any("embed", "wte.", "wpe.")) return "embeddings";
    if (any("attn", "attention")) return "attention";
    if (any("mlp", "feed_forward", "expert", "moe")) return "mlp";
    return "other";
}

} // namespace octavo
