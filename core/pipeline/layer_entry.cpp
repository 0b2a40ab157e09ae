// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/layer_entry.h"

#include "base/error.h"

#include <array>
#include <cstring>
#include <span>

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

StoredTensor stored(const InputScale& input) {
    return stored(at::tensor({input.scale, static_cast<float>(input.zero_point)}));
}

std::optional<InputScale> restored_input(const LayerEntry& entry, const std::string& site) {
    const auto found = entry.tensors.find("input/" + site);
    if (found == entry.tensors.end() || found->second.bytes.size() != 2 * sizeof(float)) return {};
    float values[2];
    std::memcpy(values, found->second.bytes.data(), sizeof values);
    return InputScale{values[0], static_cast<std::int8_t>(values[1])};
}

MatrixCodes matrix_codes(const Solution& solution, const std::optional<InputScale>& input) {
    MatrixCodes out;
    const auto copy = [](const at::Tensor& from, auto& to) {
        using Value = typename std::decay_t<decltype(to)>::value_type;
        const at::Tensor flat = from.cpu().contiguous();
        to.assign(flat.const_data_ptr<Value>(), flat.const_data_ptr<Value>() + flat.numel());
    };
    copy(solution.codes, out.codes);
    copy(solution.grid.scales, out.scales);
    if (solution.grid.zero_points.defined()) copy(solution.grid.zero_points, out.zero_points);
    out.global_scale = solution.grid.grid.global_scale;
    out.input = input;
    return out;
}

void store_matrix(LayerEntry& entry, const std::string& module, const MatrixCodes& matrix) {
    const auto keep = [&](const char* what, Dtype dtype, const auto& values) {
        const auto bytes = std::as_bytes(std::span(values));
        entry.tensors[std::string(what) + "/" + module] = {
            dtype, {static_cast<std::int64_t>(values.size())}, {bytes.begin(), bytes.end()}};
    };
    keep("codes", Dtype::u8, matrix.codes);
    keep("scales", Dtype::f32, matrix.scales);
    if (!matrix.zero_points.empty()) keep("zero_points", Dtype::u8, matrix.zero_points);
    keep("global_scale", Dtype::f32, std::array{matrix.global_scale});
}

Solution restored_solution(const LayerEntry& entry, const Module& module, const QuantizationArgs& args,
                           const Device& device) {
    const ScaleCells cells = scale_cells(args, module.rows, module.columns);
    const auto find = [&](const char* what, std::int64_t rows, std::int64_t columns) {
        const std::string name = std::string(what) + "/" + module.name;
        const at::Tensor found = restored(find_tensor(entry, name), Device{});
        if (found.numel() == rows * columns) return found.view({rows, columns});
        throw Error(ErrorCode::unusable_run, msg("The journal of the run does not hold %1", name),
                    msg("Start the job again without --resume."));
    };
    Solution out;
    out.codes = find("codes", module.rows, module.columns).to(device.device);
    out.grid.grid = kernels::grid_of(args, Dtype::f32, module.rows, module.columns);
    out.grid.grid.global_scale = find("global_scale", 1, 1).item<float>();
    out.grid.scales = find("scales", cells.down, cells.across);
    if (!args.symmetric) out.grid.zero_points = find("zero_points", cells.down, cells.across).view(at::kChar);
    return out;
}

} // namespace octavo
