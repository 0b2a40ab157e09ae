// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rotary.h"

#include "base/error.h"

#include <algorithm>
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

/// Yarn (arXiv 2309.00071): channels that turn more than beta_fast times within the original context are kept, those
/// that turn less than beta_slow times stretched, those between blended by their index.
class YarnRamp {
public:
    YarnRamp(const RotaryConfig& config, int channels) {
        const auto channel = [&](double turns) {
            return channels * std::log(config.original_context / (turns * 2 * std::numbers::pi)) /
                   (2 * std::log(config.theta));
        };
        low_ = channel(config.beta_fast);
        high_ = channel(config.beta_slow);
        if (config.truncate) low_ = std::floor(low_), high_ = std::ceil(high_);
        low_ = std::max(low_, 0.0);
        high_ = std::min(high_, channels - 1.0);
        if (low_ == high_) high_ += 0.001;
    }
    double stretched(int i) const { return std::clamp((i - low_) / (high_ - low_), 0.0, 1.0); }

private:
    double low_ = 0, high_ = 0;
};

/// Dynamic: rows longer than the context are turned by a larger base.
double base_of(const RotaryConfig& config, int channels, std::int64_t length) {
    if (config.type != "dynamic") return config.theta;
    const double reach = std::max(static_cast<double>(length), config.original_context);
    return config.theta *
           std::pow(config.factor * reach / config.original_context - (config.factor - 1), channels / (channels - 2.0));
}

double scaled_frequency(double frequency, int i, const RotaryConfig& config, int channels, std::int64_t length) {
    if (config.type == "default" || config.type == "dynamic") return frequency;
    if (config.type == "linear") return frequency / config.factor;
    if (config.type == "llama3") return llama3_frequency(frequency, config);
    if (config.type == "yarn") {
        const double share = YarnRamp(config, channels).stretched(i);
        return frequency / config.factor * share + frequency * (1 - share);
    }
    if (config.type == "longrope") {
        const bool beyond = static_cast<double>(length) > config.original_context;
        return frequency / (beyond ? config.long_factor : config.short_factor).at(static_cast<std::size_t>(i));
    }
    throw Error(ErrorCode::unsupported_architecture, msg("The rotary embedding type \"%1\" is not known", config.type),
                msg("Known types: default, linear, dynamic, llama3, yarn, longrope."));
}

} // namespace

bool depends_on_length(const RotaryConfig& config) { return config.type == "dynamic" || config.type == "longrope"; }

RotaryTables rotary_tables(const RotaryConfig& config, int head_dim, std::int64_t positions) {
    const int channels = config.channels ? config.channels : head_dim;
    const double base = base_of(config, channels, positions);
    std::vector<float> frequencies;
    for (int i = 0; i < channels / 2; ++i)
        frequencies.push_back(
            static_cast<float>(scaled_frequency(std::pow(base, -2.0 * i / channels), i, config, channels, positions)));
    const at::Tensor angles = at::arange(positions, at::kFloat).unsqueeze(1) * at::tensor(frequencies).unsqueeze(0);
    return {angles.cos().mul_(config.attention_factor), angles.sin().mul_(config.attention_factor)};
}

at::Tensor turned(const at::Tensor& x, const RotaryTables& tables, bool interleaved) {
    if (!tables.cosine.defined()) return x;
    const std::int64_t channels = 2 * tables.cosine.size(1), half = channels / 2;
    const at::Tensor first = interleaved ? x.slice(-1, 0, channels, 2) : x.slice(-1, 0, half),
                     second = interleaved ? x.slice(-1, 1, channels, 2) : x.slice(-1, half, channels);
    const at::Tensor a = (first * tables.cosine).sub_(second * tables.sine),
                     b = (second * tables.cosine).add_(first * tables.sine);
    // Scores do not depend on the order of the channels as long as queries and keys share it.
    return channels == x.size(-1) ? at::cat({a, b}, -1) : at::cat({a, b, x.slice(-1, channels)}, -1);
}

} // namespace octavo
