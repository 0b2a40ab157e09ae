// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>

#include "checks_text.h"
#include "common_options.h"
#include "engine/engine.h"
#include "output.h"
#include "progress.h"
#include "signals.h"

namespace octavo::cli {

namespace {

std::string with_error(const Estimate& estimate, int decimals) {
    return fixed(estimate.value, decimals) + " ± " + fixed(estimate.standard_error, decimals);
}

std::string text(const Metrics& metrics) {
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

int evaluate(const EvaluateRequest& request, const Session& session) {
    const StopScope scope;
    Metrics metrics;
    {
        ProgressPrinter progress;
        metrics = load_engine().evaluate(request, progress, session.stop.get_token()).metrics;
    }
    if (session.json) {
        Json out = to_json(metrics);
        out["protocol"] = protocol_text(metrics);
        print_json(out);
    } else {
        print(text(metrics));
    }
    return 0;
}

} // namespace

void add_evaluate(CLI::App& app, Session& session) {
    auto request = std::make_shared<EvaluateRequest>();
    CLI::App* command =
        app.add_subcommand("evaluate", "Perplexity of a model folder; with --reference also what quantization cost");
    command->add_option("MODEL", request->model, "Model folder, quantized or not")->required();
    command
        ->add_option("--reference", request->reference,
                     "The original: paired perplexity ratio, KL divergence and top-1 agreement")
        ->type_name("MODEL");
    command->add_option("--text", request->text, "Text to score; a built-in text unless given")->type_name("FILE");
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
    command->callback(
        [request, &session] { session.action = [request, &session] { return evaluate(*request, session); }; });
}

} // namespace octavo::cli
