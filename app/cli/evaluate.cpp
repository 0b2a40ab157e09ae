// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>

#include "base/resources.h"
#include "checks_text.h"
#include "common_options.h"
#include "engine/evaluation.h"
#include "output.h"
#include "progress.h"
#include "signals.h"

namespace octavo::cli {

namespace {

std::string with_error(const Estimate& estimate, int decimals) {
    return fixed(estimate.value, decimals) + " ± " + fixed(estimate.standard_error, decimals);
}

std::string text_of(const Metrics& metrics) {
    std::vector<std::vector<std::string>> rows{{"Perplexity", fixed(metrics.perplexity, 4)}};
    if (metrics.reference_perplexity) {
        rows.push_back({"Perplexity of the reference", fixed(*metrics.reference_perplexity, 4)});
        rows.push_back({"Ratio", with_error(metrics.perplexity_ratio, 4)});
        rows.push_back({"KL divergence, mean", with_error(metrics.kl_divergence, 5)});
        rows.push_back(
            {"KL divergence, median / 99 % / max",
             fixed(metrics.kl_median, 5) + " / " + fixed(metrics.kl_p99, 4) + " / " + fixed(metrics.kl_max, 3)});
        rows.push_back({"Same most likely token", percent(metrics.same_top, 2)});
    }
    rows.push_back({"Scored", std::to_string(metrics.tokens) + " tokens of " + metrics.text});
    return table(rows, {true, true}) + "  Protocol: " + protocol_text(metrics) + ".\n";
}

std::string breakdown_text(const char* title, const std::vector<Breakdown>& parts) {
    std::vector<std::vector<std::string>> rows{{title, "tokens", "ratio", "KL divergence", "same top"}};
    for (const Breakdown& part : parts)
        rows.push_back({part.name, std::to_string(part.tokens), with_error(part.perplexity_ratio, 4),
                        with_error(part.kl_divergence, 5), percent(part.same_top, 2)});
    return table(rows, {true});
}

std::string passage_text(const Passage& passage) {
    std::string out = "  window " + std::to_string(passage.window + 1) + ", token " + std::to_string(passage.position) +
                      ", KL divergence " + fixed(passage.kl, 4) + ": \"";
    for (const PassageToken& token : passage.tokens)
        for (const char c : token.text) out += c == '\n' ? ' ' : c;
    return out + "\"; expected \"" + passage.expected + "\", now \"" + passage.instead + "\"\n";
}

std::string text_of(const Comparison& one) {
    std::string out = table({{"Top-5 agreement", percent(one.top5_agreement, 2)},
                             {"Right before, wrong now / the other way round",
                              percent(one.flips_worse, 2) + " / " + percent(one.flips_better, 2)}},
                            {true, true});
    out += breakdown_text("Tokens", one.classes) + breakdown_text("Positions", one.positions);
    out += "  Where they differ most:\n";
    for (std::size_t i = 0; i < std::min<std::size_t>(3, one.worst.size()); ++i) out += passage_text(one.worst[i]);
    return out;
}

std::string text_of(const ChoiceResult& choices) {
    const auto proportion = [](const Proportion& one) {
        return percent(one.value) + " (" + percent(one.low) + " to " + percent(one.high) + ")";
    };
    std::string out =
        "Multiple choice, " + std::to_string(choices.questions) + " questions: " + proportion(choices.accuracy) + "\n";
    if (!choices.reference_accuracy) return out;
    return out + "  Reference: " + proportion(*choices.reference_accuracy) + "; " + std::to_string(choices.lost) +
           " lost, " + std::to_string(choices.gained) + " gained, McNemar p = " + fixed(choices.p_value, 3) +
           (choices.p_value < 0.05 ? "\n" : ": no difference can be told from chance\n");
}

std::string text_of(const EvaluateResult& result) {
    const std::vector<Comparison>& texts = result.report.texts;
    std::string out = text_of(result.metrics);
    if (texts.size() > 1)
        for (const Comparison& one : texts) out += "\n" + text_of(one.metrics) + text_of(one);
    else if (!texts.empty())
        out += text_of(texts.front());
    return result.report.choices ? out + text_of(*result.report.choices) : out;
}

Json json_of(const EvaluateResult& result) {
    Json out = to_json(result.metrics);
    out["protocol"] = protocol_text(result.metrics);
    const Json report = to_json(result.report);
    if (!result.report.texts.empty()) out["texts"] = report["texts"];
    if (result.report.choices) out["choices"] = report["choices"];
    return out;
}

int evaluate(const EvaluateRequest& request, const std::filesystem::path& run, const Session& session) {
    const StopScope scope;
    if (!run.empty()) check_evaluated_run(run, request.model);
    EvaluateResult result;
    {
        ProgressPrinter progress;
        result = load_engine().evaluate(request, progress, session.stop.get_token());
    }
    if (!run.empty()) store_evaluation(run, result);
    if (session.json)
        print_json(json_of(result));
    else
        print(text_of(result));
    return 0;
}

} // namespace

void add_evaluate(CLI::App& app, Session& session) {
    auto request = std::make_shared<EvaluateRequest>();
    auto run = std::make_shared<std::filesystem::path>();
    CLI::App* command =
        app.add_subcommand("evaluate", "Perplexity of a model folder; with --reference also what quantization cost");
    command->add_option("MODEL", request->model, "Model folder, quantized or not")->required();
    command
        ->add_option("--reference", request->reference,
                     "The original: paired perplexity ratio, KL divergence and top-1 agreement")
        ->type_name("MODEL");
    command->add_option("--text", request->texts, "Text to score; a built-in text unless given; may be repeated")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command
        ->add_option("--questions", request->questions,
                     "Multiple-choice accuracy besides: JSON lines with question, choices and answer, or built-in: 200 "
                     "easy ones")
        ->type_name("FILE|built-in");
    command->add_option("--run", *run, "Run folder that made MODEL: keeps the result, which the workbench then shows")
        ->type_name("DIR");
    command->add_option("--sequence-length", request->sequence_length, "Tokens per window")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(2, 1 << 20));
    command->add_option("--windows", request->windows, "Score only the first N windows; all unless given")
        ->type_name("N")
        ->check(CLI::Range(1, 1 << 30));
    command
        ->add_option("--bos", request->bos,
                     "BOS in front of every window, of the text, nowhere, or as the tokenizer does (auto: window if it "
                     "adds one)")
        ->capture_default_str()
        ->check(CLI::IsMember({"auto", "window", "start", "none"}));
    add_device(*command, request->device, request->threads);
    add_json(*command, session);
    command->callback([request, run, &session] {
        if (request->questions == "built-in") request->questions = resource("questions.jsonl");
        session.action = [=, &session] { return evaluate(*request, *run, session); };
    });
}

} // namespace octavo::cli
