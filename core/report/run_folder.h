// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "report/event.h"
#include "report/run_record.h"

namespace octavo {

// Names of the arrays in statistics.safetensors: "<owner>/<statistic>", all float32, one dimension unless said
// otherwise. Owners are sites (the input that several matrices share: "model.layers.3.attention_input",
// ".output_input", ".mlp_input",
// ".down_input") and matrices (module names). K = channels of the site, N = rows of the matrix.
//   site:   min_before, max_before, absmax_before, mean_square_before [K], the same with _after (as the matrices see it
//   after smoothing)
//           histogram_before, histogram_after [bins of histogram_bin] counts of |x|
//           percentiles_before, percentiles_after [7]: signed x at 0.1, 1, 25, 50, 75, 99, 99.9 % (from a seeded
//           sample) weight_absmax_before, weight_absmax_after [K]: max over the rows of all consumers
//           weight_mean_square_before [K]: mean over the rows of all consumers
//           smoothing_scale [K]; strengths [A], strength_errors [A]: α candidates and their expected relative output
//           error; balanced_error [1]: that of the scales where they are no strength's
//           hessian_spectrum [2 · points]: eigenvalues of the Gram that the solver gets, undamped, relative to their
//           mean, and the share of all eigenvalues that each stands for, largest first (quantize/spectrum.h)
//   matrix: weight_scale [N], row_error [N], column_error [K] (each sums to tr(ΔW H ΔWᵀ)), weight_histogram [256]
//   counts over codes −128…127
//           (integer) or [256] over code bytes (E4M3)

/// Bins of the log-spaced histograms: bin 0 holds zeros and |x| < 2⁻²⁰, then 8 bins per octave up to 2²⁰.
inline constexpr int histogram_bins = 1 + 40 * 8;
/// 0 for bin 0 and 2^(−20 + (bin − 1)/8) after it; histogram_lower_edge(histogram_bins) is the upper edge of the last
/// bin, which also holds what lies above.
double histogram_lower_edge(int bin);

/// Arrays of a run, read lazily from statistics.safetensors and, while the run goes on, from statistics.parts.
class Statistics {
public:
    Statistics() = default;
    /// Throws Error(unusable_run) when the file is missing or damaged.
    explicit Statistics(const std::filesystem::path& file);
    /// What a run folder holds at this moment: nothing, the parts that were written so far, or all of it. Throws
    /// Error(unusable_run) when statistics.safetensors is damaged.
    static Statistics in_folder(const std::filesystem::path& folder);
    bool contains(const std::string& owner, const std::string& statistic) const;
    std::vector<float> get(const std::string& owner, const std::string& statistic) const; ///< empty when absent
    std::vector<std::string> owners() const;                                              ///< each once, sorted
    bool empty() const;

private:
    struct Data;
    std::shared_ptr<const Data> data_;
};

/// Collects a run as it happens: run.json rewritten atomically when a phase ends, events.jsonl and log.txt appended
/// line by line (of the progress events at most five a second), the arrays of a site or matrix appended to
/// statistics.parts when StatisticsSaved names it, and merged into statistics.safetensors by flush(). Whatever moment
/// the folder is looked at or copied, it opens. Thread-safe.
class RunWriter final : public Sink {
public:
    /// Creates `folder`; throws Error(unusable_target) when it holds something already, Error(io | disk_full).
    RunWriter(const std::filesystem::path& folder, RunRecord record);
    /// Goes on with a run that was interrupted: its record, arrays and lines stay. Throws Error(unusable_run | io).
    static std::unique_ptr<RunWriter> reopen(const std::filesystem::path& folder);
    ~RunWriter() override; ///< flushes what was not yet, as far as that is possible

    const std::filesystem::path& folder() const;
    void on_event(const Event& event) override; ///< also fills phases and layers of the record
    /// Keeps an array until StatisticsSaved of its owner or flush(). A second one of the same name replaces the first.
    void put(const std::string& owner, const std::string& statistic, std::vector<float> values);
    void
    update(const std::function<void(RunRecord&)>& change); ///< then run.json is written; throws Error(disk_full | io)
    RunRecord record() const;
    /// Throws what flush() would throw for lines: a job asks now and then, so that it does not go on for hours when
    /// nothing of it can be kept.
    void check() const;
    /// Writes statistics.safetensors (all arrays anew, when there are new ones; at the end of a run, not of a layer)
    /// and run.json, each atomically. Throws Error(disk_full | io), also for lines that on_event() could not write.
    void flush();

private:
    struct State;
    explicit RunWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// A run folder opened for reading: what the window draws. A run that still goes on or ended abruptly opens too, with
/// the matrices and statistics that were written so far. Throws Error(unusable_run): not a run folder, damaged, newer
/// schema.
struct Run {
    std::filesystem::path folder;
    RunRecord record;
    Statistics statistics;

    static Run open(const std::filesystem::path& folder);
    /// Of events.jsonl. A last line cut short is dropped and types that a later version added are passed over.
    std::vector<Event> events() const;
};

/// Default place and name of a new run, in UTC: <data_home()>/runs/20261124-101500-SmolLM2-W8A8, with -2, -3, … where
/// that exists. Characters that are awkward in file names become "-". Creates nothing.
std::filesystem::path default_run_folder(const std::string& model_name, const std::string& scheme);

} // namespace octavo
