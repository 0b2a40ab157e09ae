// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace octavo {

/// What turns text into ids: the Rust crate for tokenizer.json, sentencepiece for tokenizer.model. Immutable and
/// thread-safe.
class TextBackend {
public:
    virtual ~TextBackend() = default;
    /// Texts are valid UTF-8. Throws Error(unusable_data) when the tokenizer itself fails.
    virtual std::vector<std::vector<std::int32_t>> encode(const std::vector<std::string_view>& texts,
                                                          bool add_special_tokens) const = 0;
    virtual std::string decode(const std::vector<std::int32_t>& ids, bool skip_special_tokens) const = 0;
    virtual std::int64_t vocabulary() const = 0; ///< largest id + 1
    virtual std::optional<std::int32_t> id_of(std::string_view token) const = 0;
};

/// Throws Error(unusable_model) naming the file.
std::unique_ptr<TextBackend> open_tokenizer_json(const std::filesystem::path& file);
/// `config` is tokenizer_config.json (an object, or null): add_bos_token, add_eos_token, legacy, added_tokens_decoder.
/// `added_tokens` is added_tokens.json (or null). Behaves like transformers' LlamaTokenizer. Throws
/// Error(unusable_model) naming the file.
std::unique_ptr<TextBackend> open_sentencepiece(const std::filesystem::path& file, const Json& config,
                                                const Json& added_tokens);

/// The text of a token in tokenizer_config.json: a string or an object {content: …}; empty when it is neither.
std::string token_text(const Json& token);

} // namespace octavo
