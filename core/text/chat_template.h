// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"

struct octavo_text_template;

namespace octavo {

struct ChatMessage;

/// The chat template of a model folder: chat_template.jinja, else `chat_template` of tokenizer_config.json, which is a
/// string or a list of named templates (the one named "default" is used). A template that does not compile is reported
/// when it is first rendered, so that work without chats can go on.
class ChatTemplate {
public:
    /// `config` is tokenizer_config.json or null, `special_tokens` the variables bos_token, eos_token, … of every
    /// rendering. Throws Error(unusable_model) when a template is there but cannot be read.
    ChatTemplate(const std::filesystem::path& model_folder, const Json& config, Json special_tokens);

    bool exists() const { return exists_; }
    /// `extra` (an object, or null) wins over the special tokens. Throws Error(unusable_data), see Tokenizer::render.
    std::string render(const std::vector<ChatMessage>& messages, bool add_generation_prompt, const Json& extra) const;

private:
    void compile(const std::string& source);

    std::string file_;
    Json special_tokens_;
    bool exists_ = false;
    std::shared_ptr<octavo_text_template> compiled_; ///< null with `defect_` set when it does not compile
    std::string defect_;
};

} // namespace octavo
