// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"

#include "base/current_error.h"
#include "evaluate/answers.h"
#include "evaluate/evaluate.h"
#include "evaluate/generate.h"
#include "evaluate/sensitivity.h"
#include "model/device_memory.h"
#include "model/host_memory.h"
#include "pipeline/calibrated_pass.h"
#include "pipeline/rates.h"

#include <c10/core/InferenceMode.h>
#include <torch/headeronly/version.h>

namespace octavo {

namespace {

/// A job: LibTorch's exceptions in Octavo's words; its messages end in a stack trace that nobody needs.
template <class Work>
auto translated(const Work& work) {
    struct AtTheEnd {
        ~AtTheEnd() { release_kept_memory(); }
    } const at_the_end;
    try {
        return work();
    } catch (const c10::OutOfMemoryError& error) {
        throw Error(ErrorCode::out_of_memory, msg("The device ran out of memory: %1", error.what_without_backtrace()),
                    msg("Another program may have taken it: nvidia-smi lists them. Use fewer or shorter samples, or "
                        "--device cpu; a calibrated job goes on with --resume when the memory is free again."));
    } catch (const std::bad_alloc&) {
        throw memory_ran_out();
    } catch (const c10::Error& error) {
        const std::string what = error.what_without_backtrace();
        if (what.find("DefaultCPUAllocator") != std::string::npos) throw memory_ran_out();
        if (what.find("CUDA error") != std::string::npos)
            throw Error(ErrorCode::device_lost, msg("The CUDA device failed: %1", what),
                        msg("Check nvidia-smi; repeat, or use --device cpu."));
        throw Error(ErrorCode::internal, msg("LibTorch: %1", what),
                    msg("Please report this with the run folder's log."));
    }
}

class TorchEngine final : public Engine {
public:
    void calibrate_and_solve(Job& job) override {
        translated([&] {
            const c10::InferenceMode no_gradients;
            const Device device = open_device(job.request.device, job.request.threads);
            watch_peak(device);
            CalibratedPass(job, device).run();
            peak_device_bytes_ = peak_on_device(device);
            // Kernels on a device run behind the back of the clock.
            job.meter.set_rates({.products = device.is_cpu() ? product_rate() : 0,
                                 .narrow_products = device.is_cpu() ? narrow_product_rate() : 0,
                                 .integer_products = device.is_cpu() ? integer_product_rate() : 0,
                                 .copy = job.meter.rates().copy});
        });
    }

    EvaluateResult evaluate(const EvaluateRequest& request, Sink& sink, std::stop_token stop) override {
        return translated([&] {
            const c10::InferenceMode no_gradients;
            return evaluate_folder(request, sink, stop);
        });
    }

    SensitivityTable measure_sensitivity(const SensitivityRequest& request, Sink& sink, std::stop_token stop) override {
        // It needs gradients itself.
        return translated([&] { return octavo::measure_sensitivity(request, sink, stop); });
    }

    std::vector<std::vector<std::int32_t>> generate(const GenerateRequest& request, Sink& sink,
                                                    std::stop_token stop) override {
        return translated([&] {
            const c10::InferenceMode no_gradients;
            return octavo::generate(request, sink, stop);
        });
    }

    std::vector<AnswerTokens> compare_answers(const AnswersRequest& request, Sink& sink,
                                              std::stop_token stop) override {
        return translated([&] {
            const c10::InferenceMode no_gradients;
            return octavo::compare_answers(request, sink, stop);
        });
    }

    std::string version() const override { return "LibTorch " TORCH_VERSION; }

    std::uint64_t peak_device_bytes() const override { return peak_device_bytes_; }

private:
    std::uint64_t peak_device_bytes_ = 0; ///< of the last calibrated job
};

} // namespace

extern "C" __attribute__((visibility("default"))) Engine* octavo_engine() {
    static TorchEngine engine;
    install_recycling_allocator();
    return &engine;
}

} // namespace octavo
