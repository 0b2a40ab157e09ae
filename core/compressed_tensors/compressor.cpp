// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/compressor.h"

#include <cstring>
#include <numeric>

#include "compressed_tensors/decompress.h"
#include "number/number.h"
#include "number/packing.h"
#include "quantize/kernels/encode.h"

namespace octavo {

namespace {

/// Where a format puts the codes.
struct Storage {
    const char* name;       ///< of the tensor
    Dtype dtype;            ///< of its elements
    int bits;               ///< per code
    std::uint8_t flip = 0;  ///< xored to the codes: offset binary
    bool is_signed = false; ///< codes are sign-extended when they are read

    std::int64_t elements(std::int64_t codes) const {
        const auto unit = static_cast<std::int64_t>(size_of(dtype)) * 8;
        return codes / unit * bits + (codes % unit * bits + unit - 1) / unit;
    }
    std::int64_t bytes(std::int64_t codes) const { return elements(codes) * static_cast<std::int64_t>(size_of(dtype)); }
};

Storage storage_of(const Scheme& scheme) {
    const QuantizationArgs& args = scheme.weights;
    switch (scheme.format) {
    case Format::pack_quantized:
        if (args.type == NumberType::integer)
            return {"weight_packed", Dtype::i32, args.bits, static_cast<std::uint8_t>(1u << (args.bits - 1)), true};
        break;
    case Format::nvfp4_pack_quantized:
    case Format::mxfp4_pack_quantized:
        if (args.type == NumberType::floating && args.bits == 4) return {"weight_packed", Dtype::u8, 4};
        break;
    case Format::int_quantized:
        if (args.type == NumberType::integer) return {"weight", Dtype::i8, 8};
        break;
    case Format::float_quantized:
    case Format::naive_quantized:
    case Format::mxfp8_quantized:
        if (args.type == NumberType::integer) return {"weight", Dtype::i8, 8};
        if (args.bits == 8) return {"weight", Dtype::f8_e4m3, 8};
        break;
    case Format::dense: break;
    }
    throw Error(ErrorCode::unusable_recipe,
                msg("The weights of %1 cannot be stored as %2", scheme.name, name_of(scheme.format)),
                msg("Leave the format out: it follows from the numbers."));
}

Dtype stored_scale_dtype(const QuantizationArgs& args, Dtype model_dtype) {
    if (args.scale_dtype == "torch.uint8") return Dtype::u8; // exponents of powers of two
    return args.scale_dtype == "torch.float8_e4m3fn" ? Dtype::f8_e4m3 : model_dtype;
}

bool packs_zero_points(const Scheme& scheme) {
    return scheme.format == Format::pack_quantized && scheme.weights.strategy != Strategy::tensor;
}

std::vector<std::int64_t> scale_shape(const QuantizationArgs& args, const ScaleCells& cells) {
    if (args.strategy == Strategy::tensor) return {1};
    return {cells.down, cells.across};
}

void append_input(std::vector<TensorSpec>& specs, const Scheme& scheme, Dtype model_dtype) {
    if (!scheme.input || scheme.input->dynamic == Dynamic::yes) return;
    if (scheme.input->dynamic == Dynamic::local) {
        specs.push_back({"input_global_scale", Dtype::f32, {1}});
        return;
    }
    specs.push_back({"input_scale", model_dtype, {1}});
    if (!scheme.input->symmetric) specs.push_back({"input_zero_point", Dtype::i8, {1}});
}

/// Local names, in the order in which they are written; the codes first.
std::vector<TensorSpec> local_tensors(const Module& module, const Scheme& scheme, Dtype model_dtype) {
    const QuantizationArgs& args = scheme.weights;
    const Storage storage = storage_of(scheme);
    const ScaleCells cells = scale_cells(args, module.rows, module.columns);
    const std::vector<std::int64_t> shape = scale_shape(args, cells);
    std::vector<TensorSpec> specs{{storage.name, storage.dtype, {module.rows, storage.elements(module.columns)}},
                                  {"weight_scale", stored_scale_dtype(args, model_dtype), shape}};
    if (args.strategy == Strategy::tensor_group) specs.push_back({"weight_global_scale", Dtype::f32, {1}});
    if (!args.symmetric && packs_zero_points(scheme))
        specs.push_back({"weight_zero_point", Dtype::i32, {storage.elements(module.rows), cells.across}});
    else if (!args.symmetric)
        specs.push_back({"weight_zero_point", Dtype::i8, shape});
    if (scheme.format == Format::pack_quantized) specs.push_back({"weight_shape", Dtype::i64, {2}});
    append_input(specs, scheme, model_dtype);
    return specs;
}

template <class T>
std::vector<std::byte> bytes_of(std::initializer_list<T> values) {
    std::vector<std::byte> out(values.size() * sizeof(T));
    std::memcpy(out.data(), values.begin(), out.size());
    return out;
}

std::vector<std::byte> packed_rows(const Storage& storage, std::span<const std::uint8_t> codes, std::int64_t columns) {
    const auto width = static_cast<std::size_t>(columns), bytes = static_cast<std::size_t>(storage.bytes(columns));
    const std::size_t rows = width > 0 ? codes.size() / width : 0;
    std::vector<std::byte> out(rows * bytes);
    for (std::size_t row = 0; row < rows; ++row)
        pack_codes(codes.subspan(row * width, width), storage.bits, storage.flip,
                   std::span(out).subspan(row * bytes, bytes));
    return out;
}

/// Zero points are packed down the columns: [N, across] → words [⌈N · bits / 32⌉, across].
std::vector<std::byte> packed_zero_points(const Storage& storage, std::span<const std::int8_t> zero_points,
                                          std::size_t across) {
    const std::size_t rows = zero_points.size() / across;
    std::vector<std::uint8_t> column(rows);
    std::vector<std::byte> words(static_cast<std::size_t>(storage.bytes(static_cast<std::int64_t>(rows))));
    std::vector<std::byte> out(words.size() * across);
    for (std::size_t cell = 0; cell < across; ++cell) {
        for (std::size_t row = 0; row < rows; ++row)
            column[row] = static_cast<std::uint8_t>(zero_points[row * across + cell]);
        pack_codes(column, storage.bits, storage.flip, words);
        for (std::size_t word = 0; word < words.size() / 4; ++word)
            std::memcpy(out.data() + (word * across + cell) * 4, words.data() + word * 4, 4);
    }
    return out;
}

std::vector<std::int8_t> unpacked_zero_points(const Storage& storage, std::span<const std::byte> packed,
                                              std::size_t rows, std::size_t across) {
    std::vector<std::int8_t> out(rows * across);
    std::vector<std::uint8_t> column(rows);
    std::vector<std::byte> words(packed.size() / across);
    for (std::size_t cell = 0; cell < across; ++cell) {
        for (std::size_t word = 0; word < words.size() / 4; ++word)
            std::memcpy(words.data() + word * 4, packed.data() + (word * across + cell) * 4, 4);
        unpack_codes(words, storage.bits, storage.flip, storage.is_signed, column);
        for (std::size_t row = 0; row < rows; ++row) out[row * across + cell] = static_cast<std::int8_t>(column[row]);
    }
    return out;
}

/// Powers of two are stored as exponents.
std::vector<std::byte> stored_scales(Dtype dtype, std::span<const float> scales) {
    std::vector<std::byte> out(scales.size() * size_of(dtype));
    if (dtype != Dtype::u8) {
        from_float(dtype, scales, out);
        return out;
    }
    for (std::size_t i = 0; i < scales.size(); ++i) out[i] = static_cast<std::byte>(e8m0_from_float(scales[i]));
    return out;
}

std::vector<float> read_scales(Dtype dtype, std::span<const std::byte> stored) {
    std::vector<float> out(stored.size() / size_of(dtype));
    if (dtype != Dtype::u8) {
        to_float(dtype, stored, out);
        return out;
    }
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = float_from_e8m0(std::to_integer<std::uint8_t>(stored[i]));
    return out;
}

float first_float(const ModelFolder& folder, const std::string& tensor) {
    const TensorSpec& spec = folder.spec(tensor);
    float value = 0;
    const auto data = folder.data(tensor);
    if (data.size() >= size_of(spec.dtype)) to_float(spec.dtype, data.first(size_of(spec.dtype)), {&value, 1});
    return value;
}

/// Scales of a dtype of the model may come in another one.
bool is_plain(Dtype dtype) { return dtype == Dtype::bf16 || dtype == Dtype::f16 || dtype == Dtype::f32; }

/// Throws Error(unusable_model) unless the tensors of the scheme are there.
void check_tensors(const ModelFolder& folder, const Module& module, const Scheme& scheme) {
    for (const TensorSpec& wanted : local_tensors(module, scheme, Dtype::bf16)) {
        const TensorSpec& found = folder.spec(module.name + "." + wanted.name);
        if (found.shape == wanted.shape &&
            (found.dtype == wanted.dtype || (is_plain(found.dtype) && is_plain(wanted.dtype))))
            continue;
        throw Error(ErrorCode::unusable_model,
                    msg("The tensor does not have the shape or type of its scheme %1", scheme.name),
                    msg("Verify the folder; it may be damaged or made by another tool."),
                    {.file = folder.path().string(), .tensor = found.name});
    }
}

} // namespace

Dtype scale_dtype_for(Dtype weight_dtype) { return is_plain(weight_dtype) ? weight_dtype : Dtype::f16; }

std::vector<TensorSpec> compressed_tensors_of(const Module& module, const Scheme& scheme, Dtype model_dtype) {
    std::vector<TensorSpec> specs = local_tensors(module, scheme, scale_dtype_for(model_dtype));
    for (TensorSpec& spec : specs) spec.name = module.name + "." + spec.name;
    return specs;
}

std::uint64_t compressed_bytes_of(const Module& module, const Scheme& scheme, Dtype model_dtype) {
    std::uint64_t bytes = 0;
    for (const TensorSpec& spec : local_tensors(module, scheme, scale_dtype_for(model_dtype))) bytes += spec.bytes();
    return bytes;
}

MatrixCodes empty_codes(const Module& module, const QuantizationArgs& args) {
    const ScaleCells cells = scale_cells(args, module.rows, module.columns);
    const auto count = static_cast<std::size_t>(cells.down * cells.across);
    MatrixCodes out;
    out.codes.resize(static_cast<std::size_t>(module.rows * module.columns));
    out.scales.resize(count);
    if (!args.symmetric) out.zero_points.resize(count);
    return out;
}

std::vector<float> mean_scales(const Module& module, const QuantizationArgs& args, const MatrixCodes& matrix) {
    const ScaleCells cells = scale_cells(args, module.rows, module.columns);
    std::vector<float> out(static_cast<std::size_t>(module.rows));
    for (std::size_t row = 0; row < out.size(); ++row) {
        const auto* first = matrix.scales.data() + static_cast<std::int64_t>(row) / cells.rows * cells.across;
        const double sum = std::accumulate(first, first + cells.across, 0.0);
        out[row] =
            static_cast<float>(sum / static_cast<double>(cells.across) / static_cast<double>(matrix.global_scale));
    }
    return out;
}

CompressedMatrix compressed(const Module& module, const Scheme& scheme, Dtype model_dtype, const MatrixCodes& matrix) {
    const Storage storage = storage_of(scheme);
    const ScaleCells cells = scale_cells(scheme.weights, module.rows, module.columns);
    CompressedMatrix out;
    for (const TensorSpec& spec : local_tensors(module, scheme, scale_dtype_for(model_dtype))) {
        std::vector<std::byte>& bytes = out[spec.name];
        if (spec.name == storage.name)
            bytes = packed_rows(storage, matrix.codes, module.columns);
        else if (spec.name == "weight_scale")
            bytes = stored_scales(spec.dtype, matrix.scales);
        else if (spec.name == "weight_zero_point" && spec.dtype == Dtype::i32)
            bytes = packed_zero_points(storage, matrix.zero_points, static_cast<std::size_t>(cells.across));
        else if (spec.name == "weight_zero_point")
            bytes.assign(reinterpret_cast<const std::byte*>(matrix.zero_points.data()),
                         reinterpret_cast<const std::byte*>(matrix.zero_points.data() + matrix.zero_points.size()));
        else if (spec.name == "weight_shape")
            bytes = bytes_of({module.rows, module.columns});
        else if (spec.name == "weight_global_scale")
            bytes = bytes_of({matrix.global_scale});
        else if (matrix.input && spec.name == "input_zero_point")
            bytes = bytes_of({matrix.input->zero_point});
        else if (matrix.input)
            bytes = stored_scales(spec.dtype, std::span(&matrix.input->scale, 1));
        if (bytes.size() != spec.bytes())
            throw Error(ErrorCode::internal, msg("The tensor has %1 bytes instead of %2", bytes.size(), spec.bytes()),
                        {}, {.tensor = module.name + "." + spec.name});
    }
    return out;
}

MatrixCodes read_codes(const ModelFolder& folder, const Module& module, const Scheme& scheme) {
    check_tensors(folder, module, scheme);
    const Storage storage = storage_of(scheme);
    const std::string prefix = module.name + ".";
    MatrixCodes out = empty_codes(module, scheme.weights);
    const auto data = folder.data(prefix + storage.name);
    const auto width = static_cast<std::size_t>(module.columns),
               bytes = static_cast<std::size_t>(storage.bytes(module.columns));
    for (std::size_t row = 0; row < static_cast<std::size_t>(module.rows); ++row)
        unpack_codes(data.subspan(row * bytes, bytes), storage.bits, storage.flip, storage.is_signed,
                     std::span(out.codes).subspan(row * width, width));
    folder.drop(prefix + storage.name);
    const std::string scale = prefix + "weight_scale", zero = prefix + "weight_zero_point";
    out.scales = read_scales(folder.spec(scale).dtype, folder.data(scale));
    if (scheme.weights.strategy == Strategy::tensor_group)
        out.global_scale = first_float(folder, prefix + "weight_global_scale");
    if (!scheme.weights.symmetric && packs_zero_points(scheme)) {
        const ScaleCells cells = scale_cells(scheme.weights, module.rows, module.columns);
        out.zero_points = unpacked_zero_points(storage, folder.data(zero), static_cast<std::size_t>(module.rows),
                                               static_cast<std::size_t>(cells.across));
    } else if (!scheme.weights.symmetric) {
        std::memcpy(out.zero_points.data(), folder.data(zero).data(), out.zero_points.size());
    }
    return out;
}

std::optional<InputScale> read_input_scale(const ModelFolder& folder, const Module& module, const Scheme& scheme) {
    if (!scheme.input || scheme.input->dynamic == Dynamic::yes) return {};
    check_tensors(folder, module, scheme);
    if (scheme.input->dynamic == Dynamic::local)
        return InputScale{first_float(folder, module.name + ".input_global_scale"), 0};
    InputScale out{first_float(folder, module.name + ".input_scale"), 0};
    if (!scheme.input->symmetric)
        std::memcpy(&out.zero_point, folder.data(module.name + ".input_zero_point").data(), 1);
    return out;
}

std::vector<float> decompress(const ModelFolder& folder, const Module& module, const Scheme& scheme) {
    MatrixCodes matrix;
    try {
        matrix = read_codes(folder, module, scheme);
    } catch (const Error& error) {
        // The recipe is not to blame: the scheme came out of the folder.
        if (error.code() != ErrorCode::unusable_recipe) throw;
        throw Error(ErrorCode::unusable_model, error.message(), msg("This version cannot read such a folder."),
                    {.file = folder.path().string(), .layer = module.name});
    }
    kernels::Grid grid = kernels::grid_of(scheme.weights, Dtype::f32, module.rows, module.columns);
    grid.global_scale = matrix.global_scale;
    std::vector<float> out(matrix.codes.size());
    kernels::decode(grid, matrix.codes.data(), module.rows, module.columns, matrix.scales.data(),
                    matrix.zero_points.empty() ? nullptr : matrix.zero_points.data(), out.data());
    return out;
}

} // namespace octavo
