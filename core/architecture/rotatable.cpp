// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/rotatable.h"

namespace octavo {

namespace {

[[noreturn]] void refuse(const ModelConfig& config, Message why) {
    throw Error(ErrorCode::unusable_recipe,
                msg("The residual stream of %1 cannot be turned: %2", config.architecture, std::move(why)),
                msg("Leave out --rotate-residual (\"rotate_residual\" in the recipe)."));
}

} // namespace

void check_rotatable(const ModelConfig& config) {
    if (config.norm == NormType::layer)
        refuse(config, msg("its norms subtract the mean of the channels, which is another after a turn"));
    if (config.norm == NormType::rms_offset)
        refuse(config, msg("its norms store their gains less one, and only plain gains are moved into the matrices"));
    if (config.attention_norm.empty() || config.mlp_norm.empty() || !config.attention_output_norm.empty() ||
        !config.mlp_output_norm.empty())
        refuse(config, msg("it has norms between a matrix and the residual stream, whose gains cannot be moved"));
    if (!config.others.empty() || !config.other_tensors.empty())
        refuse(config, msg("tensors beside the language model (for pictures, sound or training) read its residual "
                           "stream or write into it, and would not be turned with it"));
}

std::optional<TensorSpec> head_after_rotation(const ModelConfig& config, const TensorSpec& embedding, bool has_head) {
    if (!config.tied_head || has_head) return {};
    TensorSpec out = embedding;
    out.name = config.head + ".weight";
    return out;
}

} // namespace octavo
