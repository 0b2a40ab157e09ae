// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "architecture/architecture.h"
#include "checkpoint/model_folder.h"
#include "compressed_tensors/exporter.h"
#include "job/journal.h"
#include "job/memory_plan.h"
#include "job/work_meter.h"
#include "recipe/recipe.h"
#include "report/run_folder.h"
#include "text/calibration.h"

namespace octavo {

struct QuantizeRequest {
    std::filesystem::path model, output;
    std::filesystem::path run_directory; ///< empty = default_run_folder(); with `resume` the interrupted run
    Recipe recipe;
    std::filesystem::path calibration;     ///< dataset file; empty = built-in text
    std::filesystem::path calibration_ids; ///< instead of it
    std::vector<DataSource> mixture;       ///< instead of both: several datasets by weight, or the model's own text
    ColumnNames columns;                   ///< of all datasets
    CalibrationOptions calibration_options;
    int threads = 0;             ///< 0 = all that may be used
    std::string device = "auto"; ///< "auto", "cpu", "cuda:N"
    /// Bytes of the tokens' activations that stay in memory; what is beyond goes to a file in the run folder. None = as
    /// much as fits.
    std::optional<std::uint64_t> activation_memory;
    bool overwrite = false;
    bool resume = false; ///< go on where the run in `run_directory` was interrupted
};

/// The request as it is kept in the journal, paths absolute, without `resume`.
Json to_json(const QuantizeRequest& request);

/// The request that an interrupted run can be resumed with. Throws Error(unusable_run): it has no journal or is done.
QuantizeRequest resumable_request(const std::filesystem::path& run_folder);

/// The newest interrupted run below the default place that was started with the same model, output and recipe; none
/// when there is no such run.
std::optional<std::filesystem::path> find_interrupted_run(const QuantizeRequest& request);

/// What a quantization works on, opened and checked; the engine fills it with results.
struct Job {
    const QuantizeRequest& request;
    const ModelFolder& model;
    std::optional<ModelConfig> config; ///< none: an architecture known by tensor names only (data-free schemes)
    const ResolvedRecipe& resolved;
    const CalibrationSet& calibration;
    Exporter& exporter;
    RunWriter& run;
    Sink& sink; ///< the caller's sink and the run folder
    std::stop_token stop;
    WorkMeter& meter;                            ///< of the phase that runs
    std::uint64_t activation_memory = in_memory; ///< plan_activations()
    Journal* journal = nullptr;                  ///< keeps finished layers; null where nothing is kept

    void throw_if_stopped() const; ///< Error(cancelled)
};

/// The whole job: read, tokenise, calibrate and solve (or encode without data), export, verify. The run folder is
/// complete afterwards, also when the job failed or was cancelled; then nothing is left at the output, and a calibrated
/// job that had finished a layer can be resumed. Throws Error.
RunRecord quantize(const QuantizeRequest& request, Sink& sink, std::stop_token stop);

} // namespace octavo
