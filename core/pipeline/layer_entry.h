// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include "compressed_tensors/compressor.h"
#include "job/journal.h"
#include "model/device.h"
#include "quantize/solver.h"

namespace octavo {

// Names in a LayerEntry: "codes/MODULE", "scales/MODULE", "zero_points/MODULE", "global_scale/MODULE" and "input/SITE"
// (static scale and zero point of the input), all as exported; "solved_scales/MODULE" (where a later smoothing
// divided the rows: what the walk itself multiplied with), "inverse/SITE" (1 / smoothing scale), "kept/TENSOR" (16-bit
// tensors whose values changed, as exported).

StoredTensor stored(const at::Tensor& tensor);
at::Tensor restored(const StoredTensor& tensor, const Device& device);

StoredTensor stored(const InputScale& input);
/// None when the site has no static scale.
std::optional<InputScale> restored_input(const LayerEntry& entry, const std::string& site);

/// What is written for a solved matrix.
MatrixCodes matrix_codes(const Solution& solution, const std::optional<InputScale>& input);
void store_matrix(LayerEntry& entry, const std::string& module, const MatrixCodes& matrix);
/// Codes and grid only. Throws Error(unusable_run) when they are not there or not of the module's size.
Solution restored_solution(const LayerEntry& entry, const Module& module, const QuantizationArgs& args,
                           const Device& device);
const StoredTensor& find_tensor(const LayerEntry& entry, const std::string& name); ///< throws Error(unusable_run)

std::vector<std::byte> bytes_of(const at::Tensor& tensor);

} // namespace octavo
