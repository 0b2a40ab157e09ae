// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace octavo {

enum class NumberType { integer, floating };
enum class Strategy { tensor, channel, group, tensor_group, block, token };
enum class Dynamic { no, yes, local };
/// compressed-tensors formats, reference "1.1 Format names".
enum class Format {
    dense,
    int_quantized,
    float_quantized,
    naive_quantized,
    pack_quantized,
    nvfp4_pack_quantized,
    mxfp4_pack_quantized,
    mxfp8_quantized
};

/// How one tensor is quantized: the QuantizationArgs of compressed-tensors.
struct QuantizationArgs {
    int bits = 8;
    NumberType type = NumberType::integer;
    bool symmetric = true;
    Strategy strategy = Strategy::channel;
    int group_size = 0;                           ///< elements along K; 0 unless group or tensor_group
    std::optional<std::array<int, 2>> block = {}; ///< rows, columns; only with Strategy::block
    Dynamic dynamic = Dynamic::no;
    std::string scale_dtype = {}; ///< "torch.float8_e4m3fn", "torch.uint8" or empty
    std::string observer = {};    ///< empty when dynamic

    /// What absmax is divided by to give a symmetric scale: 127.5 for int8, 7.5 for int4, 448 for E4M3, 6 for E2M1.
    float half_range() const;
    bool operator==(const QuantizationArgs&) const = default;
};

/// Rows and columns of one cell of a matrix [N, K] that shares a scale, and how many cells lie below and beside each
/// other (the last ones may be cut short).
struct ScaleCells {
    std::int64_t rows = 1, columns = 1;
    std::int64_t down = 1, across = 1;
};
/// For weights; for activations a row is a token.
ScaleCells scale_cells(const QuantizationArgs& args, std::int64_t rows, std::int64_t columns);

/// How a matrix and its input are quantized, by the name that llm-compressor's users know.
struct Scheme {
    std::string name; ///< "W8A8", "FP8_DYNAMIC", …
    QuantizationArgs weights;
    std::optional<QuantizationArgs> input = {}; ///< none = 16-bit activations
    Format format = Format::dense;
    bool needs_data = false; ///< static activation scales

    bool operator==(const Scheme&) const = default;
};

/// Case does not matter, nor - for _; "INT8" is another name of "W8A8". A group size that can be chosen may follow:
/// "W4A16_G32", "W4A16_CHANNEL", and is part of the scheme's name then. Throws Error(unusable_recipe) listing the names
/// for an unknown one.
Scheme preset(std::string_view name);
/// The preset that a name with a group size is of: "W4A16" for "W4A16_G32"; other names as they are.
std::string_view base_preset(std::string_view name);
/// All presets of llm-compressor that Octavo names (compressed-tensors' quant_scheme.py); each can be produced.
const std::vector<Scheme>& presets();

/// Group sizes of integer weights that vLLM has kernels for, the largest first.
const std::vector<int>& group_sizes();
/// Can the group size be chosen? The others' is part of their format.
bool has_free_group_size(const Scheme& scheme);
/// The scheme with groups of `size` columns, or one scale per row (0). Throws Error(unusable_recipe) for one whose
/// group size is part of its format, and for sizes that vLLM has no kernel for.
Scheme with_group_size(Scheme scheme, int size);
/// The scheme with the largest group size, no larger than its own, that divides `columns`, or one scale per row where
/// none does; itself when its group size cannot be chosen.
Scheme with_fitting_groups(Scheme scheme, std::int64_t columns);

/// An integer scheme with 8-bit inputs (W8A8) with one scale for all tokens, fixed by calibration, instead of one per
/// token; asymmetric = with a zero point. Throws Error(unusable_recipe) for the others.
Scheme with_static_input(Scheme scheme, bool symmetric);

/// Does vLLM have code for it (_get_scheme_from_parts, in its order)? Depends on the numbers of the scheme, not on its
/// name.
bool is_served(const Scheme& scheme);
/// Can this version quantize to it? Of what is served: the format that its numbers belong into, and no asymmetric 8-bit
/// weights.
bool is_implemented(const Scheme& scheme);
/// Throws Error(unusable_recipe) naming the schemes that are, when this one is not implemented.
void require_implemented(const Scheme& scheme);

std::string_view name_of(Format format); ///< "int-quantized", …
std::optional<Format> format_from_name(std::string_view name);
std::string_view name_of(Strategy strategy); ///< "channel", "tensor_group", …
std::string_view name_of(NumberType type);   ///< "int" or "float"

/// The format that vLLM serves these arguments from (compressed-tensors' format inference; int weights with float input
/// are packed).
Format format_for(const QuantizationArgs& weights, const std::optional<QuantizationArgs>& input);

/// Stored bits per weight of an [N, K] matrix including scales and zero points (16-bit scales unless the format says
/// otherwise; int-quantized holds a whole byte per weight whatever its width; the 16 bytes of weight_shape are not
/// counted).
double effective_bits(const Scheme& scheme, std::int64_t rows, std::int64_t columns);

/// The smallest key set that vLLM accepts; with_nulls adds the other keys of compressed-tensors as null.
Json to_json(const QuantizationArgs& args, bool with_nulls = false);
/// Reads the minimal form and the full 12 keys. Throws Error(unusable_recipe) for unknown keys, wrong types and
/// combinations that compressed-tensors refuses. `actorder` is accepted where it leaves the tensors as they are (null,
/// "static", "weight").
QuantizationArgs quantization_args_from_json(const Json& json, const std::string& file);
/// {"name":…, "weights":…, "input_activations":…, "format":…}
Json to_json(const Scheme& scheme);
/// A preset name as string, or an object as above.
Scheme scheme_from_json(const Json& json, const std::string& file);

} // namespace octavo
