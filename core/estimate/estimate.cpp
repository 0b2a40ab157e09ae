// SPDX-License-Identifier: GPL-3.0-or-later
#include "estimate/estimate.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "architecture/rotatable.h"
#include "compressed_tensors/exporter.h"
#include "estimate/sample.h"
#include "estimate/serving.h"
#include "hardware/detect.h"

namespace octavo {

namespace {

// What the process occupies before any tensor is held: LibTorch's code and tables, tokenizer, calibration ids.
constexpr std::uint64_t base_bytes = std::uint64_t(256) << 20;
constexpr double start_seconds = 1.5; // loading LibTorch, reading and tokenising the calibration text
// Candidate strengths per smoothing group that the search measures on a sample of the statistics.
constexpr double strength_candidates = 10;
// Reading, encoding and writing of a data-free run, bytes of input and output together: a disk read cold through the
// page cache gives 0.6 GB/s, from the cache 19 GB/s; a run just after a download lies
// between.
constexpr double streaming_rate = 1e9;

struct Weights {
    std::map<std::string, std::uint64_t> before, after; ///< by kind
    std::uint64_t before_total = 0, after_total = 0;
    std::uint64_t serving = 0; ///< in the server's memory
    double quantized_elements = 0, quantized_bytes = 0;
    std::uint64_t largest = 0, largest_elements = 0;
};

// vLLM keeps what is not quantized in 16 bit, whatever the checkpoint holds.
std::uint64_t served_bytes(const TensorSpec& spec) {
    const auto bytes = spec.bytes();
    return is_floating(spec.dtype) && size_of(spec.dtype) > 2 ? bytes / size_of(spec.dtype) * 2 : bytes;
}

// As the exporter will write it; a format that it does not write (yet) is still forecast, from bits per weight.
std::uint64_t compressed_bytes(const Module& module, const Scheme& scheme, Dtype dtype) {
    try {
        return compressed_bytes_of(module, scheme, dtype);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::unusable_recipe) throw;
        const double elements = static_cast<double>(module.rows) * static_cast<double>(module.columns);
        return static_cast<std::uint64_t>(
            std::ceil(elements * effective_bits(scheme, module.rows, module.columns) / 8));
    }
}

/// A tied head that a rotation makes a tensor of its own.
void add_own_head(Weights& weights, const std::vector<TensorSpec>& tensors, const ModelConfig& config) {
    const auto named = [&](const std::string& name) { return std::ranges::find(tensors, name, &TensorSpec::name); };
    const auto embedding = named(config.prefix + "embed_tokens.weight");
    if (embedding == tensors.end()) return;
    const auto head = head_after_rotation(config, *embedding, named(config.head + ".weight") != tensors.end());
    if (!head) return;
    weights.after[kind_of(head->name)] += head->bytes();
    weights.after_total += head->bytes();
    weights.serving += served_bytes(*head);
}

Weights add_up(const std::vector<TensorSpec>& tensors, const ModelConfig& config, const ResolvedRecipe& resolved) {
    std::unordered_map<std::string, std::size_t> quantized;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i)
        if (resolved.schemes.at(i)) quantized.emplace(resolved.modules[i].name + ".weight", i);
    const bool unties = config.tied_head && resolved.recipe.smoothing.rotate_residual;
    Weights out;
    for (const TensorSpec& spec : tensors) {
        const std::string kind = kind_of(spec.name);
        const std::uint64_t before = spec.bytes();
        std::uint64_t after = before, serving = served_bytes(spec);
        if (const auto found = quantized.find(spec.name); found != quantized.end()) {
            after = serving =
                compressed_bytes(resolved.modules[found->second], *resolved.schemes[found->second], config.dtype);
            out.quantized_elements += static_cast<double>(spec.elements());
            out.quantized_bytes += static_cast<double>(after);
        } else if (config.tied_head && !unties && spec.name == config.head + ".weight") {
            serving = 0; // the server reads the embedding instead
        }
        out.before[kind] += before;
        out.after[kind] += after;
        out.before_total += before;
        out.after_total += after;
        out.serving += serving;
        out.largest = std::max(out.largest, before);
        out.largest_elements = std::max(out.largest_elements, static_cast<std::uint64_t>(spec.elements()));
    }
    if (unties) add_own_head(out, tensors, config);
    return out;
}

bool in_stack(const Module& module) { return module.layer >= 0; }

bool is_solved(const ResolvedRecipe& resolved, std::size_t place) {
    return resolved.solvers.at(place).method == SolverMethod::gptq;
}

struct SharedInput {
    std::int64_t columns = 0; // K
    bool solved = false;      // by GPTQ, for any of its readers
};

// Inputs that matrices share, each once, by site.
std::map<std::string, SharedInput> shared_inputs(const ResolvedRecipe& resolved, int only_layer = -1) {
    std::map<std::string, SharedInput> out;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i) {
        const Module& module = resolved.modules[i];
        if (!in_stack(module) || !resolved.schemes.at(i) || (only_layer >= 0 && module.layer != only_layer)) continue;
        SharedInput& input = out[site_of(module)];
        input.columns = module.columns;
        input.solved = input.solved || is_solved(resolved, i);
    }
    return out;
}

std::int64_t widest_inner(const ModelConfig& config) {
    return std::max(config.intermediate, config.experts.shared_intermediate);
}

// The original model runs beside the quantized one; the engine has no such stream for experts and latent attention.
bool has_second_stream(const ModelConfig& config, const ResolvedRecipe& resolved) {
    return resolved.recipe.solver.correction != Correction::none && !config.experts.count && !config.latent;
}

// Hidden states of all tokens and what is inside an MLP or comes out of attention, in the same memory; experts add the
// sum of their outputs, a second stream its own.
std::uint64_t stream_bytes(const ModelConfig& config, const ResolvedRecipe& resolved, std::int64_t tokens) {
    const std::int64_t streams = config.experts.count || has_second_stream(config, resolved) ? 2 : 1;
    return static_cast<std::uint64_t>(tokens) *
           static_cast<std::uint64_t>(streams * config.hidden + std::max(widest_inner(config), config.attended())) *
           sizeof(float);
}

// One layer's weights as stored and as fp32 working copies, its Hessians, the sample of its inputs and the temporaries
// of a chunk.
std::uint64_t staged_peak(const ModelConfig& config, const ResolvedRecipe& resolved) {
    constexpr double chunk_tokens = 512;
    std::map<int, double> weights;
    for (const Module& module : resolved.modules)
        if (in_stack(module))
            weights[module.layer] += static_cast<double>(module.rows) * static_cast<double>(module.columns) * 4 * 2;
    double largest = 0;
    for (const auto& [layer, bytes] : weights) {
        double hessians = 0;
        for (const auto& [site, input] : shared_inputs(resolved, layer))
            hessians += static_cast<double>(input.columns) * static_cast<double>(input.columns) * 4;
        largest = std::max(largest, bytes + hessians);
    }
    const std::int64_t width = 3 * config.hidden + widest_inner(config);
    const double sample = static_cast<double>(sampled_tokens(width)) * static_cast<double>(width) * 4;
    const double chunk = chunk_tokens * static_cast<double>(2 * width) * 4;
    return base_bytes + static_cast<std::uint64_t>(largest + sample + chunk);
}

} // namespace

// Single-core sgemm of 1024³: 103 Gflop/s on an EPYC Genoa with AVX-512 (OpenBLAS 0.3.21), 205 with AVX-512, 116 with
// AVX2 and 43 with SSE4.2 alone on a Xeon of the Sapphire Rapids generation (MKL under torch 2.11). The matrices of a
// layer are not all that large and two cores share caches, so the lower machine, or half the higher one, is what to
// count on.
double operations_per_core(const CpuInfo& cpu) {
    if (cpu.avx512f) return 100e9;
    if (cpu.avx2) return 58e9;
    return 20e9;
}

RunWork run_work(const ModelConfig& config, const ResolvedRecipe& resolved, std::int64_t tokens, std::int64_t length) {
    RunWork work;
    if (!resolved.recipe.needs_data()) return work;
    const double m = static_cast<double>(tokens);
    // Scores take head_dim, values value_dim channels; an expert sees only the tokens that were sent to it.
    const double queries = static_cast<double>(config.heads) * (config.head_dim + config.value_dim()) / 2;
    const double used = config.experts.count ? static_cast<double>(config.experts.used) / config.experts.count : 1;
    const auto share = [&](const std::string& name) { return name.find(".experts.") == std::string::npos ? 1 : used; };
    const bool second = has_second_stream(config, resolved);
    const bool search = resolved.recipe.smoothing.mode == SmoothingMode::automatic;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i) {
        const Module& module = resolved.modules[i];
        if (!in_stack(module)) continue;
        const double r = static_cast<double>(module.rows), k = static_cast<double>(module.columns);
        work.forward += 2 * r * k * m * share(module.name);
        if (!resolved.schemes.at(i)) continue;
        if (is_solved(resolved, i)) work.solve += r * k * k;
        if (second) work.solve += 2 * r * k * k; // two triangular systems
        if (search) work.smoothing += strength_candidates * 2 * r * k * k;
    }
    work.forward += 4 * queries * static_cast<double>(length) / 2 * m * config.layers;
    for (const auto& [site, input] : shared_inputs(resolved)) {
        const double k = static_cast<double>(input.columns);
        if (input.solved || search) work.hessian += m * k * k * share(site);
        // What is missing times the input: of o and down in their outputs, else in their inputs.
        const bool writes = site.ends_with("output_input") || site.ends_with("down_input");
        if (second) work.hessian += 2 * m * k * (writes ? static_cast<double>(config.hidden) : k);
        if (input.solved) work.factorisation += k * k * k / 3;
    }
    if (second) work.forward *= 2;
    return work;
}

Forecast forecast(const std::vector<TensorSpec>& tensors, const ModelConfig& config, const ResolvedRecipe& resolved,
                  const EstimateRequest& request) {
    const Weights weights = add_up(tensors, config, resolved);
    Forecast out;
    out.weight_bytes_before = weights.before_total;
    out.weight_bytes_after = weights.after_total;
    out.by_kind_before = weights.before;
    out.by_kind_after = weights.after;
    if (weights.quantized_elements > 0) out.bits_per_weight = weights.quantized_bytes * 8 / weights.quantized_elements;
    out.disk_bytes = weights.after_total;

    const CpuInfo cpu = detail::detect_cpu();
    const double cores = request.threads > 0 ? std::min(request.threads, cpu.cores) : cpu.cores;
    const double streaming = static_cast<double>(weights.before_total + weights.after_total) / streaming_rate;
    if (resolved.recipe.needs_data()) {
        const RunWork work = run_work(config, resolved, request.calibration_tokens, request.calibration_length);
        out.run_seconds = start_seconds + streaming + work.total() / (operations_per_core(cpu) * cores);
        out.run_stream_bytes = stream_bytes(config, resolved, request.calibration_tokens);
        out.run_peak_bytes = staged_peak(config, resolved) + std::min(out.run_stream_bytes, request.activation_memory);
    } else {
        out.run_seconds = streaming;
        // One tensor at a time: as stored, as fp32 and encoded; no LibTorch.
        out.run_peak_bytes = (std::uint64_t(32) << 20) + weights.largest + weights.largest_elements * 5;
    }
    EstimateRequest serving = request;
    if (resolved.recipe.kv_cache != KvCache::as_is) serving.kv_bytes_per_element = 1;
    forecast_serving(out, weights.serving, config, serving);
    return out;
}

Forecast forecast(const ModelFolder& folder, const ModelConfig& config, const ResolvedRecipe& resolved,
                  const EstimateRequest& request) {
    Forecast out = forecast(folder.tensors(), config, resolved, request);
    for (const auto& file : folder.side_files()) {
        std::error_code status;
        const auto bytes = std::filesystem::file_size(file, status);
        if (!status) out.disk_bytes += bytes;
    }
    return out;
}

Json to_json(const Forecast& forecast) {
    Json out;
    out["weight_bytes"] = {{"before", forecast.weight_bytes_before}, {"after", forecast.weight_bytes_after}};
    out["weight_bytes_by_kind"] = {{"before", forecast.by_kind_before}, {"after", forecast.by_kind_after}};
    out["bits_per_weight"] = forecast.bits_per_weight;
    out["kv_bytes_per_token"] = forecast.kv_bytes_per_token;
    out["kv_cache_bytes"] = forecast.kv_cache_bytes;
    out["concurrency"] = forecast.concurrency;
    out["activation_bytes"] = forecast.activation_bytes;
    out["fits_target"] = forecast.fits_target;
    out["run_seconds"] = forecast.run_seconds;
    out["run_peak_bytes"] = forecast.run_peak_bytes;
    out["run_stream_bytes"] = forecast.run_stream_bytes;
    out["disk_bytes"] = forecast.disk_bytes;
    return out;
}

} // namespace octavo
