// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/byte_codes.h"

#include "number/number.h"
#include "quantize/kernels/encode.h"

namespace octavo {

namespace {

std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

/// Rows and columns that share one scale.
struct ScaleCell {
    std::int64_t rows, columns;
};

ScaleCell cell_of(const Module& module, const QuantizationArgs& args) {
    switch (args.strategy) {
    case Strategy::tensor: return {module.rows, module.columns};
    case Strategy::channel: return {1, module.columns};
    case Strategy::group:
        if (args.group_size > 0) return {1, args.group_size};
        break;
    case Strategy::block:
        if (args.block && (*args.block)[0] > 0 && (*args.block)[1] > 0) return {(*args.block)[0], (*args.block)[1]};
        break;
    default: break;
    }
    throw Error(ErrorCode::unusable_recipe,
                msg("Weights of this format cannot have scales in the way that %1 asks for", module.name), {},
                {.layer = module.name});
}

/// Number of each of the 256 codes.
std::array<float, 256> code_values(NumberType type) {
    std::array<float, 256> values{};
    for (int byte = 0; byte < 256; ++byte)
        values[static_cast<std::size_t>(byte)] = type == NumberType::integer
                                                     ? static_cast<float>(static_cast<std::int8_t>(byte))
                                                     : float_from_e4m3(static_cast<std::uint8_t>(byte));
    return values;
}

EncodeStatistics measure(std::span<const float> rows, std::span<const std::uint8_t> codes,
                         std::span<const float> scales, NumberType type) {
    const std::array<float, 256> values = code_values(type);
    const std::size_t columns = rows.size() / std::max<std::size_t>(scales.size(), 1);
    const std::uint8_t shift = type == NumberType::integer ? 128 : 0; // bin 0 is code −128
    EncodeStatistics statistics;
    // Two histograms in turn: equal neighbours would otherwise wait for each other's store.
    std::array<std::array<std::uint32_t, 256>, 2> counts{};
    for (std::size_t row = 0; row < scales.size(); ++row) {
        const float* w = rows.data() + row * columns;
        const std::uint8_t* code = codes.data() + row * columns;
        double signal = 0, noise = 0;
        for (std::size_t column = 0; column < columns; ++column) {
            const float error = w[column] - values[code[column]] * scales[row];
            signal += static_cast<double>(w[column]) * w[column];
            noise += static_cast<double>(error) * error;
            ++counts[column & 1][static_cast<std::uint8_t>(code[column] + shift)];
        }
        statistics.signal += signal;
        statistics.noise += noise;
    }
    for (std::size_t bin = 0; bin < 256; ++bin)
        statistics.histogram[bin] = std::uint64_t(counts[0][bin]) + counts[1][bin];
    return statistics;
}

} // namespace

std::vector<TensorSpec> ByteCodes::tensors(const Module& module, const Scheme& scheme, Dtype model_dtype) const {
    const QuantizationArgs& args = scheme.weights;
    if (!args.symmetric || (args.type == NumberType::floating && args.bits != 8) || args.bits > 8)
        throw Error(
            ErrorCode::unusable_recipe,
            msg("Asymmetric weights, or weights of %1 bits, cannot be stored as %2", args.bits, name_of(scheme.format)),
            msg("Choose W8A8 or FP8_DYNAMIC."), {.layer = module.name});
    const ScaleCell cell = cell_of(module, args);
    const Dtype code = args.type == NumberType::integer ? Dtype::i8 : Dtype::f8_e4m3;
    std::vector<std::int64_t> scale_shape{ceil_div(module.rows, cell.rows), ceil_div(module.columns, cell.columns)};
    if (args.strategy == Strategy::tensor) scale_shape = {1};
    std::vector<TensorSpec> specs{{"weight", code, {module.rows, module.columns}},
                                  {"weight_scale", model_dtype, std::move(scale_shape)}};
    if (scheme.input && scheme.input->dynamic == Dynamic::no) {
        specs.push_back({"input_scale", model_dtype, {1}});
        if (!scheme.input->symmetric) specs.push_back({"input_zero_point", Dtype::i8, {1}});
    }
    return specs;
}

void ByteCodes::check_writable(const Scheme& scheme) const {
    const QuantizationArgs& args = scheme.weights;
    const bool weights = args.bits == 8 && args.symmetric && args.strategy == Strategy::channel;
    const bool input =
        scheme.input && scheme.input->dynamic == Dynamic::yes && scheme.input->strategy == Strategy::token;
    if (!weights || !input)
        throw Error(ErrorCode::unusable_recipe, msg("Writing scheme %1 is not implemented yet", scheme.name),
                    msg("Choose W8A8 or FP8_DYNAMIC."));
}

EncodeStatistics ByteCodes::encode_rows(std::span<const float> rows, std::int64_t first_row, const Module& module,
                                        const Scheme& scheme, Dtype model_dtype, int device,
                                        CompressedMatrix& out) const {
    const std::int64_t count = static_cast<std::int64_t>(rows.size()) / module.columns;
    const QuantizationArgs& args = scheme.weights;
    const Dtype dtype = scale_dtype_for(model_dtype);
    std::vector<float> scales(static_cast<std::size_t>(count));
    auto* begin = reinterpret_cast<std::uint8_t*>(out.at("weight").data()) + first_row * module.columns;
    const std::span<std::uint8_t> codes(begin, rows.size());
    if (device >= 0) {
        kernels::encode_rows_on_device(device, rows, count, module.columns, args, dtype, scales, codes);
    } else {
        kernels::row_scales(rows, count, module.columns, args.half_range(), dtype, scales);
        if (args.type == NumberType::integer)
            kernels::encode_int8(rows, count, module.columns, scales,
                                 {reinterpret_cast<std::int8_t*>(codes.data()), codes.size()});
        else
            kernels::encode_e4m3(rows, count, module.columns, scales, codes);
    }
    const std::size_t offset = static_cast<std::size_t>(first_row) * size_of(dtype);
    from_float(dtype, scales, std::span(out.at("weight_scale")).subspan(offset, scales.size() * size_of(dtype)));
    return measure(rows, codes, scales, args.type);
}

std::vector<float> ByteCodes::decompress(const ModelFolder& folder, const Module& module, const Scheme& scheme) const {
    const std::string weight = module.name + ".weight", scale = module.name + ".weight_scale";
    const TensorSpec& scale_spec = folder.spec(scale);
    std::vector<TensorSpec> expected = tensors(module, scheme, scale_spec.dtype);
    for (std::size_t part = 0; part < 2; ++part) {
        const TensorSpec& found = folder.spec(part == 0 ? weight : scale);
        if (found.shape != expected[part].shape || found.dtype != expected[part].dtype)
            throw Error(ErrorCode::unusable_model,
                        msg("The tensor does not have the shape or type of its scheme %1", scheme.name),
                        msg("Verify the folder; it may be damaged or made by another tool."),
                        {.file = folder.path().string(), .tensor = found.name});
    }
    std::vector<float> scales(static_cast<std::size_t>(scale_spec.elements()));
    to_float(scale_spec.dtype, folder.data(scale), scales);
    const auto codes = folder.data(weight);
    const std::array<float, 256> values = code_values(scheme.weights.type);
    const ScaleCell cell = cell_of(module, scheme.weights);
    const std::int64_t across = ceil_div(module.columns, cell.columns);
    std::vector<float> out(codes.size());
    for (std::int64_t row = 0; row < module.rows; ++row) {
        const float* row_scales = scales.data() + row / cell.rows * across;
        const std::int64_t begin = row * module.columns;
        for (std::int64_t column = 0; column < module.columns; ++column)
            out[static_cast<std::size_t>(begin + column)] =
                values[std::to_integer<std::size_t>(codes[static_cast<std::size_t>(begin + column)])] *
                row_scales[column / cell.columns];
    }
    folder.drop(weight);
    return out;
}

} // namespace octavo
