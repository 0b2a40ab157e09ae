// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "report/run_record.h"

namespace octavo {

/// A part of the scored tokens, paired between a model and its reference.
struct Breakdown {
    std::string name; ///< token class ("whitespace", "digits", "code", "rare", "other") or positions ("0-127")
    std::int64_t tokens = 0;
    double perplexity = 0, reference_perplexity = 0;
    Estimate perplexity_ratio, kl_divergence;
    double same_top = 0;
};

/// One scored token of a passage.
struct PassageToken {
    std::string text;
    double kl = 0;          ///< nats, of the distribution that should have given this token
    double loss_change = 0; ///< its loss minus the reference's, nats
};

/// A stretch of text on which model and reference differ most, in readable form.
struct Passage {
    int window = 0, position = 0; ///< of its first token
    std::string before;           ///< the text in front of it
    std::vector<PassageToken> tokens;
    double kl = 0, loss_change = 0; ///< means over its tokens
    std::string expected, instead;  ///< most likely next token of reference and model where they differ most
    int worst = 0;                  ///< which of the tokens that is
};

/// KL divergences are counted in bins of a quarter decade: bin 0 is below 1e-7, then edges 10^(−7 + i/4), the last
/// holds 10 and above.
inline constexpr int kl_bins = 34;
double kl_bin_lower_edge(int bin); ///< 0 for bin 0
int kl_bin_of(double kl);

/// Before and after on one text, finer than its metrics.
struct Comparison {
    Metrics metrics;
    double top5_agreement = 0; ///< mean share of the reference's five most likely tokens that are among the model's
    double flips_worse = 0; ///< fraction of tokens that the reference's most likely token got right and the model's not
    double flips_better = 0;                ///< and the other way round
    std::vector<std::int64_t> kl_histogram; ///< [kl_bins]
    std::vector<double> window_kl;          ///< mean of each window, in order
    std::vector<Breakdown> positions;       ///< eighths of the window
    std::vector<Breakdown> classes;
    std::vector<Passage> worst; ///< by falling mean KL divergence, not overlapping
};

/// Fraction with its 95 % interval after Wilson.
struct Proportion {
    double value = 0, low = 0, high = 0;
};
Proportion wilson(std::int64_t successes, std::int64_t trials);

/// Two-sided exact McNemar test: how likely a split of the discordant pairs at least as uneven is by chance.
double mcnemar(std::int64_t lost, std::int64_t gained);

/// Multiple-choice accuracy: the choice with the largest log-likelihood per byte counts as the answer.
struct ChoiceResult {
    std::string file;
    std::int64_t questions = 0;
    Proportion accuracy;
    std::optional<Proportion> reference_accuracy;
    std::int64_t lost = 0, gained = 0; ///< right before and wrong now; wrong before and right now
    double p_value = 1;                ///< mcnemar(lost, gained)
};

/// comparison.json in a run folder.
struct ComparisonReport {
    static constexpr int schema_version = 1;
    std::vector<Comparison> texts;
    std::optional<ChoiceResult> choices;
};

inline constexpr const char* comparison_file_name = "comparison.json";
Json to_json(const Comparison& comparison);
Json to_json(const ChoiceResult& result);
Json to_json(const ComparisonReport& report);
/// Throws Error(unusable_run) naming `file`: wrong types, a newer schema.
ComparisonReport comparison_report_from_json(const Json& json, const std::string& file);
void write_comparison(const std::filesystem::path& file, const ComparisonReport& report); ///< atomically
ComparisonReport read_comparison(const std::filesystem::path& file);

} // namespace octavo
