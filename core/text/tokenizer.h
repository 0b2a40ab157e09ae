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

struct ChatMessage;

/// Tokenizer and chat template of a model folder, as transformers would apply them. Reads tokenizer.json (crate
/// `tokenizers`) or, where there is none, tokenizer.model (sentencepiece); template from chat_template.jinja or
/// tokenizer_config.json (crate `minijinja`). Immutable after construction and safe to use from several threads.
class Tokenizer {
public:
    /// Throws Error(unusable_model) naming the file when there is no tokenizer or it does not load.
    explicit Tokenizer(const std::filesystem::path& model_folder);
    ~Tokenizer();
    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;

    std::vector<std::int32_t> encode(std::string_view text, bool add_special_tokens) const;
    /// Many texts at once, in parallel.
    std::vector<std::vector<std::int32_t>> encode(const std::vector<std::string>& texts, bool add_special_tokens) const;
    std::string decode(const std::vector<std::int32_t>& ids, bool skip_special_tokens = false) const;

    std::int64_t vocabulary() const; ///< largest id + 1
    std::optional<std::int32_t> bos_token() const;
    /// True when encoding with special tokens puts a BOS in front: decides the perplexity protocol.
    bool adds_bos() const;
    bool has_chat_template() const;
    /// Renders as transformers' apply_chat_template(tokenize=False). Throws Error(unusable_data) with the template's
    /// own message when it raises, and when it runs out of its fuel or depth.
    std::string render(const std::vector<ChatMessage>& messages, bool add_generation_prompt = false,
                       const Json& extra = {}) const;

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

} // namespace octavo
