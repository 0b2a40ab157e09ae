// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <ranges>
#include <set>

#include "base/stop.h"
#include "compressed_tensors/exporter.h"
#include "compressed_tensors/finite.h"
#include "compressed_tensors/kv_cache.h"
#include "compressed_tensors/verify_parts.h"
#include "number/number.h"

namespace octavo {

namespace {

Message again() { return msg("Export the folder again."); }

std::string text_of(const std::vector<std::int64_t>& shape) {
    std::string text = "[";
    for (const std::int64_t extent : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
    return text + "]";
}

std::string_view local_name(std::string_view tensor) { return tensor.substr(tensor.rfind('.') + 1); }

/// Local names that only quantized modules have.
bool belongs_to_quantization(std::string_view tensor) {
    constexpr std::array names{"weight_scale",       "weight_packed",       "weight_zero_point", "weight_shape",
                               "weight_g_idx",       "weight_global_scale", "input_scale",       "input_zero_point",
                               "input_global_scale", "output_scale",        "output_zero_point", "weight_scale_inv",
                               "weight_scale_2"};
    return std::find(names.begin(), names.end(), local_name(tensor)) != names.end();
}

bool is_scale(std::string_view tensor) { return local_name(tensor).ends_with("_scale"); }

/// Scales may come in any of these: vLLM converts when it loads.
bool same_kind(Dtype wanted, Dtype found, bool scale) {
    const auto plain = [](Dtype dtype) { return dtype == Dtype::bf16 || dtype == Dtype::f16 || dtype == Dtype::f32; };
    return wanted == found || (scale && plain(wanted) && plain(found));
}

class TensorCheck {
public:
    TensorCheck(const Inspected& inspected, Findings& findings) : inspected_(inspected), findings_(findings) {}

    void run() {
        for (std::size_t i = 0; i < inspected_.modules.size(); ++i) {
            const Module& module = inspected_.modules[i];
            if (inspected_.schemes[i])
                expect_quantized(module, *inspected_.schemes[i]);
            else
                expect_plain(module);
        }
        expect_cache();
        find_orphans();
        findings_.pass("tensors.complete", msg("No tensor is missing"));
        findings_.pass("tensors.shape", msg("Every tensor has the shape of its scheme"));
        findings_.pass("tensors.dtype", msg("Every tensor has the type of its scheme"));
        findings_.pass("tensors.unexpected", msg("No tensor is there that nobody asks for"));
    }

private:
    void expect(const TensorSpec& wanted) {
        expected_.insert(wanted.name);
        if (!inspected_.folder.contains(wanted.name)) {
            findings_.fail("tensors.complete",
                           msg("%1 is missing; vLLM would run with whatever is in memory there", wanted.name), again());
            return;
        }
        const TensorSpec& found = inspected_.folder.spec(wanted.name);
        if (found.shape != wanted.shape)
            findings_.fail(
                "tensors.shape",
                msg("%1 has the shape %2 instead of %3", wanted.name, text_of(found.shape), text_of(wanted.shape)),
                again());
        if (!same_kind(wanted.dtype, found.dtype, is_scale(wanted.name)))
            findings_.fail(
                "tensors.dtype",
                msg("%1 holds %2 instead of %3", wanted.name, torch_name(found.dtype), torch_name(wanted.dtype)),
                again());
    }

    void expect_quantized(const Module& module, const Scheme& scheme) {
        try {
            for (const TensorSpec& wanted : compressed_tensors_of(module, scheme, Dtype::bf16)) expect(wanted);
        } catch (const Error& error) {
            findings_.warn("tensors.format",
                           msg("The tensors of %1 were not checked: %2", module.name, error.message()),
                           msg("This version does not know the format."));
            unknown_formats_ = true;
        }
    }

    void expect_plain(const Module& module) {
        const std::string weight = module.name + ".weight";
        if (!inspected_.folder.contains(weight)) {
            const bool tied = module.role == "lm_head" && inspected_.tied_head;
            if (!tied) findings_.fail("tensors.complete", msg("%1 is missing", weight), again());
            return;
        }
        const TensorSpec& found = inspected_.folder.spec(weight);
        if (found.dtype != Dtype::bf16 && found.dtype != Dtype::f16 && found.dtype != Dtype::f32)
            findings_.fail(
                "tensors.dtype",
                msg("%1 holds %2, though the configuration leaves it in 16 bit", weight, torch_name(found.dtype)),
                again());
        if (found.shape != std::vector<std::int64_t>{module.rows, module.columns})
            findings_.fail("tensors.shape",
                           msg("%1 has the shape %2 instead of %3", weight, text_of(found.shape),
                               text_of({module.rows, module.columns})),
                           again());
    }

    /// A scale that is missing is 1 to vLLM, which keys and values overflow.
    void expect_cache() {
        const KvCache cache = inspected_.quantization.kv_cache;
        if (cache == KvCache::as_is) return;
        try {
            check_cache(cache, inspected_.modules);
        } catch (const Error& error) {
            findings_.fail("cache.attention", error.message(), again());
            return;
        }
        findings_.pass("cache.attention", msg("The model keeps the keys and values that are to be scaled"));
        if (!inspected_.config) {
            findings_.warn("cache.scales",
                           msg("The scales of the KV cache were not checked: the architecture is not known here"),
                           msg("Try it with vLLM."));
            return;
        }
        for (const TensorSpec& wanted : kv_cache_tensors(*inspected_.config, cache)) {
            if (inspected_.folder.contains(wanted.name)) {
                expect(wanted);
                continue;
            }
            findings_.fail("cache.scales", msg("%1 is missing; vLLM would take 1 in its place", wanted.name), again());
        }
        findings_.pass("cache.scales", msg("Keys and values of every layer have their scales"));
    }

    /// Are scales of the cache without a place in the configuration?
    bool is_stray_cache_scale(const std::string& tensor) const {
        const QuantizationConfig& config = inspected_.quantization;
        return is_cache_scale(tensor) && !config.scales_attention &&
               (config.kv_cache == KvCache::as_is || inspected_.config);
    }

    /// Tensors of a quantized matrix beside a module that is not one: vLLM has no parameter of that name.
    void find_orphans() {
        for (const TensorSpec& tensor : inspected_.folder.tensors())
            if ((belongs_to_quantization(tensor.name) || is_stray_cache_scale(tensor.name)) &&
                !expected_.contains(tensor.name) && !unknown_formats_)
                findings_.fail("tensors.unexpected",
                               msg("%1 is there, but the configuration does not ask for it", tensor.name), again());
    }

    const Inspected& inspected_;
    Findings& findings_;
    std::set<std::string, std::less<>> expected_;
    bool unknown_formats_ = false;
};

void verify_scale(const ModelFolder& folder, const TensorSpec& spec, Findings& findings) {
    std::vector<float> scales(static_cast<std::size_t>(spec.elements()));
    const auto data = folder.data(spec.name);
    if (spec.dtype == Dtype::u8)
        std::transform(data.begin(), data.end(), scales.begin(),
                       [](std::byte exponent) { return float_from_e8m0(std::to_integer<std::uint8_t>(exponent)); });
    else
        to_float(spec.dtype, data, scales);
    if (const std::int64_t bad = first_not_finite(scales); bad >= 0)
        findings.fail("scales.finite", msg("%1 holds NaN or infinity (element %2)", spec.name, bad), again());
    const auto wrong = std::find_if(scales.begin(), scales.end(), [](float scale) { return scale <= 0; });
    if (wrong != scales.end())
        findings.fail(*wrong == 0 ? "scales.zero" : "scales.negative",
                      msg("%1 holds the scale %2 (element %3)", spec.name, double(*wrong), wrong - scales.begin()),
                      again());
}

/// Scales that vLLM holds once for a fused matrix: one shard's value would overwrite another's.
void verify_shared_scales(const Inspected& inspected, Findings& findings) {
    std::map<std::string, std::string> first; // fused set and local name → tensor
    for (std::size_t i = 0; i < inspected.modules.size(); ++i) {
        const Module& module = inspected.modules[i];
        if (module.fused_set.empty() || !inspected.schemes[i]) continue;
        for (const char* local : {"weight_global_scale", "input_global_scale", "input_scale", "input_zero_point"}) {
            const std::string name = module.name + "." + local;
            if (!inspected.folder.contains(name)) continue;
            const auto [known, added] = first.emplace(module.fused_set + "/" + local, name);
            if (added || std::ranges::equal(inspected.folder.data(known->second), inspected.folder.data(name)))
                continue;
            findings.fail("fused.scales",
                          msg("%1 and %2 differ, though vLLM runs their matrices as one", known->second, name),
                          again());
        }
    }
    findings.pass("fused.scales", msg("Matrices that vLLM fuses share the scales that it keeps once"));
}

/// The shape that packed weights are said to have.
void verify_packed_shapes(const Inspected& inspected, Findings& findings) {
    for (std::size_t i = 0; i < inspected.modules.size(); ++i) {
        const Module& module = inspected.modules[i];
        const std::string name = module.name + ".weight_shape";
        if (!inspected.schemes[i] || !inspected.folder.contains(name)) continue;
        const TensorSpec& spec = inspected.folder.spec(name);
        std::array<std::int64_t, 2> shape{};
        if (spec.dtype != Dtype::i64 || spec.bytes() != sizeof shape) continue; // told by tensors.dtype or .shape
        std::memcpy(shape.data(), inspected.folder.data(name).data(), sizeof shape);
        if (shape[0] != module.rows || shape[1] != module.columns)
            findings.fail("tensors.packed_shape",
                          msg("%1 says %2 instead of %3", name, text_of({shape[0], shape[1]}),
                              text_of({module.rows, module.columns})),
                          again());
    }
    findings.pass("tensors.packed_shape", msg("Packed weights say their shape rightly"));
}

/// Codes of fewer than 8 bits that are stored in whole bytes.
void verify_code_ranges(const Inspected& inspected, Findings& findings) {
    for (std::size_t i = 0; i < inspected.modules.size(); ++i) {
        const std::optional<Scheme>& scheme = inspected.schemes[i];
        const std::string name = inspected.modules[i].name + ".weight";
        if (!scheme || scheme->format != Format::int_quantized || scheme->weights.bits >= 8 ||
            !inspected.folder.contains(name))
            continue;
        const int top = 1 << (scheme->weights.bits - 1);
        const auto codes = inspected.folder.data(name);
        const auto wrong = std::ranges::find_if(codes, [top](std::byte byte) {
            const auto code = std::to_integer<std::int8_t>(byte);
            return code < -top || code >= top;
        });
        if (wrong != codes.end())
            findings.fail("codes.range",
                          msg("%1 holds the code %2, which %3 bits cannot be (element %4)", name,
                              int(std::to_integer<std::int8_t>(*wrong)), scheme->weights.bits, wrong - codes.begin()),
                          again());
        inspected.folder.drop(name);
    }
    findings.pass("codes.range", msg("Every code lies in the range of its bits"));
}

} // namespace

void verify_tensors(const Inspected& inspected, Findings& findings) {
    TensorCheck(inspected, findings).run();
    verify_packed_shapes(inspected, findings);
    verify_shared_scales(inspected, findings);
    verify_code_ranges(inspected, findings);
}

void verify_values(const Inspected& inspected, Findings& findings, const std::stop_token& stop) {
    const ModelFolder& folder = inspected.folder;
    for (const TensorSpec& spec : folder.tensors()) {
        throw_if_stopped(stop);
        const bool plain = spec.dtype == Dtype::f64 || spec.dtype == Dtype::f32 || spec.dtype == Dtype::f16 ||
                           spec.dtype == Dtype::bf16;
        if (is_scale(spec.name) && (plain || spec.dtype == Dtype::f8_e4m3 || spec.dtype == Dtype::u8)) {
            verify_scale(folder, spec, findings);
        } else if (const std::int64_t bad = first_not_finite(spec.dtype, folder.data(spec.name)); bad >= 0) {
            if (plain)
                findings.fail("values.finite", msg("%1 holds NaN or infinity (element %2)", spec.name, bad),
                              msg("Check the original model and export it again."));
            else
                findings.fail("codes.finite", msg("%1 holds the code of NaN (element %2)", spec.name, bad), again());
        }
        folder.drop(spec.name);
    }
    findings.pass("scales.finite", msg("Every scale is finite"));
    findings.pass("scales.zero", msg("No scale is zero"));
    findings.pass("scales.negative", msg("No scale is negative"));
    findings.pass("codes.finite", msg("No code means NaN"));
    findings.pass("values.finite", msg("Norms, embeddings and other 16-bit tensors are finite"));
}

} // namespace octavo
