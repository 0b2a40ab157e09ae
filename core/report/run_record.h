// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace octavo {

/// What happened to one matrix.
struct MatrixReport {
    std::string name;   ///< module name
    std::string role;   ///< "q_proj", …
    std::string scheme; ///< "W8A8"; empty = kept in 16 bit
    std::string site;   ///< whose input it reads: "model.layers.3.attention_input"
    int layer = -1;
    std::int64_t rows = 0, columns = 0;
    std::uint64_t bytes_before = 0, bytes_after = 0;
    double relative_error = 0;          ///< tr(ΔW H ΔWᵀ) / tr(W H Wᵀ) of what was written; 0 without data
    double relative_error_rounding = 0; ///< the same if the weights had only been rounded
    double weight_sqnr_db = 0;          ///< 10·log10(Σw² / Σ(w − ŵ)²)
    double outlier_ratio = 0;           ///< max / median of the input's per-channel absmax, before smoothing
    double outlier_ratio_after = 0;     ///< after smoothing
    double smoothing_strength = -1;     ///< α of its site, −1 = not smoothed
    double damping = 0;                 ///< fraction that was needed
    int damping_escalations = 0;
    std::int64_t routed_tokens = -1; ///< calibration tokens that the router sent to this expert; −1 = not an expert
    bool filled_up = false;          ///< they were too few: calibrated with tokens of other experts as well
    double seconds = 0;
};

/// Part of a phase.
struct StageRecord {
    std::string name; ///< "forward", "observe", "smooth", "factorise", "solve", "store", …
    double seconds = 0;
    /// What its arithmetic and its traffic would take at the rates that this machine reached in the same process with
    /// large products and plain copies (environment.rates); 0 = not known.
    double limit_seconds = 0;
};

struct PhaseRecord {
    std::string name;
    double seconds = 0;
    double limit_seconds = 0;             ///< as above; work that is not counted counts as none
    std::vector<StageRecord> stages = {}; ///< empty where the phase is one piece
};

struct Estimate {
    double value = 0, standard_error = 0;
};

/// Paired comparison of two models on the same windows (or of one alone: then only `perplexity` is set).
struct Metrics {
    double perplexity = 0;
    std::optional<double> reference_perplexity;
    Estimate perplexity_ratio;
    Estimate kl_divergence; ///< mean over scored tokens, nats
    double kl_median = 0, kl_p90 = 0, kl_p99 = 0, kl_p999 = 0, kl_max = 0;
    double same_top = 0;     ///< fraction of tokens with the same most likely next token
    std::int64_t tokens = 0; ///< scored
    int sequence_length = 0, windows = 0;
    std::string bos;  ///< "window", "start" or "none": the protocol that was used
    std::string text; ///< file that was scored, or "built-in"
    double seconds = 0;
};

/// One finding of `verify`.
struct Check {
    enum class Status { pass, warning, fail };
    std::string id; ///< "tensors.complete", …
    Status status = Status::pass;
    Message message;
    Message advice;
};

struct DatasetRecord {
    std::string source; ///< file name, "built-in" or "ids"
    std::int64_t samples = 0, tokens = 0;
    int sequence_length = 0;
    bool packed = false;
    std::uint64_t seed = 42;
};

struct ModelRecord {
    std::string path, name, architecture, dtype, fingerprint;
    std::int64_t parameters = 0;
    int layers = 0;
    std::uint64_t kv_bytes_per_token = 0;   ///< of the server's 16-bit cache, all layers; 0 = not known
    std::vector<std::int64_t> windows = {}; ///< sliding window per layer in tokens, 0 = full; empty = full everywhere
    /// What one sequence of `tokens` holds in the server's 16-bit cache, in bytes: a layer with a window keeps no more
    /// than that. 0 = not known.
    std::uint64_t kv_cache_bytes(std::int64_t tokens) const;
};

/// run.json: everything about a run but the arrays. Unknown keys are kept, a newer schema is refused.
struct RunRecord {
    static constexpr int schema_version = 1;
    std::string id;                 ///< folder name: date, model, scheme
    std::string started;            ///< ISO 8601, UTC
    std::string status = "running"; ///< "running", "done", "cancelled", "failed"
    Json recipe;
    ModelRecord model;
    DatasetRecord dataset;
    Json environment;   ///< octavo and torch versions, CPU, threads, device
    std::string output; ///< exported folder
    double seconds = 0;
    std::vector<PhaseRecord> phases;
    std::uint64_t peak_resident_bytes = 0, peak_device_bytes = 0;
    std::uint64_t weight_bytes_before = 0, weight_bytes_after = 0;
    std::map<std::string, std::uint64_t> bytes_by_kind_before,
        bytes_by_kind_after; ///< embeddings, attention, mlp, norms, head, other
    std::vector<MatrixReport> layers;
    std::optional<Metrics> metrics;
    std::vector<Check> checks;
    Message error; ///< when status is "failed"
    Json unknown;  ///< keys of a file that this version does not know
};

Json to_json(const MatrixReport& report);
MatrixReport matrix_report_from_json(const Json& json);
Json to_json(const Metrics& metrics); ///< the field names of the command line's JSON
Metrics metrics_from_json(const Json& json);
class Fields;
/// "limit_seconds" and "stages" of a phase; neither is written where nothing is known.
void write_limits(Json& json, double limit_seconds, const std::vector<StageRecord>& stages);
std::vector<StageRecord> stages_from_json(const Fields& fields);
Json to_json(const Check& check);
Check check_from_json(const Json& json);
Json to_json(const RunRecord& record);
RunRecord run_record_from_json(const Json& json, const std::string& file); ///< throws Error(unusable_run)

} // namespace octavo
