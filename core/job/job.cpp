// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/job.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <new>

#include "architecture/rotatable.h"
#include "base/current_error.h"
#include "base/files.h"
#include "base/resources.h"
#include "compressed_tensors/kv_cache.h"
#include "compressed_tensors/verifier.h"
#include "engine/engine.h"
#include "estimate/serving.h"
#include "job/encode.h"
#include "job/gather.h"
#include "job/process.h"
#include "job/resume.h"
#include "report/units.h"

namespace octavo {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

/// Passes events on, and keeps those that come before the run folder exists: a model, recipe or dataset that cannot be
/// used leaves no trace on disk, yet the folder of a run that did start tells of its first phases too.
class Recorder final : public Sink {
public:
    explicit Recorder(Sink& sink) : sink_(sink) {}
    void on_event(const Event& event) override {
        if (run_)
            run_->on_event(event);
        else
            early_.push_back(event);
        sink_.on_event(event);
    }
    void attach(RunWriter& run) {
        run_ = &run;
        for (const Event& event : early_) run.on_event(event);
        early_.clear();
    }

private:
    Sink& sink_;
    RunWriter* run_ = nullptr;
    std::vector<Event> early_;
};

class Quantization {
public:
    Quantization(const QuantizeRequest& request, Sink& sink, std::stop_token stop)
        : request_(request), recorder_(sink), stop_(std::move(stop)) {}

    RunRecord run() {
        phase("read", [this] { read(); });
        if (request_.recipe.needs_data()) phase("tokenise", [this] { tokenise(); });
        plan();
        open_run();
        open_journal();
        try {
            return work();
        } catch (const Error& error) {
            close_failed(error.code() == ErrorCode::cancelled ? "cancelled" : "failed", error.message());
            throw;
        } catch (const std::bad_alloc&) {
            close_failed("failed", memory_ran_out().message());
            throw memory_ran_out();
        } catch (const std::exception& error) {
            close_failed("failed", msg("An unexpected error: %1", error.what()));
            throw;
        }
    }

private:
    template <class Work>
    void phase(const char* name, Work&& work) {
        throw_if_stopped();
        const auto started = Clock::now();
        recorder_.on_event(PhaseStarted{name});
        work();
        PhaseFinished finished{name, seconds_since(started), 0, meter_.take()};
        for (const StageRecord& stage : finished.stages) finished.limit_seconds += stage.limit_seconds;
        if (finished.stages.size() == 1) finished.stages.clear(); // the phase itself
        recorder_.on_event(finished);
    }

    void throw_if_stopped() const {
        if (stop_.stop_requested()) throw Error(ErrorCode::cancelled, msg("Cancelled"));
    }

    /// Everything that can be refused without looking at a weight; creates the export's temporary folder last.
    void read() {
        threads_ = usable_threads(request_.threads);
        device_ = device_index(request_.device);
        model_.emplace(request_.model);
        if (model_->quantization_config())
            throw Error(ErrorCode::unusable_model, msg("The model is quantized already"),
                        msg("Start from the original 16-bit model."),
                        {.file = (request_.model / "config.json").string()});
        try {
            config_ = read_model_config(*model_);
        } catch (const Error& error) {
            // Rounding needs tensor names only; a forward pass needs to know the architecture.
            if (error.code() != ErrorCode::unsupported_architecture) throw;
            check_cache(request_.recipe.kv_cache,
                        linear_modules(*model_)); // says more than that the architecture is not known
            if (request_.recipe.needs_data()) throw;
            recorder_.on_event(
                LogLine{LogLevel::info, msg("The architecture is not known; matrices are found by their names")});
        }
        require_implemented(request_.recipe);
        resolved_ = resolve(request_.recipe, config_ ? linear_modules(*config_) : linear_modules(*model_));
        check_solvable();
        if (!request_.run_directory.empty() && (lies_inside(request_.run_directory, request_.output) ||
                                                lies_inside(request_.run_directory, request_.model)))
            throw Error(ErrorCode::unusable_target, msg("The run folder lies inside the model or the output folder"),
                        msg("Choose another place for the run folder."), {.file = request_.run_directory.string()});
        check_data_files();
        if (request_.resume) journal_.emplace(Journal::open(request_.run_directory));
        exporter_ = std::make_unique<Exporter>(*model_, resolved_, export_options());
        check_kept_tensors(*model_, resolved_, stop_);
    }

    /// The calibrated walk goes over the decoder's layers.
    void check_solvable() const {
        if (!request_.recipe.needs_data()) return;
        for (std::size_t i = 0; i < resolved_.modules.size(); ++i)
            if (resolved_.schemes[i] && resolved_.modules[i].layer < 0)
                throw Error(ErrorCode::unusable_recipe,
                            msg("%1 stands outside of the decoder's layers, and a recipe that needs calibration data "
                                "solves what is inside",
                                resolved_.modules[i].name),
                            msg("Ignore it, or use a recipe that only rounds, such as FP8_DYNAMIC."),
                            {.layer = resolved_.modules[i].name});
    }

    ExportOptions export_options() const {
        ExportOptions out{.target = request_.output, .overwrite = request_.overwrite};
        if (!config_) return out;
        out.added = kv_cache_tensors(*config_, request_.recipe.kv_cache);
        if (!request_.recipe.smoothing.rotate_residual) return out;
        check_rotatable(*config_);
        const TensorSpec& embedding = model_->spec(config_->prefix + "embed_tokens.weight");
        const std::string head = config_->head + ".weight";
        if (const auto own = head_after_rotation(*config_, embedding, model_->contains(head)))
            out.added.push_back(*own);
        if (config_->tied_head) out.config["tie_word_embeddings"] = false;
        return out;
    }

    void check_data_files() const {
        if (!request_.recipe.needs_data()) return;
        std::vector<std::filesystem::path> files{request_.calibration, request_.calibration_ids};
        for (const DataSource& part : request_.mixture) files.push_back(part.file);
        for (const auto& file : files)
            if (!file.empty() && !std::filesystem::is_regular_file(file))
                throw Error(ErrorCode::unusable_data, msg("There is no such file"),
                            msg("Check the path of the calibration data."), {.file = file.string()});
    }

    void tokenise() {
        calibration_ = gather_calibration(request_, *config_, recorder_, stop_);
        Recipe without_cache = request_.recipe;
        without_cache.kv_cache = KvCache::as_is;
        if (!without_cache.needs_data())
            recorder_.on_event(
                LogLine{LogLevel::info,
                        msg("Calibration data are needed for the scales of the KV cache; the rest of the recipe "
                            "would do without")});
        for (const Message& note : calibration_.notes) recorder_.on_event(LogLine{LogLevel::info, note});
    }

    void plan() {
        plan_ = plan_memory(*model_, config_ ? &*config_ : nullptr, resolved_, calibration_.tokens(),
                            {device_, threads_, run_folder(), request_.activation_memory});
        if (!plan_.note.empty()) recorder_.on_event(LogLine{LogLevel::info, plan_.note});
    }

    std::filesystem::path run_folder() const {
        return request_.run_directory.empty() ? default_run_folder(model_->name(), request_.recipe.scheme.name)
                                              : request_.run_directory;
    }

    void open_run() {
        throw_if_stopped();
        if (journal_) check_same_job(*journal_, identity(), request_.run_directory);
        const std::filesystem::path folder = run_folder();
        RunRecord record;
        record.id = folder.filename().string();
        record.started = utc_now();
        record.recipe = to_json(request_.recipe);
        record.model = model_record();
        record.dataset = calibration_.record;
        record.environment = {{"octavo", version()},
                              {"cpu", cpu_name()},
                              {"threads", threads_},
                              {"device", device_ < 0 ? "cpu" : "cuda:" + std::to_string(device_)}};
        record.output = std::filesystem::absolute(request_.output).lexically_normal().string();
        record.weight_bytes_before = model_->weight_bytes();
        record.weight_bytes_after = exporter_->bytes_total();
        for (const TensorSpec& spec : model_->tensors())
            record.bytes_by_kind_before[kind_of(spec.name)] += spec.bytes();
        for (const TensorSpec& spec : exporter_->tensors())
            record.bytes_by_kind_after[kind_of(spec.name)] += spec.bytes();
        if (journal_) {
            run_ = RunWriter::reopen(folder);
            run_->update([&](RunRecord& before) {
                record.started = before.started;
                seconds_before_ = before.seconds;
                before = std::move(record); // layers are reported again as they are walked past
            });
        } else {
            run_ = std::make_unique<RunWriter>(folder, std::move(record));
        }
        recorder_.attach(*run_);
    }

    JobIdentity identity() const { return {*model_, request_.recipe, calibration_, device_, threads_}; }

    void open_journal() {
        if (journal_)
            recorder_.on_event(LogLine{LogLevel::info, msg("Resuming after %1 of %2 layers", journal_->layers(),
                                                           config_ ? config_->layers : 0)});
        else if (request_.recipe.needs_data() && has_room_for_journal())
            journal_.emplace(Journal::create(run_->folder(), journal_job(request_, identity())));
    }

    /// A journal that fills the disk takes the rest of the run folder with it.
    bool has_room_for_journal() {
        const std::uint64_t free = free_bytes(run_->folder()),
                            needed = journal_bytes(*model_, resolved_) + plan_.on_disk;
        if (needed <= free) return true;
        recorder_.on_event(LogLine{
            LogLevel::warning,
            msg("The disk of the run folder has %1 free and the journal of this job takes %2: it is not kept, so that "
                "the job cannot be resumed when it is interrupted",
                bytes_text(free), bytes_text(needed))});
        return false;
    }

    ModelRecord model_record() const {
        ModelRecord record;
        record.path = std::filesystem::absolute(request_.model).lexically_normal().string();
        record.name = model_->name();
        record.fingerprint = model_->fingerprint();
        if (config_) {
            record.architecture = config_->architecture;
            record.dtype = torch_name(config_->dtype);
            record.parameters = config_->parameters();
            record.layers = config_->layers;
            record.kv_bytes_per_token = kv_bytes_per_token(*config_);
            record.windows = config_->windows;
            return record;
        }
        const Json& config = model_->config();
        if (const auto names = config.find("architectures");
            names != config.end() && names->is_array() && !names->empty() && names->front().is_string())
            record.architecture = names->front().get<std::string>();
        if (!model_->tensors().empty()) record.dtype = torch_name(model_->tensors().front().dtype);
        for (const TensorSpec& spec : model_->tensors()) record.parameters += spec.elements();
        return record;
    }

    RunRecord work() {
        Job job{request_, *model_,   config_, resolved_, calibration_,      *exporter_,
                *run_,    recorder_, stop_,   meter_,    plan_.activations, journal_ ? &*journal_ : nullptr};
        // Before anything large is in memory, so that the peak is the job's own.
        meter_.set_rates({.copy = measure_copy_rate(threads_)});
        Engine* engine = nullptr;
        if (request_.recipe.needs_data()) {
            phase("calibrate", [&] {
                engine = &load_engine();
                run_->update([&](RunRecord& record) { record.environment["engine"] = engine->version(); });
                engine->calibrate_and_solve(job);
            });
        } else {
            phase("encode", [&] { encode_without_data(job, threads_, device_); });
        }
        std::filesystem::path written;
        phase("export", [&] { written = complete(); });
        phase("verify", [&] { verify(written); });
        run_->flush();
        throw_if_stopped();
        exporter_->publish();
        run_->update([&](RunRecord& record) {
            record.status = "done";
            record.environment["rates"] = to_json(meter_.rates());
            record.peak_device_bytes = engine ? engine->peak_device_bytes() : 0;
            finish(record);
        });
        if (journal_) journal_->remove();
        return run_->record();
    }

    std::filesystem::path complete() {
        const auto started = Clock::now();
        Progress progress;
        progress.phase = "export";
        return exporter_->complete([&](std::uint64_t copied, std::uint64_t total) {
            if (copied == total) meter_.add("export", {.bytes = 2.0 * static_cast<double>(total)});
            throw_if_stopped();
            progress.done = static_cast<double>(copied);
            progress.total = static_cast<double>(total);
            progress.elapsed_seconds = seconds_since(started);
            recorder_.on_event(progress);
        });
    }

    /// The folder is verified before it gets its name: what is at the output has passed.
    void verify(const std::filesystem::path& folder) {
        const std::vector<Check> checks = verify_export(folder, {}, stop_);
        meter_.add("verify", {.bytes = static_cast<double>(exporter_->bytes_total())});
        run_->update([&](RunRecord& record) { record.checks = checks; });
        for (const Check& check : checks)
            if (check.status == Check::Status::fail)
                throw Error(ErrorCode::verification_failed, check.message,
                            check.advice.empty()
                                ? msg("Nothing was written to the output. Please report this with the run folder.")
                                : check.advice,
                            {.file = request_.output.string()});
            else if (check.status == Check::Status::warning)
                recorder_.on_event(LogLine{LogLevel::warning, check.message});
    }

    void finish(RunRecord& record) const {
        record.seconds = seconds_before_ + seconds_since(started_);
        record.peak_resident_bytes = peak_resident_bytes();
    }

    /// The first failure is what counts: one while recording it must not take its place.
    void close_failed(const char* status, const Message& message) noexcept {
        exporter_.reset();
        if (journal_ && journal_->layers() == 0) journal_->remove();
        try {
            if (journal_ && journal_->layers() > 0)
                recorder_.on_event(LogLine{
                    LogLevel::info, msg("%1 of %2 layers are kept: octavo-cli quantize --resume --run-directory "
                                        "%3 goes on from there",
                                        journal_->layers(), config_ ? config_->layers : 0, run_->folder().string())});
            run_->update([&](RunRecord& record) {
                record.status = status;
                record.error = std::string_view(status) == "failed" ? message : Message();
                finish(record);
            });
            run_->flush();
        } catch (...) {
            recorder_.on_event(LogLine{LogLevel::error, msg("The run folder could not be completed")});
        }
    }

    const QuantizeRequest& request_;
    Recorder recorder_;
    std::stop_token stop_;
    const Clock::time_point started_ = Clock::now();
    int threads_ = 1, device_ = -1;
    MemoryPlan plan_;
    WorkMeter meter_;
    double seconds_before_ = 0; ///< of a run that is resumed
    std::optional<ModelFolder> model_;
    std::optional<ModelConfig> config_;
    ResolvedRecipe resolved_;
    CalibrationSet calibration_;
    std::unique_ptr<Exporter> exporter_;
    std::unique_ptr<RunWriter> run_;
    std::optional<Journal> journal_;
};

} // namespace

void Job::throw_if_stopped() const {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, msg("Cancelled"));
}

RunRecord quantize(const QuantizeRequest& request, Sink& sink, std::stop_token stop) {
    return Quantization(request, sink, std::move(stop)).run();
}

} // namespace octavo
