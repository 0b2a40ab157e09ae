// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>

#include <sys/ioctl.h>
#include <unistd.h>

#include "answers_text.h"
#include "common_options.h"
#include "job/answers.h"
#include "output.h"
#include "progress.h"
#include "signals.h"

namespace octavo::cli {

namespace {

constexpr std::size_t usual_width = 100, widest = 160;

struct Options {
    PromptsRequest request;
    std::vector<std::string> prompts;
    std::filesystem::path file;
    bool plain = false;
};

std::size_t width() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual_width;
    return std::min<std::size_t>(size.ws_col, widest);
}

Json json_of(const AnswerText& text, double of_original, double of_candidate, std::int32_t id, bool parts) {
    Json out{{"text", text.same + text.token + text.rest}, {"tokens", text.tokens}};
    if (parts)
        out["divergent_token"] = {{"id", id},
                                  {"text", text.token},
                                  {"probability_original", of_original},
                                  {"probability_candidate", of_candidate}};
    return out;
}

Json json_of(const Answers& answers) {
    const bool parts = answers.divergence.has_value();
    const Divergence at = answers.divergence.value_or(Divergence());
    Json out{{"prompt", answers.prompt}};
    out["original"] = json_of(answers.original, at.original_of_original, at.candidate_of_original, at.original, parts);
    out["candidate"] =
        json_of(answers.candidate, at.original_of_candidate, at.candidate_of_candidate, at.candidate, parts);
    out["same"] = !parts;
    if (parts) {
        out["same_tokens"] = at.token;
        out["near_tie"] = at.near_tie();
    } else {
        out["same_tokens"] = answers.original.tokens;
    }
    out["reading"] = reading(answers).english();
    return out;
}

int generate(Options& options, const Session& session) {
    const StopScope scope;
    PromptsRequest& request = options.request;
    for (const std::string& prompt : options.prompts) request.prompts.push_back({{"user", prompt}});
    if (!options.file.empty())
        for (auto& prompt : read_prompts(options.file, session.stop.get_token()))
            request.prompts.push_back(std::move(prompt));
    request.chat_template = !options.plain;
    std::vector<Answers> all;
    {
        ProgressPrinter progress;
        all = answer_prompts(request, progress, session.stop.get_token());
    }
    if (session.json) {
        Json out;
        out["answers"] = Json::array();
        for (const Answers& one : all) out["answers"].push_back(json_of(one));
        out["temperature"] = request.temperature;
        out["seed"] = request.seed;
        print_json(out);
        return 0;
    }
    std::string text;
    for (const Answers& one : all) text += (text.empty() ? "" : "\n") + answers_text(one, width());
    if (all.size() > 1)
        text += "\n" + std::to_string(std::ranges::count_if(all, [](const Answers& one) { return !one.divergence; })) +
                " of " + std::to_string(all.size()) + " answers are the same.\n";
    print(text);
    return 0;
}

} // namespace

void add_generate(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    PromptsRequest& request = options->request;
    CLI::App* command = app.add_subcommand(
        "generate", "Answers of two model folders to the same prompts side by side, with the first different token");
    command->add_option("ORIGINAL", request.original, "Model folder, 16-bit")->required();
    command->add_option("CANDIDATE", request.candidate, "An export of it, or another model with its vocabulary")
        ->required();
    auto* prompts = command->add_option("--prompt", options->prompts, "What both are asked; may be repeated")
                        ->type_name("TEXT")
                        ->allow_extra_args(false);
    auto* file =
        command
            ->add_option("--prompts", options->file,
                         "Prompts of a file: one on each line, or conversations up to the last question (JSON, "
                         "JSONL, Parquet)")
            ->type_name("FILE");
    command->add_option("--tokens", request.tokens, "Tokens of an answer at most")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1 << 20));
    command->add_option("--temperature", request.temperature, "0: always the most likely token")
        ->type_name("T")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 100.0));
    command->add_option("--top-p", request.top_p, "With a temperature: draw among the likeliest tokens of this share")
        ->type_name("P")
        ->capture_default_str()
        ->check(CLI::Range(1e-6, 1.0));
    command->add_option("--seed", request.seed, "Of the draws, which are the same for both")
        ->type_name("S")
        ->capture_default_str();
    command->add_flag("--plain", options->plain, "Without the chat template: the prompt is gone on with as it is");
    add_device(*command, request.device, request.threads);
    add_json(*command, session);
    command->callback([options, prompts, file, &session] {
        if (prompts->count() + file->count() == 0) throw CLI::RequiredError("--prompt or --prompts");
        session.action = [=, &session] { return generate(*options, session); };
    });
}

} // namespace octavo::cli
