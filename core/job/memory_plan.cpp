// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/memory_plan.h"

#include <algorithm>

#include "base/files.h"
#include "compressed_tensors/exporter.h"
#include "estimate/estimate.h"
#include "hardware/hardware.h"
#include "report/units.h"

namespace octavo {

namespace {

/// Tokens whose activations take `bytes`.
std::int64_t tokens_in(const MemoryNeeds& needs, std::uint64_t bytes) {
    const double share =
        static_cast<double>(bytes) / static_cast<double>(std::max<std::uint64_t>(needs.activations, 1));
    return static_cast<std::int64_t>(share * static_cast<double>(needs.tokens));
}

} // namespace

std::uint64_t plan_activations(const MemoryNeeds& needs, const MemoryAtHand& at_hand,
                               std::optional<std::uint64_t> wanted) {
    if (at_hand.memory == 0) return wanted.value_or(in_memory); // the system does not say
    if (needs.layer > at_hand.memory)
        throw Error(ErrorCode::out_of_memory,
                    msg("One layer of this model needs about %1 of memory while it is solved, and %2 are free",
                        bytes_text(needs.layer), bytes_text(at_hand.memory)),
                    msg("Close other programs, use a machine with more memory, or a recipe that needs no data."));
    const std::uint64_t fits = at_hand.memory - needs.layer, kept = std::min(wanted.value_or(fits), needs.activations);
    if (kept > fits)
        throw Error(ErrorCode::out_of_memory,
                    msg("%1 of activations in memory do not fit: %2 are free, of which a layer takes about %3",
                        bytes_text(kept), bytes_text(at_hand.memory), bytes_text(needs.layer)),
                    msg("Leave --activation-memory out, or give at most %1.", bytes_text(fits)));
    if (needs.activations - kept > at_hand.disk)
        throw Error(ErrorCode::disk_full,
                    msg("The activations of %1 tokens take %2, and neither the memory (%3 free) nor the disk of the "
                        "run folder (%4 free) holds them",
                        needs.tokens, bytes_text(needs.activations), bytes_text(at_hand.memory),
                        bytes_text(at_hand.disk)),
                    msg("Use at most %1 tokens (fewer or shorter samples), or --run-directory on a larger disk.",
                        tokens_in(needs, std::max(fits, at_hand.disk))));
    return kept == needs.activations ? in_memory : kept;
}

std::uint64_t plan_device(const MemoryNeeds& needs, const DeviceAtHand& at_hand, std::optional<std::uint64_t> wanted) {
    if (at_hand.free == 0) return wanted.value_or(in_memory);
    const std::uint64_t fits = at_hand.free > needs.layer ? at_hand.free - needs.layer : 0,
                        most = needs.activations <= fits ? needs.activations : fits - fits / 4,
                        kept = std::min(wanted.value_or(most), most);
    if (kept == needs.activations) return in_memory;
    if (fits > 0 && needs.activations - kept <= at_hand.host) return kept;
    const Message what = msg("The job needs about %1 of memory on %2, and %3 of its %4 are free",
                             bytes_text(needs.layer + needs.activations), at_hand.name, bytes_text(at_hand.free),
                             bytes_text(at_hand.total));
    throw Error(ErrorCode::out_of_memory, what,
                fits > 0 ? msg("Use at most %1 tokens (fewer or shorter samples), end what else runs on the device "
                               "(nvidia-smi lists it), or use --device cpu.",
                               tokens_in(needs, std::max(fits, fits - fits / 4 + at_hand.host)))
                         : msg("End what else runs on the device (nvidia-smi lists it), or use --device cpu."));
}

std::uint64_t encoding_bytes(const ResolvedRecipe& resolved, int threads) {
    std::uint64_t elements = 0;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i)
        if (resolved.schemes[i])
            elements = std::max(elements, static_cast<std::uint64_t>(resolved.modules[i].rows) *
                                              static_cast<std::uint64_t>(resolved.modules[i].columns));
    constexpr std::uint64_t base = std::uint64_t(32) << 20, blocks_of_a_thread = std::uint64_t(4) << 20;
    return base + blocks_of_a_thread * static_cast<std::uint64_t>(std::max(threads, 1)) + elements * 5 / 2;
}

void check_encoding_memory(std::uint64_t needed, std::uint64_t free) {
    if (free == 0 || needed <= free) return;
    throw Error(ErrorCode::out_of_memory,
                msg("Encoding the largest matrix of this model needs about %1 of memory, and %2 are free",
                    bytes_text(needed), bytes_text(free)),
                msg("Close other programs, or use a machine with more memory."));
}

std::uint64_t journal_bytes(const ModelFolder& model, const ResolvedRecipe& resolved) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i)
        if (resolved.schemes[i])
            out += compressed_bytes_of(resolved.modules[i], *resolved.schemes[i],
                                       model.spec(resolved.modules[i].name + ".weight").dtype);
    return out;
}

MemoryPlan plan_memory(const ModelFolder& model, const ModelConfig* config, const ResolvedRecipe& resolved,
                       std::int64_t tokens, const JobPlace& place) {
    MemoryPlan out;
    if (!resolved.recipe.needs_data()) {
        check_encoding_memory(encoding_bytes(resolved, place.threads), available_memory());
        return out;
    }
    EstimateRequest question;
    question.calibration_tokens = tokens;
    question.activation_memory = 0;
    const Forecast forecast = octavo::forecast(model.tensors(), *config, resolved, question);
    const MemoryNeeds needs{forecast.run_peak_bytes, forecast.run_stream_bytes, tokens};
    if (place.device >= 0) {
        const std::vector<CudaDevice> devices = detect_hardware().devices;
        const auto index = static_cast<std::size_t>(place.device);
        if (index >= devices.size()) return out;
        // What is not used chunk by chunk has to stay on the device.
        const bool by_chunks = config->experts.count == 0 && resolved.recipe.solver.correction == Correction::none;
        out.activations = plan_device(needs,
                                      {devices[index].free_bytes, devices[index].memory_bytes,
                                       by_chunks ? available_memory() / 2 : 0, "cuda:" + std::to_string(place.device)},
                                      place.activation_memory);
        if (out.activations != in_memory)
            out.note = msg("%1 of activations stay in the memory of the host; %2 are free on the device",
                           bytes_text(needs.activations - std::min(out.activations, needs.activations)),
                           bytes_text(devices[index].free_bytes));
        return out;
    }
    const std::uint64_t memory = available_memory();
    out.activations = plan_activations(needs, {memory, free_bytes(place.run_folder)}, place.activation_memory);
    if (out.activations == in_memory) return out;
    out.on_disk = needs.activations - out.activations;
    out.note = msg("%1 of activations go to a file in the run folder; %2 of memory are free", bytes_text(out.on_disk),
                   bytes_text(memory));
    return out;
}

} // namespace octavo
