// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace octavo {

/// KL divergence of the logits when one group alone is quantized.
struct KlMeasure {
    double mean = 0;             ///< over scored tokens, nats
    double low = 0, high = 0;    ///< 95 % interval by bootstrap over the windows (percentiles, seeded)
    double same_top = 1;         ///< fraction of tokens whose most likely next token stays
    std::int64_t tokens = 0;     ///< scored
    std::vector<double> windows; ///< mean of each window, in their order: intervals of sums are made from them
};

/// The same, forecast from gradients of the unquantized model to second order (evaluate/gradient_walk.h).
struct GradientMeasure {
    double mean = 0;             ///< over scored tokens, nats
    double low = 0, high = 0;    ///< 95 % interval by bootstrap over the windows
    std::int64_t tokens = 0;     ///< scored
    std::vector<double> windows; ///< mean of each window, in their order
};

/// What one scheme does to one group: the matrices that need one scheme together (a fused set, or one matrix alone).
/// What was not measured is absent.
struct SensitivityRow {
    std::string group; ///< "model.layers.3.self_attn.qkv", or the module's name
    std::string role;  ///< "qkv", "gate_up", "o_proj", …
    int layer = -1;
    std::vector<std::string> modules; ///< exact names
    std::string scheme;               ///< "W8A8"
    std::int64_t parameters = 0;      ///< weights of the group
    std::uint64_t bytes = 0;          ///< on disk with the scheme, scales included
    std::uint64_t bytes_before = 0;   ///< on disk in the model's own dtype
    double bits_per_weight = 0;       ///< 8 · bytes / parameters
    // Tier 0, from the weights alone.
    std::optional<double> weight_sqnr_db;  ///< 10·log10(Σw² / Σ(w − ŵ)²) of plain rounding; 200 = exact
    std::optional<double> weight_outlier;  ///< largest over the rows of max |w| / rms(w)
    std::optional<double> weight_kurtosis; ///< E[(w − μ)⁴] / σ⁴; 3 for a normal distribution
    // Tier 1, from a calibrated run: tr(ΔW H ΔWᵀ) / tr(W H Wᵀ).
    std::optional<double> relative_error_rounding, relative_error_solved;
    // Tier 2.
    std::optional<GradientMeasure> gradient;
    Message gradient_missing; ///< why there can be none; empty otherwise
    // Tier 3.
    std::optional<KlMeasure> kl;
    double seconds = 0; ///< share of the measurement

    /// What a mixed recipe is chosen by: the KL divergence, where there is none its forecast, then the error of a run,
    /// at last the noise of the weights. Only values of one kind can be compared (SensitivityTable::tier).
    double damage(int tier) const;
};

/// The text and the protocol of a measurement; two tables with equal ones may be joined.
struct SensitivityProtocol {
    std::string text; ///< file that was scored, or "built-in"
    std::string bos;  ///< "window", "start" or "none"
    int windows = 0, sequence_length = 0;
    std::uint64_t seed = 42; ///< of the bootstrap
    std::string run;         ///< runs whose smoothing was applied before rounding, ", " between them; empty = none
    bool solved = false;     ///< matrices as these runs solved them, not rounded
    bool operator==(const SensitivityProtocol&) const = default;
};

/// sensitivity.json: all that a budget needs, so that another one needs no new measurement.
struct SensitivityTable {
    static constexpr int schema_version = 1;
    std::string model_path, model_name, fingerprint;
    int layers = 0;
    SensitivityProtocol protocol;
    std::vector<std::string> schemes;
    std::vector<SensitivityRow> rows; ///< by layer, in execution order, then by scheme
    std::uint64_t other_bytes = 0;    ///< embeddings, norms, head: what no row counts
    bool complete = false;            ///< every group × scheme that was asked for has been measured
    double seconds = 0;
    double layer_forwards = 0; ///< passes of all windows through one decoder layer that were computed
    /// Measured over predicted KL divergence of a mixed recipe made from this table; 1 until one was measured.
    double calibration = 1;

    const SensitivityRow* find(const std::string& group, const std::string& scheme) const;
    /// The most telling tier that all rows have: 3, 2, 1, 0, or −1 for an empty table.
    int tier() const;
};

Json to_json(const SensitivityRow& row);
SensitivityRow sensitivity_row_from_json(const Json& json); ///< throws Error(unusable_run)
Json to_json(const SensitivityTable& table);
/// Throws Error(unusable_run) naming `file`: wrong types, a newer schema.
SensitivityTable sensitivity_table_from_json(const Json& json, const std::string& file);

inline constexpr const char* sensitivity_file_name = "sensitivity.json"; ///< in a run folder
/// Atomically. Throws Error(io | disk_full).
void write_sensitivity(const std::filesystem::path& file, const SensitivityTable& table);
SensitivityTable read_sensitivity(const std::filesystem::path& file);

} // namespace octavo
