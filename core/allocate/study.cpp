// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocate/study.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "allocate/weight_noise.h"
#include "architecture/architecture.h"
#include "base/stop.h"
#include "compressed_tensors/exporter.h"
#include "job/process.h"
#include "report/run_folder.h"

namespace octavo {

void SensitivityRequest::set_preset(const std::string& name) {
    if (name == "quick") {
        windows = 8;
        sequence_length = 256;
    } else if (name == "thorough") {
        windows = 32;
        sequence_length = 512;
    } else {
        throw Error(ErrorCode::usage, msg("There is no preset %1", name), msg("Use quick or thorough."));
    }
}

std::vector<Module> modules_of(const ModelFolder& folder) {
    try {
        return linear_modules(read_model_config(folder));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::unsupported_architecture) throw;
        return linear_modules(folder);
    }
}

namespace {

/// A flag of the smoothing of a run's recipe, which those of older versions may not have.
bool smoothing_flag(const Json& recipe, const char* flag) {
    const Json* at = &recipe;
    for (const char* key : {"smoothing", flag}) {
        const auto found = at->is_object() ? at->find(key) : at->end();
        if (found == at->end()) return false;
        at = &*found;
    }
    return *at == true;
}

/// What calibrated runs say about a group: Σ tr(ΔW H ΔWᵀ) over Σ tr(W H Wᵀ) of its matrices.
class RunErrors {
public:
    RunErrors(const std::vector<std::filesystem::path>& folders, const std::string& fingerprint) {
        for (const std::filesystem::path& folder : folders) {
            const RunRecord& record = runs_.emplace_back(Run::open(folder)).record;
            if (!record.model.fingerprint.empty() && record.model.fingerprint != fingerprint)
                throw Error(ErrorCode::unusable_run, msg("The run was made from another model (%1)", record.model.path),
                            msg("Give the model that the run was made from, or a run of this model."),
                            {.file = folder.string()});
            if (smoothing_flag(record.recipe, "rotate_residual"))
                throw Error(ErrorCode::unusable_run,
                            msg("The run turned the residual stream: its errors and its smoothing are not those of the "
                                "original's matrices"),
                            msg("Give a run without --rotate-residual, or none."), {.file = folder.string()});
        }
    }

    void fill(SensitivityRow& row) const {
        for (const Run& run : runs_)
            if (fill(row, run)) return;
    }

    /// Can matrices of the scheme be taken from a checkpoint of these runs?
    void require_solved(const Scheme& scheme) const {
        for (const Run& run : runs_) {
            const auto& layers = run.record.layers;
            if (std::none_of(layers.begin(), layers.end(),
                             [&](const MatrixReport& report) { return report.scheme == scheme.name; }))
                continue;
            if (smoothing_flag(run.record.recipe, "rotate_values"))
                throw Error(ErrorCode::unusable_run,
                            msg("The run turned the values: its matrices cannot take the place of the original's"),
                            msg("Give a run without --rotate-values, or measure rounded matrices."),
                            {.file = run.folder.string()});
            static_cast<void>(ModelFolder(run.record.output)); // says what is missing
            return;
        }
        throw Error(ErrorCode::unusable_run, msg("No run of %1 was given, whose matrices could be taken", scheme.name),
                    msg("Quantize the model to it and give that run as well (--run), or measure rounded matrices."));
    }

private:
    static const MatrixReport* find(const Run& run, const std::string& name) {
        for (const MatrixReport& report : run.record.layers)
            if (report.name == name) return &report;
        return nullptr;
    }

    static bool fill(SensitivityRow& row, const Run& run) {
        double error = 0, rounding = 0, energy = 0;
        for (const std::string& name : row.modules) {
            const MatrixReport* report = find(run, name);
            if (!report || report->scheme != row.scheme || !(report->relative_error > 0)) return false;
            double own = 0;
            for (const float part : run.statistics.get(name, "row_error")) own += static_cast<double>(part);
            if (!(own > 0)) return false;
            error += own;
            energy += own / report->relative_error;
            rounding += own / report->relative_error * report->relative_error_rounding;
        }
        row.relative_error_solved = error / energy;
        row.relative_error_rounding = rounding / energy;
        return true;
    }

    std::vector<Run> runs_;
};

class Study {
public:
    Study(const SensitivityRequest& request, Sink& sink, std::stop_token stop)
        : request_(request), sink_(sink), stop_(std::move(stop)), folder_(request.model) {
        if (folder_.quantization_config())
            throw Error(ErrorCode::unusable_model, msg("The model is quantized already"),
                        msg("Start from the original 16-bit model."), {.file = request.model.string()});
        if (request.schemes.empty())
            throw Error(ErrorCode::unusable_recipe, msg("No scheme to measure was given"),
                        msg("For example: --schemes W8A8,FP8_DYNAMIC"));
        for (const Scheme& scheme : request.schemes) require_implemented(scheme);
        runs_.emplace(request.runs, folder_.fingerprint());
        if (request.solved)
            for (const Scheme& scheme : request.schemes) runs_->require_solved(scheme);
    }

    SensitivityTable run() {
        const auto started = std::chrono::steady_clock::now();
        const std::vector<ModuleGroup> groups = module_groups(modules_of(folder_));
        describe(groups);
        sink_.on_event(PhaseStarted{"weights"});
        std::size_t done = 0;
        for (const ModuleGroup& group : groups) {
            for (const Scheme& scheme : request_.schemes)
                if (fits(group, scheme)) add(group, scheme);
            report_progress(++done, groups.size(), group, started);
        }
        for (const Scheme& scheme : request_.schemes) require_used(scheme, groups);
        table_.complete = true; // of what can be known without data
        table_.seconds = seconds_since(started);
        sink_.on_event(PhaseFinished{"weights", table_.seconds});
        return std::move(table_);
    }

private:
    static double seconds_since(std::chrono::steady_clock::time_point start) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }

    void describe(const std::vector<ModuleGroup>& groups) {
        table_.model_path = std::filesystem::absolute(request_.model).lexically_normal().string();
        table_.model_name = folder_.name();
        table_.fingerprint = folder_.fingerprint();
        table_.other_bytes = folder_.weight_bytes();
        for (const Scheme& scheme : request_.schemes) table_.schemes.push_back(scheme.name);
        for (const ModuleGroup& group : groups) {
            table_.layers = std::max(table_.layers, group.layer + 1);
            for (const Module& module : group.modules)
                table_.other_bytes -= folder_.spec(module.name + ".weight").bytes();
        }
        table_.protocol.seed = request_.seed;
        table_.protocol.run = names_of(request_.runs);
        table_.protocol.solved = request_.solved;
    }

    static bool fits(const ModuleGroup& group, const Scheme& scheme) {
        try {
            for (const Module& module : group.modules) check_shape(with_fitting_groups(scheme, module.columns), module);
            return true;
        } catch (const Error&) {
            return false;
        }
    }

    /// A scheme that suits no matrix: said with the reason of the first.
    static void require_used(const Scheme& scheme, const std::vector<ModuleGroup>& groups) {
        const bool used =
            std::any_of(groups.begin(), groups.end(), [&](const ModuleGroup& group) { return fits(group, scheme); });
        if (used || groups.empty()) return;
        const Module& first = groups.front().modules.front();
        check_shape(with_fitting_groups(scheme, first.columns), first);
    }

    void add(const ModuleGroup& group, const Scheme& scheme) {
        SensitivityRow row;
        row.group = group.name;
        row.role = group.role;
        row.layer = group.layer;
        row.scheme = scheme.name;
        row.parameters = group.parameters();
        WeightNoise noise;
        for (const Module& module : group.modules) {
            const Scheme fitted = with_fitting_groups(scheme, module.columns);
            row.modules.push_back(module.name);
            const TensorSpec& spec = folder_.spec(module.name + ".weight");
            row.bytes_before += spec.bytes();
            row.bytes += compressed_bytes_of(module, fitted, spec.dtype);
            noise.add(folder_, module, fitted, usable_threads(request_.threads), stop_);
        }
        row.bits_per_weight = 8.0 * static_cast<double>(row.bytes) / static_cast<double>(row.parameters);
        row.weight_sqnr_db = noise.sqnr_db();
        row.weight_outlier = noise.outlier();
        row.weight_kurtosis = noise.kurtosis();
        runs_->fill(row);
        sink_.on_event(SensitivityMeasured{row});
        table_.rows.push_back(std::move(row));
    }

    void report_progress(std::size_t done, std::size_t total, const ModuleGroup& group,
                         std::chrono::steady_clock::time_point started) {
        throw_if_stopped(stop_);
        Progress progress{"weights",
                          group.name,
                          group.layer,
                          table_.layers,
                          static_cast<double>(done),
                          static_cast<double>(total),
                          seconds_since(started),
                          -1};
        progress.remaining_seconds =
            progress.elapsed_seconds * (progress.total - progress.done) / std::max(progress.done, 1.0);
        sink_.on_event(progress);
    }

    const SensitivityRequest& request_;
    Sink& sink_;
    std::stop_token stop_;
    ModelFolder folder_;
    std::optional<RunErrors> runs_;
    SensitivityTable table_;
};

} // namespace

std::string names_of(const std::vector<std::filesystem::path>& runs) {
    std::string out;
    for (const std::filesystem::path& run : runs) out += (out.empty() ? "" : ", ") + run.filename().string();
    return out;
}

SensitivityTable start_table(const SensitivityRequest& request, Sink& sink, std::stop_token stop) {
    return Study(request, sink, std::move(stop)).run();
}

namespace {

/// Rows of schemes that were measured before and are not asked for now: they stay in the table.
void keep_other_schemes(const SensitivityTable& known, SensitivityTable& table) {
    for (const std::string& scheme : known.schemes) {
        const auto of_scheme = [&](const SensitivityRow& row) { return row.scheme == scheme; };
        if (std::any_of(table.rows.begin(), table.rows.end(), of_scheme)) continue;
        const auto all = [&](auto has) {
            return std::all_of(known.rows.begin(), known.rows.end(),
                               [&](const SensitivityRow& row) { return row.scheme != scheme || has(row); });
        };
        if (!all([](const SensitivityRow& row) { return row.kl.has_value(); }) &&
            !all([](const SensitivityRow& row) { return row.gradient.has_value(); }))
            continue;
        table.schemes.push_back(scheme);
        for (const SensitivityRow& row : known.rows) {
            if (row.scheme != scheme) continue;
            auto after = table.rows.end();
            for (auto at = table.rows.begin(); at != table.rows.end(); ++at)
                if (at->group == row.group) after = at + 1;
            table.rows.insert(after, row);
        }
    }
}

} // namespace

void take_known(const SensitivityRequest& request, SensitivityTable& table) {
    if (request.file.empty() || request.overwrite || !std::filesystem::exists(request.file)) return;
    const SensitivityTable known = read_sensitivity(request.file);
    const bool without_data = std::none_of(known.rows.begin(), known.rows.end(),
                                           [](const SensitivityRow& row) { return row.kl || row.gradient; });
    if (known.fingerprint != table.fingerprint || (!without_data && !(known.protocol == table.protocol)))
        throw Error(ErrorCode::unusable_target,
                    msg("The file holds the table of another model, text or protocol (%1, %2 windows of %3 tokens)",
                        known.model_name, known.protocol.windows, known.protocol.sequence_length),
                    msg("Choose another file, or start anew."), {.file = request.file.string()});
    for (SensitivityRow& row : table.rows)
        if (const SensitivityRow* old = known.find(row.group, row.scheme)) {
            row.kl = old->kl;
            row.gradient = old->gradient;
            row.gradient_missing = old->gradient_missing;
            row.seconds = old->seconds;
        }
    if (without_data) return;
    keep_other_schemes(known, table);
    table.calibration = known.calibration;
    table.seconds += known.seconds;
    table.layer_forwards += known.layer_forwards;
}

void keep_table(const SensitivityRequest& request, SensitivityTable& table, bool complete) {
    table.complete = complete;
    if (!request.file.empty()) write_sensitivity(request.file, table);
}

} // namespace octavo
