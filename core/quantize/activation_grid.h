// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <optional>

#include "compressed_tensors/compressor.h"
#include "recipe/recipe.h"

namespace octavo {

/// How the input of a matrix is quantized: from what it holds, or with a scale that calibration fixed.
struct InputGrid {
    QuantizationArgs args;
    std::optional<InputScale> fixed = {}; ///< static tensors: scale and zero point; NVFP4: the global scale
};

/// What a matrix multiplies: floats, or int8 codes with a scale per token.
struct Activations {
    at::Tensor values;        ///< [tokens, K]; undefined when there are codes
    at::Tensor codes, scales; ///< [tokens, K] int8, [tokens]
};

/// Are both sides int8 with a scale per row, so that codes can be multiplied as they are?
bool multiplies_codes(const Scheme& scheme);

/// The scale of a static quantizer whose inputs lay between `low` and `high`; none for a dynamic one. Stored in
/// `dtype`.
std::optional<InputScale> static_input_scale(const QuantizationArgs& args, float low, float high, Dtype dtype);

/// As `grid` has it: int8 codes where codes can be multiplied, else rounded floats; without a grid the floats
/// themselves. x is multiplied by `inverse_scale` [K] first where it is given.
Activations quantized(const at::Tensor& x, const std::optional<InputGrid>& grid, const at::Tensor& inverse_scale = {});

/// Rounds activations [tokens, K] to their grid and back; x · inverse_scale first when it is given. A static grid
/// without a scale takes the extremes of x.
at::Tensor fake_quantized(const at::Tensor& x, const InputGrid& grid, const at::Tensor& inverse_scale = {});

/// The same by tensor operations, for devices without a kernel of our own.
at::Tensor fake_quantized_generic(const at::Tensor& x, const InputGrid& grid);

} // namespace octavo
