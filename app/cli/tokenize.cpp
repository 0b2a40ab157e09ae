// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/tokenizer.h"

#include <CLI/CLI.hpp>

#include "common_options.h"
#include "output.h"
#include "text/calibration.h"
#include "text/read_text.h"

namespace octavo::cli {

namespace {

struct Options {
    std::string model, text, messages;
    bool generation_prompt = false, no_special_tokens = false;
};

std::vector<ChatMessage> read_messages(const std::string& file) {
    const Json json = read_json(file, ErrorCode::unusable_data);
    const Json& list = json.is_object() && json.contains("messages") ? json.at("messages") : json;
    const Error wrong(ErrorCode::unusable_data, msg("The file holds no list of messages"),
                      msg("Expected: [{\"role\": \"user\", \"content\": \"…\"}, …]"), {.file = file});
    if (!list.is_array() || list.empty()) throw wrong;
    std::vector<ChatMessage> out;
    for (const Json& each : list) {
        if (!each.is_object() || !each.contains("role") || !each.contains("content") || !each["role"].is_string() ||
            !each["content"].is_string())
            throw wrong;
        out.push_back({each["role"], each["content"]});
    }
    return out;
}

int tokenize(const Options& options, bool json) {
    if (options.text.empty() == options.messages.empty())
        throw Error(ErrorCode::usage, msg("Give either --text or --messages"),
                    msg("See `octavo-cli tokenize --help`."));
    const std::string contents = options.text.empty() ? "" : read_text(options.text);
    const std::vector<ChatMessage> messages =
        options.messages.empty() ? std::vector<ChatMessage>{} : read_messages(options.messages);
    const Tokenizer tokenizer(options.model);
    const std::string text =
        options.messages.empty() ? contents : tokenizer.render(messages, options.generation_prompt);
    // A rendered chat carries its special tokens itself.
    const std::vector<std::int32_t> ids =
        tokenizer.encode(text, options.messages.empty() && !options.no_special_tokens);
    if (json) {
        Json out;
        out["ids"] = ids;
        out["text"] = text;
        print_json(out);
        return 0;
    }
    std::string line;
    for (const std::int32_t id : ids) line += (line.empty() ? "" : " ") + std::to_string(id);
    print(line + "\n");
    return 0;
}

} // namespace

void add_tokenize(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("tokenize", "Token ids of a text or of a chat, as the model would get them");
    command->add_option("MODEL", options->model, "Model folder")->required();
    auto* text = command
                     ->add_option("--text", options->text,
                                  "Plain text; special tokens are added as the tokenizer does by default")
                     ->type_name("FILE");
    command
        ->add_option("--messages", options->messages,
                     "Chat: JSON list of {role, content}, rendered with the model's template")
        ->type_name("FILE")
        ->excludes(text);
    command->add_flag("--generation-prompt", options->generation_prompt,
                      "With --messages: end with the start of the assistant's turn");
    command->add_flag("--no-special-tokens", options->no_special_tokens, "With --text: the text's own tokens only");
    add_json(*command, session);
    command->callback(
        [options, &session] { session.action = [options, &session] { return tokenize(*options, session.json); }; });
}

} // namespace octavo::cli
