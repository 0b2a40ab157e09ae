// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "compressed_tensors/exporter.h"

namespace octavo {

/// A static scale of a matrix's input: of int8 or E4M3 per tensor, or NVFP4's global scale (a divisor).
struct InputScale {
    float scale = 0;
    std::int8_t zero_point = 0;
};

/// A matrix [N, K] on its grid, before it is packed or after it is unpacked.
struct MatrixCodes {
    std::vector<std::uint8_t> codes;      ///< [N, K], one per byte: int8, E4M3, or E2M1 in the low four bits
    std::vector<float> scales;            ///< as stored, one per cell of scale_cells(): see kernels/encode.h
    std::vector<std::int8_t> zero_points; ///< likewise; empty for symmetric weights
    float global_scale = 1;               ///< what the scales are divided by (NVFP4)
    std::optional<InputScale> input;      ///< where the scheme fixes it
};

/// All vectors allocated.
MatrixCodes empty_codes(const Module& module, const QuantizationArgs& args);

/// [N] mean over a row of what its numbers are multiplied by: enough to show, however many scales there are.
std::vector<float> mean_scales(const Module& module, const QuantizationArgs& args, const MatrixCodes& matrix);

/// Packs a matrix into the tensors of its scheme's format. Throws Error(internal) when the sizes are not the module's.
CompressedMatrix compressed(const Module& module, const Scheme& scheme, Dtype model_dtype, const MatrixCodes& matrix);

/// Reads a matrix back from an exported folder. Throws Error(unusable_model) for tensors that are not those of the
/// scheme.
MatrixCodes read_codes(const ModelFolder& folder, const Module& module, const Scheme& scheme);

/// Static input scale of an exported module; none when the scheme finds it while serving.
std::optional<InputScale> read_input_scale(const ModelFolder& folder, const Module& module, const Scheme& scheme);

/// The dtype in which scales of this weight are stored: its own if bf16, fp16 or fp32, else fp16.
Dtype scale_dtype_for(Dtype weight_dtype);

} // namespace octavo
