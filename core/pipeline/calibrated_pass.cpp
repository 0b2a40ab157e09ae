// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/calibrated_pass.h"

#include "base/error.h"
#include "estimate/sample.h"
#include "model/finite.h"
#include "model/host_memory.h"
#include "quantize/tensor_kernels.h"
#include "report/units.h"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace octavo {

namespace {

constexpr std::int64_t chunk_tokens = 512; ///< temporaries stay small enough to be recycled
constexpr double slow_seconds = 3;         ///< that a layer's journal may take longer than the next layer's work

std::vector<std::int64_t> lengths_of(const CalibrationSet& set) {
    std::vector<std::int64_t> out;
    for (const auto& row : set.rows) out.push_back(static_cast<std::int64_t>(row.size()));
    return out;
}

std::int64_t longest(const std::vector<std::int64_t>& lengths) {
    return *std::max_element(lengths.begin(), lengths.end());
}

/// Multiplications and Hessians per token and layer, on average.
double cost_per_layer(const ModelConfig& config, const std::vector<Module>& modules) {
    const double used = config.experts.count ? static_cast<double>(config.experts.used) / config.experts.count : 1;
    double cost = 0;
    std::set<std::string> sites;
    for (const Module& module : modules) {
        if (module.layer < 0) continue;
        const double share = module.name.find(".experts.") == std::string::npos ? 1 : used,
                     columns = static_cast<double>(module.columns);
        cost += share * static_cast<double>(module.rows) * columns;
        if (const std::string site = site_of(module); !site.empty() && sites.insert(site).second)
            cost += share * columns * columns / 2;
    }
    return cost / config.layers;
}

/// Columns of the widest matrix that reads the inside of an MLP.
std::int64_t widest_inner(const std::vector<Module>& modules) {
    std::int64_t widest = 0;
    for (const Module& module : modules)
        if (site_of(module).ends_with("down_input")) widest = std::max(widest, module.columns);
    return widest;
}

/// A device works on as many tokens at once as its memory is good for, beside all activations.
std::int64_t chunk_tokens_on(const Device& device, const Job& job) {
    if (device.is_cpu()) return chunk_tokens;
    const ModelConfig& config = *job.config;
    const std::int64_t inner = std::max(widest_inner(job.resolved.modules), config.attended()),
                       streams = config.hidden * (config.experts.count ? 2 : 1) + inner;
    const auto bytes = [](std::int64_t numbers) { return static_cast<std::uint64_t>(numbers) * sizeof(float); };
    const std::uint64_t free = free_on_device(device), kept = bytes(job.calibration.tokens() * streams);
    return tokens_at_once(free > kept ? free - kept : 0, bytes(6 * config.hidden + 5 * inner));
}

/// Of the inputs of a layer.
std::int64_t input_width(const ModelConfig& config, const std::vector<Module>& modules) {
    return 2 * config.hidden + config.attended() + widest_inner(modules);
}

} // namespace

CalibratedPass::CalibratedPass(Job& job, Device device)
    : job_(job), config_(*job.config), device_(device),
      reader_(job.model, config_, device), context_{job, config_, device,
                                                    sample_indexes(
                                                        job.calibration.tokens(),
                                                        sampled_tokens(input_width(config_, job.resolved.modules)),
                                                        job.resolved.recipe.seed)},
      chunks_(cut_into_chunks(lengths_of(job.calibration), chunk_tokens_on(device, job))),
      decoder_(config_, device, longest(lengths_of(job.calibration))),
      store_(device, job.activation_memory, job.run.folder()), groups_(smoothing_groups(config_)), rows_(device),
      tokens_(device),
      progress_(job.sink, job.stop, "calibrate", config_.layers,
                cost_per_layer(config_, job.resolved.modules) * static_cast<double>(job.calibration.tokens())) {
    for (const SmoothingGroup& group : groups_) group_of_site_[group.site] = &group;
    modules_of_layer_.resize(static_cast<std::size_t>(config_.layers));
    for (const Module& module : job.resolved.modules) sites_.push_back(site_of(module));
    for (std::size_t i = 0; i < job.resolved.modules.size(); ++i)
        if (const int layer = job.resolved.modules[i].layer; layer >= 0)
            modules_of_layer_.at(static_cast<std::size_t>(layer)).push_back(i);
}

void CalibratedPass::run() {
    make_streams(std::max(widest_inner(job_.resolved.modules), config_.attended()));
    if (job_.resolved.recipe.smoothing.rotate_residual) rotation_.emplace(config_, device_, job_.resolved.recipe.seed);
    read_next(0);
    open_reference();
    // What corrections compare has to come from the same products; and scales of a cache are those of keys and values
    // that it gets.
    decoder_.set_narrow_attention(!reference_ && job_.resolved.recipe.kv_cache == KvCache::as_is);
    embed();
    const int replayed = std::min(job_.journal ? job_.journal->layers() : 0, config_.layers);
    const WorkMeter::Timing timing = job_.meter.time("forward"); // what is no other stage
    for (int layer = 0; layer < config_.layers; ++layer) {
        if (layer < replayed)
            replay_layer(layer);
        else
            run_layer(layer);
    }
    write_turned_ends();
    finish_journal();
    const ProductCount& products = decoder_.products();
    job_.meter.add(
        "forward",
        {.products = products.floating, .narrow_products = products.narrow, .integer_products = products.integer});
}

void CalibratedPass::read_next(int layer) {
    const WorkMeter::Timing timing = job_.meter.time("read");
    if (has_device())
        next_read_ = std::async(std::launch::async, [this, layer] {
            const c10::InferenceMode no_gradients;
            return read_layer(layer);
        });
    else
        next_ = read_layer(layer);
    double elements = 0;
    for (const std::size_t i : modules_of_layer_[static_cast<std::size_t>(layer)])
        elements +=
            static_cast<double>(job_.resolved.modules[i].rows) * static_cast<double>(job_.resolved.modules[i].columns);
    job_.meter.add("read", {.bytes = elements * static_cast<double>(size_of(config_.dtype) + sizeof(float))});
}

std::unique_ptr<LayerWeights> CalibratedPass::take_next() {
    const WorkMeter::Timing timing = job_.meter.time("read");
    return next_read_.valid() ? next_read_.get() : std::move(next_);
}

void CalibratedPass::open_reference() {
    const Correction correction = job_.resolved.recipe.solver.correction;
    if (correction == Correction::none) return;
    if (config_.experts.count || config_.latent) {
        job_.sink.on_event(
            LogLine{LogLevel::warning, msg("Mixtures of experts and latent attention are solved for their own outputs: "
                                           "\"correction\" has no effect on this model")});
        return;
    }
    reference_.emplace(decoder_, store_.make_resident(hidden_.sizes()), correction == Correction::residual);
}

void CalibratedPass::embed() {
    weights_ = take_next();
    if (!job_.journal || job_.journal->layers() == 0)
        first_ = std::make_unique<Stage>(make_stage(0, "attention_input", config_.hidden));
    std::size_t row = 0;
    for (const Chunk& chunk : chunks_) {
        std::vector<std::int32_t> ids;
        for (std::size_t i = 0; i < chunk.lengths.size(); ++i, ++row)
            ids.insert(ids.end(), job_.calibration.rows[row].begin(), job_.calibration.rows[row].end());
        const at::Tensor rows = embedded(ids);
        store_.room(hidden_, chunk.begin, chunk.end).copy_(rows);
        store_.save(hidden_, chunk.begin, chunk.end, rows);
        if (reference_) reference_->embed(chunk, rows);
        in_parts(chunk, [&](const Chunk& part) { observe_normalized(first_.get(), weights_->attention_norm, part); });
        progress_.advance(0, config_.prefix + "embed_tokens");
    }
    job_.model.drop(config_.prefix + "embed_tokens.weight");
}

const SmoothingGroup* CalibratedPass::group_of(const std::string& site) const {
    const auto found = group_of_site_.find(site);
    return found == group_of_site_.end() ? nullptr : found->second;
}

Stage CalibratedPass::make_stage(int layer, const std::string& site, std::int64_t channels,
                                 std::optional<std::vector<std::int64_t>> sample) {
    const std::string full = config_.layer_prefix(layer) + site;
    const SmoothingGroup* group = group_of(full);
    std::vector<StageMatrix> own, others;
    for (const std::size_t i : modules_of_layer_.at(static_cast<std::size_t>(layer))) {
        const Module& module = job_.resolved.modules[i];
        const bool reads = sites_[i] == full;
        if (!reads && (!group || std::ranges::find(group->consumers, module.name) == group->consumers.end())) continue;
        (reads ? own : others)
            .push_back({module, &linear_of(*weights_, module), job_.resolved.schemes[i], job_.resolved.solvers[i]});
    }
    Stage stage(context_, full, channels, std::move(own), group, std::move(sample));
    for (StageMatrix& matrix : others) stage.add_reader(std::move(matrix));
    return stage;
}

at::Tensor CalibratedPass::observe_normalized(Stage* stage, const Norm& norm, const Chunk& chunk) {
    if (!stage) return {};
    const at::Tensor x = decoder_.normalized(store_.load(hidden_, chunk.begin, chunk.end), norm);
    stage->observe(x, chunk.begin);
    return x;
}

namespace {

bool keeps_any(Stage& stage) {
    const auto kept = [](const StageMatrix& matrix) { return !matrix.scheme.has_value(); };
    return std::ranges::any_of(stage.matrices(), kept) || std::ranges::any_of(stage.readers(), kept);
}

} // namespace

void CalibratedPass::smooth_norm(Stage& stage, Norm& norm) {
    const SmoothingGroup* group = stage.group();
    if (!group || !job_.resolved.recipe.smoothing.norms || !stage.feeds_quantized()) return;
    const bool kept = keeps_any(stage), offset = config_.norm == NormType::rms_offset;
    // What keeps its precision takes powers of two without loss; a norm that stores w − 1 cannot be divided by them so.
    if (kept && offset) return;
    at::Tensor scales = stage.choose_scales(group->channels);
    if (kept) scales = at::exp2(scales.log2().round_());
    const Dtype stored = job_.model.spec(group->producer + ".weight").dtype;
    const auto on_disk = [&](const at::Tensor& weight) { return rounded_to(offset ? weight - 1 : weight, stored); };
    // The norm is stored in 16 bits: what it can hold (no zero, no infinity) decides, and the matrices take exactly the
    // inverse of that.
    const at::Tensor disk = on_disk(norm.weight / scales), held = offset ? disk + 1 : disk;
    at::Tensor usable = (held != 0).logical_and_(norm.weight != 0).logical_and_(at::isfinite(held));
    at::Tensor bias;
    if (norm.bias.defined()) {
        bias = rounded_to(norm.bias / scales, stored);
        usable.logical_and_(at::isfinite(bias));
    }
    const at::Tensor divided = at::where(usable, held, norm.weight);
    if (at::equal(divided, norm.weight)) return;
    scales = at::where(divided != 0, norm.weight / divided, at::ones_like(norm.weight));
    stage.set_scales(scales);
    if (kept) scale_kept(stage, scales);
    const at::ScalarType type = scalar_type(stored);
    context_.write(group->producer + ".weight",
                   at::where(usable, disk, reader_.tensor(group->producer + ".weight")).to(type));
    norm.weight = divided;
    if (!bias.defined()) return;
    norm.bias = at::where(usable, bias, norm.bias);
    context_.write(group->producer + ".bias", norm.bias.to(type));
}

void CalibratedPass::scale_kept(Stage& stage, const at::Tensor& scales) {
    for (std::vector<StageMatrix>* list : {&stage.matrices(), &stage.readers()})
        for (StageMatrix& matrix : *list) {
            if (matrix.scheme) continue;
            const std::string name = matrix.module.name + ".weight";
            const at::Tensor scaled = (matrix.linear->weight * scales).to(scalar_type(job_.model.spec(name).dtype));
            matrix.linear->weight = scaled.to(at::kFloat);
            context_.write(name, scaled);
        }
}

void CalibratedPass::smooth_rows(Stage& stage, Stage& producer) {
    const SmoothingGroup* group = stage.group();
    if (!group || !stage.quantizes()) return;
    const SmoothingOptions& options = job_.resolved.recipe.smoothing;
    if (!(group->kind == SmoothingGroup::Kind::up_down ? options.up_down : options.value_output)) return;
    for (const StageMatrix& matrix : producer.matrices()) {
        // A producer that stays in 16 bit keeps its bytes; only per-row scales can be divided without a new rounding.
        if (matrix.module.name != group->producer || !matrix.scheme) continue;
        const at::Tensor scales = stage.choose_scales(group->channels);
        if (at::equal(scales, at::ones_like(scales))) return;
        if (group->rows.empty()) {
            stage.set_scales(producer.divide_rows(matrix.module.role, scales));
            return;
        }
        const at::Tensor rows = at::tensor(group->rows).to(device_.device);
        const at::Tensor all = at::ones({matrix.module.rows}, scales.options()).index_copy(0, rows, scales);
        stage.set_scales(producer.divide_rows(matrix.module.role, all).index_select(0, rows));
        return;
    }
}

void CalibratedPass::run_layer(int layer) {
    const std::string prefix = config_.layer_prefix(layer);
    progress_.start_layer(layer);
    job_.throw_if_stopped();
    context_.entry = {};
    if (layer + 1 < config_.layers) read_next(layer + 1);
    if (reference_) reference_->enter(*weights_);
    rotate_values(layer);
    Stage attention_input = std::move(*first_);
    Stage output_input = make_stage(layer, "output_input", config_.attended()),
          mlp_input = make_stage(layer, "mlp_input", config_.hidden);

    smooth_norm(attention_input, weights_->attention_norm);
    attention_input.solve();
    if (config_.latent) {
        latent_attention(layer, attention_input.view(), output_input);
    } else {
        attention(layer, attention_input.view(), &output_input);
        smooth_rows(output_input, attention_input);
        write_cache_scales(layer, attention_input);
        output_input.solve();
    }
    keep_turned_bias(layer);
    add_output(layer, output_input.view(), &mlp_input);
    attention_input.finish();
    output_input.finish();
    if (config_.has_experts(layer)) {
        mixture(layer, mlp_input);
        keep_turned_layer(layer);
        keep_in_journal();
        leave_layer(layer, experts_branch(), prefix + "experts");
        return;
    }
    Stage down_input = make_stage(layer, "down_input", config_.intermediate);
    smooth_norm(mlp_input, weights_->mlp_norm);
    solve_mlp(layer, mlp_input, down_input, weights_->mlp, all_tokens());
    mlp_input.finish();
    down_input.finish();
    keep_turned_layer(layer);
    keep_in_journal();
    leave_layer(layer, down_branch(down_input.view()), down_input.site());
}

void CalibratedPass::keep_in_journal() {
    finish_journal();
    if (!job_.journal) return;
    journal_write_ = std::async(std::launch::async,
                                [journal = job_.journal, entry = std::move(context_.entry)] { journal->keep(entry); });
}

void CalibratedPass::finish_journal() {
    job_.run.check();
    if (!journal_write_.valid()) return;
    const WorkMeter::Timing timing = job_.meter.time("store");
    const auto started = std::chrono::steady_clock::now();
    // Where it cannot be written the job ends, while what was solved until now is kept: the end of the run would need
    // the disk as well, and then all would be lost.
    journal_write_.get();
    const double waited = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (waited > slow_seconds && !std::exchange(told_slow_, true))
        job_.sink.on_event(LogLine{LogLevel::warning,
                                   msg("The disk of the run folder is slow: the job waited %1 until a layer was kept. "
                                       "--run-directory puts the folder on another one",
                                       duration_text(waited))});
}

void CalibratedPass::leave_layer(int layer, const Branch& branch, const std::string& item) {
    const std::string prefix = config_.layer_prefix(layer);
    if (layer + 1 < config_.layers) { // nobody reads the last layer's output
        add_branch(layer, branch, item);
        check_stream(prefix.substr(0, prefix.size() - 1));
    }
    reader_.drop_layer(layer);
    trim_heap();
    progress_.finish_layer();
}

CalibratedPass::Branch CalibratedPass::down_branch(const SiteView& view) {
    const Linear& down = weights_->mlp.down; // of this layer, also when weights_ is the next one's
    return [this, view, &down](const Chunk& chunk, const Norm& norm) {
        const at::Tensor rows = inner_rows({chunk.begin, chunk.end, {}}, config_.intermediate);
        const at::Tensor residual = store_.load(hidden_, chunk.begin, chunk.end);
        decoder_.add_product(residual, view.seen(rows, false), down, norm);
        store_.save(hidden_, chunk.begin, chunk.end, residual);
    };
}

CalibratedPass::Branch CalibratedPass::experts_branch() {
    return [this](const Chunk& chunk, const Norm& norm) {
        hidden_.slice(0, chunk.begin, chunk.end)
            .add_(decoder_.addition(branch_.slice(0, chunk.begin, chunk.end), norm));
    };
}

void CalibratedPass::add_branch(int layer, const Branch& branch, const std::string& item) {
    const std::unique_ptr<LayerWeights> finished = std::move(weights_);
    weights_ = take_next();
    if (!job_.journal || layer + 1 >= job_.journal->layers())
        first_ = std::make_unique<Stage>(make_stage(layer + 1, "attention_input", config_.hidden));
    for (const Chunk& chunk : chunks_) {
        in_parts(chunk, [&](const Chunk& part) { branch(part, finished->mlp_output_norm); });
        in_parts(chunk, [&](const Chunk& part) {
            const at::Tensor x = observe_normalized(first_.get(), weights_->attention_norm, part);
            if (reference_ && first_)
                first_->observe_reference(x, reference_->attention_input(part, weights_->attention_norm));
        });
        advance(chunk.tokens(), config_.hidden * config_.intermediate, config_.hidden, item);
    }
}

void CalibratedPass::advance(std::int64_t tokens, std::int64_t weights, std::int64_t observed_channels,
                             const std::string& item) {
    store_.settle();
    progress_.advance(static_cast<double>(tokens) * (static_cast<double>(weights) +
                                                     static_cast<double>(observed_channels * observed_channels) / 2),
                      item);
}

} // namespace octavo
