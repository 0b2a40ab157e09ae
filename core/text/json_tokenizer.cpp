// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "text/rust.h"
#include "text/text_backend.h"

namespace octavo {

namespace {

constexpr std::size_t largest_tokenizer = std::size_t(512) << 20;

class RustIds {
public:
    RustIds() = default;
    ~RustIds() { octavo_text_free_ids(&ids_); }
    RustIds(const RustIds&) = delete;
    RustIds& operator=(const RustIds&) = delete;

    octavo_text_ids* out() { return &ids_; }
    std::vector<std::vector<std::int32_t>> rows() const {
        std::vector<std::vector<std::int32_t>> result;
        result.reserve(ids_.end_count);
        std::size_t start = 0;
        for (std::size_t i = 0; i < ids_.end_count; ++i) {
            result.emplace_back(ids_.ids + start, ids_.ids + ids_.ends[i]);
            start = ids_.ends[i];
        }
        return result;
    }

private:
    octavo_text_ids ids_{nullptr, 0, nullptr, 0};
};

struct Close {
    void operator()(octavo_text_tokenizer* tokenizer) const { octavo_text_tokenizer_close(tokenizer); }
};

class JsonTokenizer final : public TextBackend {
public:
    explicit JsonTokenizer(const std::filesystem::path& file) : file_(file.string()) {
        std::error_code status;
        const auto size = std::filesystem::file_size(file, status);
        if (status || size > largest_tokenizer)
            throw Error(ErrorCode::unusable_model,
                        msg("The tokenizer cannot be read or is larger than %1 bytes", largest_tokenizer),
                        msg("Replace the file with an intact copy."), {.file = file_});
        const auto json = read_file(file, largest_tokenizer);
        octavo_text_tokenizer* tokenizer = nullptr;
        RustText message;
        if (octavo_text_tokenizer_open(rust_slice(json), &tokenizer, message.out()) != OCTAVO_TEXT_OK)
            throw Error(ErrorCode::unusable_model, msg("The tokenizer does not load: %1", message.text()),
                        msg("Replace the file with an intact copy."), {.file = file_});
        tokenizer_.reset(tokenizer);
    }

    std::vector<std::vector<std::int32_t>> encode(const std::vector<std::string_view>& texts,
                                                  bool add_special_tokens) const override {
        std::vector<octavo_text_slice> slices;
        slices.reserve(texts.size());
        for (const auto text : texts) slices.push_back(rust_slice(text));
        RustIds ids;
        RustText message;
        if (octavo_text_tokenizer_encode(tokenizer_.get(), slices.data(), slices.size(), add_special_tokens, ids.out(),
                                         message.out()) != OCTAVO_TEXT_OK)
            throw Error(ErrorCode::unusable_data, msg("The text cannot be tokenised: %1", message.text()), {},
                        {.file = file_});
        return ids.rows();
    }

    std::string decode(const std::vector<std::int32_t>& ids, bool skip_special_tokens) const override {
        std::vector<std::uint32_t> unsigned_ids(ids.begin(), ids.end());
        RustText text, message;
        if (octavo_text_tokenizer_decode(tokenizer_.get(), unsigned_ids.data(), unsigned_ids.size(),
                                         skip_special_tokens, text.out(), message.out()) != OCTAVO_TEXT_OK)
            throw Error(ErrorCode::unusable_data, msg("The ids cannot be turned into text: %1", message.text()), {},
                        {.file = file_});
        return text.text();
    }

    std::int64_t vocabulary() const override {
        return static_cast<std::int64_t>(octavo_text_tokenizer_vocabulary(tokenizer_.get()));
    }

    std::optional<std::int32_t> id_of(std::string_view token) const override {
        const auto id = octavo_text_tokenizer_id(tokenizer_.get(), rust_slice(token));
        if (id < 0 || id > INT32_MAX) return std::nullopt;
        return static_cast<std::int32_t>(id);
    }

private:
    std::string file_;
    std::unique_ptr<octavo_text_tokenizer, Close> tokenizer_;
};

} // namespace

std::unique_ptr<TextBackend> open_tokenizer_json(const std::filesystem::path& file) {
    return std::make_unique<JsonTokenizer>(file);
}

} // namespace octavo
