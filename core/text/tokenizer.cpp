// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/tokenizer.h"

#include <algorithm>

#include "base/files.h"
#include "text/chat_template.h"
#include "text/text_backend.h"
#include "text/utf8.h"

namespace octavo {

namespace {

constexpr const char* named_tokens[] = {"bos_token", "eos_token", "unk_token", "sep_token",
                                        "pad_token", "cls_token", "mask_token"};

/// A JSON object of the folder, or null when the file is not there.
Json optional_object(const std::filesystem::path& file) {
    std::error_code status;
    if (!std::filesystem::exists(file, status)) return {};
    auto json = read_json(file, ErrorCode::unusable_model);
    if (!json.is_object())
        throw Error(ErrorCode::unusable_model, msg("The file does not hold a JSON object"),
                    msg("Replace the file with an intact copy."), {.file = file.string()});
    return json;
}

/// The variables bos_token, eos_token, … of the chat template: only those that are set, so that the others stay
/// undefined.
Json special_tokens_of(const Json& config, const Json& map) {
    auto result = Json::object();
    for (const auto* name : named_tokens)
        for (const auto* source : {&config, &map})
            if (!result.contains(name) && source->is_object() && source->contains(name))
                if (auto text = token_text((*source)[name]); !text.empty()) result[name] = std::move(text);
    for (const auto* source : {&config, &map}) {
        constexpr auto name = "additional_special_tokens";
        if (result.contains(name) || !source->is_object() || !source->contains(name) || !(*source)[name].is_array())
            continue;
        for (const auto& token : (*source)[name]) result[name].push_back(token_text(token));
    }
    return result;
}

} // namespace

std::string token_text(const Json& token) {
    if (token.is_string()) return token.get<std::string>();
    if (token.is_object() && token.contains("content") && token["content"].is_string())
        return token["content"].get<std::string>();
    return {};
}

struct Tokenizer::Implementation {
    explicit Implementation(const std::filesystem::path& folder)
        : config(optional_object(folder / "tokenizer_config.json")), backend(open(folder, config)),
          special_tokens(special_tokens_of(config, optional_object(folder / "special_tokens_map.json"))),
          chat(folder, config, special_tokens) {
        if (special_tokens.contains("bos_token")) bos = backend->id_of(special_tokens["bos_token"].get<std::string>());
        // What stands in front is the BOS, whatever the configuration calls it.
        const auto with = backend->encode({"a"}, true).front(), without = backend->encode({"a"}, false).front();
        adds_bos = with.size() > without.size() && !std::equal(without.begin(), without.end(), with.begin());
        if (adds_bos) bos = with.front();
    }

    static std::unique_ptr<TextBackend> open(const std::filesystem::path& folder, const Json& config) {
        std::error_code status;
        if (std::filesystem::exists(folder / "tokenizer.json", status))
            return open_tokenizer_json(folder / "tokenizer.json");
        if (std::filesystem::exists(folder / "tokenizer.model", status))
            return open_sentencepiece(folder / "tokenizer.model", config,
                                      optional_object(folder / "added_tokens.json"));
        throw Error(ErrorCode::unusable_model, msg("There is no tokenizer in this folder"),
                    msg("Copy tokenizer.json or tokenizer.model of the model into it."), {.file = folder.string()});
    }

    Json config;
    std::unique_ptr<TextBackend> backend;
    Json special_tokens;
    ChatTemplate chat;
    std::optional<std::int32_t> bos;
    bool adds_bos = false;
};

Tokenizer::Tokenizer(const std::filesystem::path& model_folder)
    : implementation_(std::make_unique<Implementation>(model_folder)) {}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

namespace {

void require_utf8(std::string_view text) {
    if (const auto at = find_invalid_utf8(text); at != std::string_view::npos)
        throw Error(ErrorCode::unusable_data, msg("The text is not valid UTF-8 (byte %1)", at),
                    msg("Convert the text to UTF-8."));
}

} // namespace

std::vector<std::int32_t> Tokenizer::encode(std::string_view text, bool add_special_tokens) const {
    require_utf8(text);
    return std::move(implementation_->backend->encode({text}, add_special_tokens).front());
}

std::vector<std::vector<std::int32_t>> Tokenizer::encode(const std::vector<std::string>& texts,
                                                         bool add_special_tokens) const {
    for (const auto& text : texts) require_utf8(text);
    return implementation_->backend->encode({texts.begin(), texts.end()}, add_special_tokens);
}

std::string Tokenizer::decode(const std::vector<std::int32_t>& ids, bool skip_special_tokens) const {
    return implementation_->backend->decode(ids, skip_special_tokens);
}

std::int64_t Tokenizer::vocabulary() const { return implementation_->backend->vocabulary(); }
std::optional<std::int32_t> Tokenizer::bos_token() const { return implementation_->bos; }
bool Tokenizer::adds_bos() const { return implementation_->adds_bos; }
bool Tokenizer::has_chat_template() const { return implementation_->chat.exists(); }

std::string Tokenizer::render(const std::vector<ChatMessage>& messages, bool add_generation_prompt,
                              const Json& extra) const {
    return implementation_->chat.render(messages, add_generation_prompt, extra);
}

} // namespace octavo
