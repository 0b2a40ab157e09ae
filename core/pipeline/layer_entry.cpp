// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/layer_entry.h"

#include "base/error.h"

#include <cstring>

namespace octavo {

namespace {

Dtype stored_dtype(at::ScalarType type) {
    switch (type) {
    case at::kFloat: return Dtype::f32;
    case at::kHalf: return Dtype::f16;
    case at::kBFloat16: return Dtype::bf16;
    default: return Dtype::u8;
    }
}

} // namespace

std::vector<std::byte> bytes_of(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.cpu().contiguous();
    const auto* data = static_cast<const std::byte*>(flat.const_data_ptr());
    return {data, data + flat.nbytes()};
}

StoredTensor stored(const at::Tensor& tensor) {
    return {stored_dtype(tensor.scalar_type()), tensor.sizes().vec(), bytes_of(tensor)};
}

at::Tensor restored(const StoredTensor& tensor, const Device& device) {
    const at::ScalarType type = tensor.dtype == Dtype::u8 ? at::kByte : scalar_type(tensor.dtype);
    at::Tensor out = at::empty(tensor.shape, type);
    if (!tensor.bytes.empty()) std::memcpy(out.mutable_data_ptr(), tensor.bytes.data(), tensor.bytes.size());
    return out.to(device.device);
}

const StoredTensor& find_tensor(const LayerEntry& entry, const std::string& name) {
    const auto found = entry.tensors.find(name);
    if (found == entry.tensors.end())
        throw Error(ErrorCode::unusable_run, msg("The journal of the run does not hold %1", name),
                    msg("Start the job again without --resume."));
    return found->second;
}

void store_solution(LayerEntry& entry, const std::string& module, const Solution& solution) {
    entry.tensors["codes/" + module] = stored(solution.codes);
    entry.tensors["scales/" + module] = stored(solution.scales);
}

Solution restored_solution(const LayerEntry& entry, const std::string& module, const Device& device) {
    Solution out;
    out.codes = restored(find_tensor(entry, "codes/" + module), device);
    out.scales = restored(find_tensor(entry, "scales/" + module), device);
    return out;
}

CompressedMatrix compressed(const Solution& solution, Dtype scale_dtype) {
    return {{"weight", bytes_of(solution.codes)},
            {"weight_scale", bytes_of(solution.scales.to(scalar_type(scale_dtype)).unsqueeze(1))}};
}

} // namespace octavo
