// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "allocate/study.h"
#include "report/comparison.h"
#include "report/event.h"
#include "report/run_record.h"

namespace octavo {

struct EvaluateRequest {
    std::filesystem::path model;
    std::filesystem::path reference;          ///< empty = perplexity only
    std::filesystem::path text;               ///< empty = built-in
    std::vector<std::filesystem::path> texts; ///< several instead; their windows go through the layers together
    /// Multiple-choice questions besides (evaluate/questions.h); empty = none.
    std::filesystem::path questions;
    int sequence_length = 2048;
    int windows = 0;          ///< 0 = all that the text gives
    std::string bos = "auto"; ///< "auto", "window", "start", "none"
    int threads = 0;
    std::string device = "auto";
};

/// Per scored token, for the picture of where the damage sits along the text.
struct TokenLosses {
    std::vector<std::int32_t> ids;                ///< scored token
    std::vector<float> loss, reference_loss, kl;  ///< nats
    std::vector<std::int32_t> top, reference_top; ///< most likely next token of each; with a reference only
    std::vector<std::uint8_t> top5; ///< how many of the reference's five most likely are among the model's
};

struct EvaluateResult {
    Metrics metrics; ///< over all texts
    TokenLosses tokens;
    ComparisonReport report; ///< one entry per text, with a reference; questions also without
};

/// Continuations of token rows by the model itself.
struct GenerateRequest {
    std::filesystem::path model;                    ///< 16-bit, or an export
    std::vector<std::vector<std::int32_t>> prompts; ///< of any lengths, at least one token each
    std::int64_t length = 256;                      ///< tokens of a finished row, prompt included
    std::int64_t new_tokens = 0; ///< tokens that are added to each prompt, in place of `length`; 0 = `length` counts
    double temperature = 1;      ///< 0 = always the most likely token
    double top_p = 1;            ///< of the likeliest tokens that make up this share
    bool stop_at_end = true;     ///< a row ends with its first end-of-text token
    std::uint64_t seed = 42;
    int threads = 0;
    std::string device = "auto";
};

/// The same prompts for two folders.
struct AnswersRequest {
    GenerateRequest original;        ///< its prompts and options are the candidate's too
    std::filesystem::path candidate; ///< an export of the original, or another model with its vocabulary
};

/// Where two answers part. The tokens before are the same in both, so both models chose among the same continuations of
/// the same text.
struct Divergence {
    std::size_t token = 0; ///< of the answer, from 0
    std::int32_t original = 0, candidate = 0;
    /// Probability of either token in either model, at temperature 1, whatever was drawn with.
    double original_of_original = 0, original_of_candidate = 0, candidate_of_original = 0, candidate_of_candidate = 0;

    /// The original found the other token at least three quarters as likely as its own: a change of a logit by 0.3
    /// decides.
    bool near_tie() const { return original_of_candidate >= 0.75 * original_of_original; }
};

/// Prompts left out.
struct AnswerTokens {
    std::vector<std::int32_t> original, candidate;
    std::optional<Divergence> divergence; ///< none: the answers are the same
};

struct Job;

/// The part of Octavo that computes with tensors. It lives in a library of its own (with LibTorch behind it) that is
/// loaded when the first job that needs it starts, so neither the window nor a data-free command pays for it. All calls
/// may throw Error; a requested stop throws Error(cancelled).
class Engine {
public:
    virtual ~Engine() = default;
    /// One walk over the decoder layers: statistics, smoothing, solve, propagate; writes every matrix to the job's
    /// exporter.
    virtual void calibrate_and_solve(Job& job) = 0;
    virtual EvaluateResult evaluate(const EvaluateRequest& request, Sink& sink, std::stop_token stop) = 0;
    /// Tier 3 of every group × scheme (evaluate/sensitivity.h); rows come as SensitivityMeasured while it runs.
    virtual SensitivityTable measure_sensitivity(const SensitivityRequest& request, Sink& sink,
                                                 std::stop_token stop) = 0;
    /// Rows that start with the prompts (evaluate/generate.h). Progress has the phase "generate".
    virtual std::vector<std::vector<std::int32_t>> generate(const GenerateRequest& request, Sink& sink,
                                                            std::stop_token stop) = 0;
    virtual std::string version() const = 0; ///< "LibTorch 2.11.0"
    virtual std::uint64_t peak_device_bytes() const = 0;
    /// One answer of each folder per prompt (evaluate/answers.h). Progress has the phase "generate".
    virtual std::vector<AnswerTokens> compare_answers(const AnswersRequest& request, Sink& sink,
                                                      std::stop_token stop) = 0;
};

/// Loads the engine library (once per process). Throws Error(internal) with the loader's message when it is missing.
Engine& load_engine();

} // namespace octavo
