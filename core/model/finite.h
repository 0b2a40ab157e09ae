// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <string>

namespace octavo {

/// Throws Error(not_finite) naming the layer (and the file, where several models are at work) when activations hold NaN
/// or infinity.
void check_activations(const at::Tensor& x, const std::string& layer, const std::string& file = {});

} // namespace octavo
