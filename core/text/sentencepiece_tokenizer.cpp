// SPDX-License-Identifier: GPL-3.0-or-later
#include <sentencepiece_processor.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <unordered_map>

#include "base/files.h"
#include "text/text_backend.h"

namespace octavo {

namespace {

using sentencepiece::SentencePieceProcessor;
using Ids = std::vector<std::int32_t>;

constexpr std::size_t largest_model = std::size_t(256) << 20;
constexpr std::int32_t largest_id = 1 << 24;
constexpr std::string_view underline = "\xe2\x96\x81"; // ▁, what sentencepiece writes for a space

/// A token that is cut out of the text before sentencepiece sees it.
struct AddedToken {
    std::string text;
    std::int32_t id = 0;
    bool special = true, strip_left = false, strip_right = false;
};

bool flag(const Json& object, const char* name, bool otherwise) {
    return object.is_object() && object.contains(name) && object[name].is_boolean() ? object[name].get<bool>()
                                                                                    : otherwise;
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool starts_with_space(std::string_view text) { return text.starts_with(' ') || text.starts_with(underline); }

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string result;
    for (std::size_t at = 0;;) {
        const auto next = text.find(from, at);
        result += text.substr(at, next - at);
        if (next == std::string_view::npos) return result;
        result += to;
        at = next + from.size();
    }
}

/// transformers' LlamaTokenizer over the sentencepiece library. "Legacy" (the default of that class) gives every
/// stretch of text between added tokens the model's dummy prefix; otherwise only the beginning of the whole text gets
/// one.
class SentencePieceTokenizer final : public TextBackend {
public:
    SentencePieceTokenizer(const std::filesystem::path& file, const Json& config, const Json& added_tokens)
        : file_(file.string()), legacy_(flag(config, "legacy", true)),
          add_prefix_space_(flag(config, "add_prefix_space", true)) {
        load(file);
        collect_added(config, added_tokens);
        bos_ = id_of_setting(config, "bos_token", processor_.bos_id());
        eos_ = id_of_setting(config, "eos_token", processor_.eos_id());
        add_bos_ = flag(config, "add_bos_token", true) && bos_ >= 0;
        add_eos_ = flag(config, "add_eos_token", false) && eos_ >= 0;
        if (!legacy_ && processor_.unk_id() >= 0) {
            unknown_text_ = processor_.IdToPiece(processor_.unk_id());
            unknown_length_ = pieces(unknown_text_).size();
        }
    }

    std::vector<Ids> encode(const std::vector<std::string_view>& texts, bool add_special_tokens) const override {
        std::vector<Ids> result(texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            auto& ids = result[i];
            if (add_special_tokens && add_bos_) ids.push_back(bos_);
            encode_one(texts[i], ids);
            if (add_special_tokens && add_eos_) ids.push_back(eos_);
        }
        return result;
    }

    std::string decode(const Ids& ids, bool skip_special_tokens) const override {
        std::string text;
        Ids run;
        const auto flush = [&] {
            std::string piece;
            if (!run.empty() && !processor_.Decode(run, &piece).ok()) refuse_ids();
            text += piece;
            run.clear();
        };
        for (const auto id : ids) {
            const auto added = added_by_id_.find(id);
            if (added == added_by_id_.end()) {
                if (id < 0 || id >= processor_.GetPieceSize()) refuse_ids();
                run.push_back(id);
                continue;
            }
            flush();
            const auto& token = added_[added->second];
            if (!(skip_special_tokens && token.special)) text += token.text;
        }
        flush();
        return text;
    }

    std::int64_t vocabulary() const override { return vocabulary_; }

    std::optional<std::int32_t> id_of(std::string_view token) const override {
        for (const auto& added : added_)
            if (added.text == token) return added.id;
        const auto id = processor_.PieceToId(absl::string_view(token.data(), token.size()));
        if (id == processor_.unk_id() && processor_.IdToPiece(id) != token) return std::nullopt;
        return id;
    }

private:
    void load(const std::filesystem::path& file) {
        std::error_code status;
        const auto size = std::filesystem::file_size(file, status);
        if (status || size > largest_model) refuse(msg("the file cannot be read or is too large"));
        auto model = read_file(file, largest_model);
        // Later fields of a protobuf message win: this sets normalizer_spec.add_dummy_prefix (field 3 of field 3) to
        // false.
        if (!legacy_) model += std::string("\x1a\x02\x18\x00", 4);
        const auto loaded = processor_.LoadFromSerializedProto(absl::string_view(model.data(), model.size()));
        if (!loaded.ok()) refuse(msg("%1", loaded.ToString()));
        if (processor_.GetPieceSize() <= 0) refuse(msg("it has no pieces"));
        vocabulary_ = processor_.GetPieceSize();
    }

    [[noreturn]] void refuse(const Message& why) const {
        throw Error(ErrorCode::unusable_model, msg("The tokenizer does not load: %1", why),
                    msg("Replace the file with an intact copy."), {.file = file_});
    }

    [[noreturn]] void refuse_ids() const {
        throw Error(ErrorCode::unusable_data,
                    msg("The ids cannot be turned into text: %1", msg("an id is outside the vocabulary")), {},
                    {.file = file_});
    }

    void add(AddedToken token) {
        if (token.text.empty()) return;
        if (token.id < 0 || token.id >= largest_id)
            refuse(msg("the added token \"%1\" has the id %2", token.text, token.id));
        for (const auto& other : added_)
            if (other.text == token.text) return;
        vocabulary_ = std::max<std::int64_t>(vocabulary_, token.id + 1);
        added_by_id_.emplace(token.id, added_.size());
        by_first_byte_[static_cast<unsigned char>(token.text[0])].push_back(added_.size());
        added_.push_back(std::move(token));
    }

    void collect_added(const Json& config, const Json& added_tokens) {
        if (config.is_object() && config.contains("added_tokens_decoder") && config["added_tokens_decoder"].is_object())
            for (const auto& [key, value] : config["added_tokens_decoder"].items()) {
                std::int32_t id = -1;
                const auto [end, problem] = std::from_chars(key.data(), key.data() + key.size(), id);
                if (problem != std::errc() || end != key.data() + key.size())
                    refuse(msg("added_tokens_decoder has the key \"%1\"", key));
                add({token_text(value), id, flag(value, "special", false), flag(value, "lstrip", false),
                     flag(value, "rstrip", false)});
            }
        if (added_tokens.is_object())
            for (const auto& [text, id] : added_tokens.items()) {
                if (!id.is_number_integer() || id < 0 || id >= largest_id)
                    refuse(msg("added_tokens.json gives \"%1\" no usable id", text));
                add({text, id.get<std::int32_t>(), false});
            }
        for (const auto id : {processor_.unk_id(), processor_.bos_id(), processor_.eos_id()})
            if (id >= 0) add({processor_.IdToPiece(id), id});
        // The longest of several tokens that fit is the one that counts.
        for (auto& bucket : by_first_byte_)
            std::stable_sort(bucket.begin(), bucket.end(), [&](std::size_t a, std::size_t b) {
                return added_[a].text.size() > added_[b].text.size();
            });
    }

    std::int32_t id_of_setting(const Json& config, const char* name, std::int32_t otherwise) const {
        if (!config.is_object() || !config.contains(name)) return otherwise;
        return id_of(token_text(config[name])).value_or(otherwise);
    }

    Ids pieces(std::string_view text) const {
        Ids ids;
        const auto status = processor_.Encode(absl::string_view(text.data(), text.size()), &ids);
        if (!status.ok())
            throw Error(ErrorCode::unusable_data, msg("The text cannot be tokenised: %1", status.ToString()), {},
                        {.file = file_});
        return ids;
    }

    /// One stretch without added tokens.
    void encode_stretch(std::string_view text, Ids& ids) const {
        if (text.empty()) return;
        if (legacy_ || unknown_text_.empty() || !starts_with_space(text)) {
            const auto part = pieces(text);
            ids.insert(ids.end(), part.begin(), part.end());
            return;
        }
        // sentencepiece would strip the leading space: hide it behind the unknown token's text and drop what that
        // became.
        const auto part = pieces(unknown_text_ + std::string(text));
        ids.insert(ids.end(), part.begin() + static_cast<long>(std::min(unknown_length_, part.size())), part.end());
    }

    const AddedToken* match(std::string_view text, std::size_t at) const {
        for (const auto index : by_first_byte_[static_cast<unsigned char>(text[at])])
            if (text.substr(at).starts_with(added_[index].text)) return &added_[index];
        return nullptr;
    }

    void encode_one(std::string_view original, Ids& ids) const {
        if (original.empty()) return;
        std::string prepared;
        auto text = original;
        if (!legacy_) {
            prepared =
                (add_prefix_space_ ? std::string(underline) : std::string()) + replaced(original, underline, " ");
            text = prepared;
        }
        const auto first = ids.size();
        std::size_t start = 0;
        for (std::size_t at = 0; at < text.size();) {
            const auto* token = match(text, at);
            if (!token) {
                ++at;
                continue;
            }
            auto stretch = text.substr(start, at - start);
            if (token->strip_left)
                while (!stretch.empty() && is_space(stretch.back())) stretch.remove_suffix(1);
            encode_stretch(stretch, ids);
            const bool prefix_alone = !legacy_ && token->special && start == 0 && stretch == underline;
            if (prefix_alone) ids.resize(first); // the prefix space in front of a special token goes
            ids.push_back(token->id);
            at += token->text.size();
            if (token->strip_right)
                while (at < text.size() && is_space(text[at])) ++at;
            start = at;
        }
        encode_stretch(text.substr(start), ids);
    }

    std::string file_;
    SentencePieceProcessor processor_;
    bool legacy_, add_prefix_space_;
    std::vector<AddedToken> added_;
    std::unordered_map<std::int32_t, std::size_t> added_by_id_;
    std::array<std::vector<std::size_t>, 256> by_first_byte_;
    std::int32_t bos_ = -1, eos_ = -1;
    bool add_bos_ = false, add_eos_ = false;
    std::string unknown_text_;
    std::size_t unknown_length_ = 0;
    std::int64_t vocabulary_ = 0;
};

} // namespace

std::unique_ptr<TextBackend> open_sentencepiece(const std::filesystem::path& file, const Json& config,
                                                const Json& added_tokens) {
    return std::make_unique<SentencePieceTokenizer>(file, config, added_tokens);
}

} // namespace octavo
