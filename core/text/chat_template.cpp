// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/chat_template.h"

#include "base/files.h"
#include "text/calibration.h"
#include "text/rust.h"

namespace octavo {

namespace {

constexpr std::size_t largest_template = 4u << 20;

/// The template named "default" of a list [{name, template}], as transformers chooses it.
std::string default_of(const Json& templates, const std::string& file) {
    for (const auto& entry : templates)
        if (entry.is_object() && entry.contains("name") && entry["name"] == "default" && entry.contains("template") &&
            entry["template"].is_string())
            return entry["template"].get<std::string>();
    throw Error(ErrorCode::unusable_model, msg("There are several chat templates but none is named \"default\""),
                msg("Name one of them \"default\", or put the template into chat_template.jinja."), {.file = file});
}

} // namespace

ChatTemplate::ChatTemplate(const std::filesystem::path& model_folder, const Json& config, Json special_tokens)
    : special_tokens_(std::move(special_tokens)) {
    const auto file = model_folder / "chat_template.jinja";
    std::error_code status;
    if (std::filesystem::is_regular_file(file, status)) {
        file_ = file.string();
        const auto size = std::filesystem::file_size(file, status);
        if (status || size > largest_template)
            throw Error(ErrorCode::unusable_model,
                        msg("The chat template cannot be read or is larger than %1 bytes", largest_template), {},
                        {.file = file_});
        compile(read_file(file, largest_template));
        return;
    }
    file_ = (model_folder / "tokenizer_config.json").string();
    if (!config.is_object() || !config.contains("chat_template")) return;
    const auto& entry = config["chat_template"];
    if (entry.is_string())
        compile(entry.get<std::string>());
    else if (entry.is_array() && !entry.empty())
        compile(default_of(entry, file_));
}

void ChatTemplate::compile(const std::string& source) {
    exists_ = true;
    octavo_text_template* compiled = nullptr;
    RustText message;
    if (octavo_text_template_open(rust_slice(source), &compiled, message.out()) == OCTAVO_TEXT_OK)
        compiled_.reset(compiled, octavo_text_template_close);
    else
        defect_ = message.text();
}

std::string ChatTemplate::render(const std::vector<ChatMessage>& messages, bool add_generation_prompt,
                                 const Json& extra) const {
    if (!exists_)
        throw Error(ErrorCode::unusable_data, msg("The model has no chat template"),
                    msg("Use plain text, or put a chat_template.jinja into the model folder."), {.file = file_});
    if (!compiled_)
        throw Error(ErrorCode::unusable_data, msg("The chat template is not valid: %1", defect_),
                    msg("Mend the template or put a chat_template.jinja into the model folder."), {.file = file_});
    auto variables = special_tokens_.is_object() ? special_tokens_ : Json::object();
    variables["tools"] = nullptr;
    variables["documents"] = nullptr;
    if (extra.is_object()) variables.update(extra);
    auto& list = variables["messages"] = Json::array();
    for (const auto& message : messages) list.push_back({{"role", message.role}, {"content", message.content}});
    variables["add_generation_prompt"] = add_generation_prompt;

    RustText text, failure;
    const auto json = variables.dump(-1, ' ', false, Json::error_handler_t::replace);
    switch (octavo_text_template_render(compiled_.get(), rust_slice(json), text.out(), failure.out())) {
    case OCTAVO_TEXT_OK: return text.text();
    case OCTAVO_TEXT_RAISED:
        throw Error(ErrorCode::unusable_data, msg("The chat template refuses this conversation: %1", failure.text()),
                    msg("Use conversations of the form that the model expects."), {.file = file_});
    case OCTAVO_TEXT_LIMIT:
        throw Error(ErrorCode::unusable_data, msg("The chat template was stopped: %1", failure.text()),
                    msg("Mend the template or put a chat_template.jinja into the model folder."), {.file = file_});
    default:
        throw Error(ErrorCode::unusable_data, msg("The chat template cannot be rendered: %1", failure.text()),
                    msg("Mend the template or put a chat_template.jinja into the model folder."), {.file = file_});
    }
}

} // namespace octavo
