// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/gguf_tokenizer.h"

#include "base/json.h"

#include <algorithm>
#include <unordered_set>

namespace octavo {

namespace {

constexpr const char* tokens_key = "tokenizer.ggml.tokens";
constexpr std::int64_t control = 3, user_defined = 4; // llama.cpp, llama_token_type

[[noreturn]] void broken(const GgufFile& file, Message what) {
    throw Error(ErrorCode::unusable_model, std::move(what), msg("Fetch the file again."),
                {.file = file.path().string()});
}

/// JSON text of a string from the file.
std::string quoted(const GgufFile& file, std::string_view text) {
    try {
        return nlohmann::json(text).dump();
    } catch (const nlohmann::json::exception&) {
        broken(file, msg("The tokenizer holds a text that is not valid UTF-8"));
    }
}

Json byte_level(bool prefix_space) {
    return {{"type", "ByteLevel"}, {"add_prefix_space", prefix_space}, {"trim_offsets", false}, {"use_regex", true}};
}

std::optional<std::int64_t> token_id(const GgufFile& file, const std::string& which) {
    const std::string key = "tokenizer.ggml." + which + "_token_id";
    if (!file.contains(key)) return std::nullopt;
    const std::int64_t id = file.integer(key);
    if (id < 0 || id >= static_cast<std::int64_t>(file.texts(tokens_key).size()))
        broken(file, msg("%1 = %2 is not a token", key, id));
    return id;
}

std::string_view token(const GgufFile& file, std::int64_t id) {
    return file.texts(tokens_key)[static_cast<std::size_t>(id)];
}

Json added_token(const GgufFile& file, std::int64_t id, bool special) {
    const std::string_view content = token(file, id);
    quoted(file, content);
    return {{"id", id},        {"content", content},  {"single_word", false}, {"lstrip", false},
            {"rstrip", false}, {"normalized", false}, {"special", special}};
}

Json added_tokens(const GgufFile& file) {
    const auto& types = file.integers("tokenizer.ggml.token_type");
    if (types.size() != file.texts(tokens_key).size()) broken(file, msg("The tokenizer's lists differ in length"));
    Json out = Json::array();
    for (std::size_t i = 0; i < types.size(); ++i)
        if (types[i] == control || types[i] == user_defined)
            out.push_back(added_token(file, static_cast<std::int64_t>(i), types[i] == control));
    return out;
}

/// Puts the BOS in front where the file asks for it, else changes nothing.
Json post_processor(const GgufFile& file) {
    const auto sequence = [](const char* id, int type) { return Json{{"Sequence", {{"id", id}, {"type_id", type}}}}; };
    Json single = Json::array({sequence("A", 0)}), pair = Json::array({sequence("A", 0), sequence("B", 1)}),
         special = Json::object();
    if (const auto bos = token_id(file, "bos"); bos && file.boolean("tokenizer.ggml.add_bos_token", false)) {
        const std::string name(token(file, *bos));
        const Json first{{"SpecialToken", {{"id", name}, {"type_id", 0}}}};
        single.insert(single.begin(), first);
        pair.insert(pair.begin(), first);
        special[name] = {{"id", name}, {"ids", {*bos}}, {"tokens", {name}}};
    }
    return {{"type", "TemplateProcessing"}, {"single", single}, {"pair", pair}, {"special_tokens", special}};
}

/// Written as text: a Json object would compare every new name with all earlier ones.
std::string vocabulary_json(const GgufFile& file) {
    std::unordered_set<std::string_view> seen;
    std::string out = "{";
    const auto& tokens = file.texts(tokens_key);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!seen.insert(tokens[i]).second) broken(file, msg("The token %1 occurs twice", tokens[i]));
        out += (i == 0 ? "" : ",") + quoted(file, tokens[i]) + ":" + std::to_string(i);
    }
    return out + "}";
}

std::string merges_json(const GgufFile& file) {
    std::string out = "[";
    for (const std::string_view merge : file.texts("tokenizer.ggml.merges")) {
        if (std::ranges::count(merge, ' ') != 1) broken(file, msg("The merge %1 does not name two pieces", merge));
        out += (out.size() == 1 ? "" : ",") + quoted(file, merge);
    }
    return out + "]";
}

} // namespace

std::string tokenizer_json(const GgufFile& file) {
    const std::string_view model = file.text("tokenizer.ggml.model"), pre = file.text("tokenizer.ggml.pre", "gpt-2");
    if (model != "gpt2") file.refuse("tokenizer.ggml.model", std::string(model));
    // transformers gives all gpt2 tokenizers GPT-2's pattern. SmolLM's own also splits digits; as it has no token with
    // two of them, the ids differ only where several spaces stand in front of a digit.
    if (pre != "smollm" && pre != "gpt-2") file.refuse("tokenizer.ggml.pre", std::string(pre));
    const auto unknown = token_id(file, "unknown");
    const Json unknown_token = unknown ? Json(token(file, *unknown)) : Json();
    const Json head{{"version", "1.0"},
                    {"truncation", nullptr},
                    {"padding", nullptr},
                    {"added_tokens", added_tokens(file)},
                    {"normalizer", nullptr},
                    {"pre_tokenizer", byte_level(file.boolean("tokenizer.ggml.add_space_prefix", false))},
                    {"post_processor", post_processor(file)},
                    {"decoder", byte_level(true)}};
    const Json bpe{{"type", "BPE"},
                   {"dropout", nullptr},
                   {"unk_token", unknown_token},
                   {"continuing_subword_prefix", nullptr},
                   {"end_of_word_suffix", nullptr},
                   {"fuse_unk", true},
                   {"byte_fallback", true},
                   {"ignore_merges", false}};
    std::string out = head.dump(), inner = bpe.dump();
    out.pop_back();
    inner.pop_back();
    return out + ",\"model\":" + inner + ",\"vocab\":" + vocabulary_json(file) + ",\"merges\":" + merges_json(file) +
           "}}\n";
}

std::string tokenizer_config_json(const GgufFile& file, std::int64_t context) {
    Json decoder = Json::object();
    for (const Json& entry : added_tokens(file)) {
        Json& copy = decoder[std::to_string(entry["id"].get<std::int64_t>())] = entry;
        copy.erase("id");
    }
    Json out{{"add_prefix_space", file.boolean("tokenizer.ggml.add_space_prefix", false)},
             {"added_tokens_decoder", decoder}};
    for (const auto& [name, key] :
         {std::pair("bos", "bos"), std::pair("eos", "eos"), std::pair("pad", "padding"), std::pair("unk", "unknown")})
        if (const auto id = token_id(file, key)) out[std::string(name) + "_token"] = token(file, *id);
    if (file.contains("tokenizer.chat_template")) {
        quoted(file, file.text("tokenizer.chat_template"));
        out["chat_template"] = file.text("tokenizer.chat_template");
    }
    out["clean_up_tokenization_spaces"] = false;
    out["model_max_length"] = context;
    out["tokenizer_class"] = "PreTrainedTokenizerFast";
    return out.dump(2) + "\n";
}

} // namespace octavo
