// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include "compressed_tensors/exporter.h"
#include "job/journal.h"
#include "model/device.h"
#include "quantize/solver.h"

namespace octavo {

// Names in a LayerEntry: "codes/MODULE", "scales/MODULE" (as exported), "solved_scales/MODULE" (where a later smoothing
// divided the rows: what the walk itself multiplied with), "inverse/SITE" (1 / smoothing scale), "kept/TENSOR" (16-bit
// tensors whose values changed, as exported).

StoredTensor stored(const at::Tensor& tensor);
at::Tensor restored(const StoredTensor& tensor, const Device& device);

void store_solution(LayerEntry& entry, const std::string& module, const Solution& solution);
/// Codes and scales only. Throws Error(unusable_run) when they are not there.
Solution restored_solution(const LayerEntry& entry, const std::string& module, const Device& device);
const StoredTensor& find_tensor(const LayerEntry& entry, const std::string& name); ///< throws Error(unusable_run)

/// The tensors that are written for a solved matrix.
CompressedMatrix compressed(const Solution& solution, Dtype scale_dtype);
std::vector<std::byte> bytes_of(const at::Tensor& tensor);

} // namespace octavo
