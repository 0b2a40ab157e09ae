// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "limits.h"
#include "shapes.h"

namespace octavo::bench {

/// Where whole jobs run, as processes of their own.
struct Workplace {
    std::filesystem::path cli, scratch, model; ///< octavo-cli; room for models and exports; a real model
    int threads = 1;
    bool quick = false; ///< leaves the longest rows out
};

/// W8A8 of the real model, and with four times the tokens, beside the shortest time that the limits allow.
void measure_growth(const Workplace& place, const Limits& limits, const Report& report);
/// The real model without data.
void measure_encoding(const Workplace& place, const Report& report);
/// AWQ beside GPTQ on the same ids, for two group sizes.
void measure_awq(const Workplace& place, const Report& report);
/// Data-free encoding of `shape` beside `cp` of as many bytes.
void measure_streaming(const Workplace& place, const Shape& shape, const Report& report);
/// Time and memory over tokens, layers and width, with the exponents of a power law.
void measure_token_scaling(const Workplace& place, const Report& report);
void measure_layer_scaling(const Workplace& place, const Report& report);
void measure_width_scaling(const Workplace& place, const Report& report);
/// tests/bench/compare in the same session.
void measure_against(const Workplace& place, const std::filesystem::path& script, const Report& report);
/// Rows that nothing but a GPU can fill.
void name_device_rows(const Report& report);

} // namespace octavo::bench
