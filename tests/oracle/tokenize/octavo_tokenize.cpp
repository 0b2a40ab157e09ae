// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <fstream>

#include "base/current_error.h"
#include "base/json.h"
#include "text/calibration.h"
#include "text/tokenizer.h"

using namespace octavo;

namespace {

Json encoded(const Tokenizer& tokenizer, const Json& text) {
    const std::vector<std::int32_t> ids = tokenizer.encode(text.get<std::string>(), false);
    return {
        {"ids", ids}, {"special", tokenizer.encode(text.get<std::string>(), true)}, {"decoded", tokenizer.decode(ids)}};
}

/// What the template makes of a chat, or what it raised.
Json rendered(const Tokenizer& tokenizer, const Json& chat) {
    std::vector<ChatMessage> messages;
    for (const Json& message : chat.at("messages")) messages.push_back({message.at("role"), message.at("content")});
    try {
        return {{"text", tokenizer.render(messages, chat.at("add_generation_prompt"), chat.at("extra"))}};
    } catch (const Error& error) {
        return {{"error", error.message().english()}};
    }
}

int run(int count, char** arguments) {
    if (count != 4) {
        std::fputs(
            "octavo-tokenize MODEL REQUESTS.json OUT.json: {\"texts\": [...], \"chats\": [{\"messages\", \"extra\", "
            "\"add_generation_prompt\"}, ...]}, each by itself\n",
            stderr);
        return 2;
    }
    const Tokenizer tokenizer(arguments[1]);
    const Json requests = read_json(arguments[2], ErrorCode::unusable_data);
    Json out{{"texts", Json::array()}, {"chats", Json::array()}};
    for (const Json& text : requests.at("texts")) out["texts"].push_back(encoded(tokenizer, text));
    for (const Json& chat : requests.at("chats")) out["chats"].push_back(rendered(tokenizer, chat));
    // A decoded text may end within a character.
    std::ofstream(arguments[3]) << out.dump(-1, ' ', true, Json::error_handler_t::replace);
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    try {
        return run(count, arguments);
    } catch (...) {
        return print_current_error("octavo-tokenize");
    }
}
