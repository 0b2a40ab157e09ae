// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rotary.h"

#include "base/error.h"

#include <cmath>
#include <numbers>

namespace octavo {

namespace {

/// Llama 3.1: long wavelengths are stretched by `factor`, short ones kept, those between blended.
double llama3_frequency(double frequency, const RotaryConfig& config) {
    const double wavelength = 2 * std::numbers::pi / frequency;
    if (wavelength < config.original_context / config.high_frequency_factor) return frequency;
    if (wavelength > config.original_context / config.low_frequency_factor) return frequency / config.factor;
    const double smooth = (config.original_context / wavelength - config.low_frequency_factor) /
                          (config.high_frequency_factor - config.low_frequency_factor);
    return (1 - smooth) * frequency / config.factor + smooth * frequency;
}

double scaled_frequency(double frequency, const RotaryConfig& config) {
    if (config.type == "default") return frequency;
    if (config.type == "linear") return frequency / config.factor;
    if (config.type == "llama3") return llama3_frequency(frequency, config);
    throw Error(ErrorCode::unsupported_architecture, msg("The rotary embedding type \"%1\" is not known", config.type),
                msg("Known types: default, linear, llama3."));
}

} // namespace

RotaryTables rotary_tables(const RotaryConfig& config, int head_dim, std::int64_t positions) {
    const int half = head_dim / 2;
    std::vector<float> frequencies(static_cast<std::size_t>(half));
    for (int i = 0; i < half; ++i)
        frequencies[static_cast<std::size_t>(i)] =
            static_cast<float>(scaled_frequency(std::pow(config.theta, -2.0 * i / head_dim), config));
    const at::Tensor angles = at::arange(positions, at::kFloat).unsqueeze(1) * at::tensor(frequencies).unsqueeze(0);
    const at::Tensor both = at::cat({angles, angles}, -1);
    return {both.cos(), both.sin()};
}

} // namespace octavo
