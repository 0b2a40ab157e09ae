// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
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
enum class Format { dense, int_quantized, float_quantized, naive_quantized, pack_quantized, nvfp4_pack_quantized, mxfp4_pack_quantized, mxfp8_quantized };

/// How one tensor is quantized: the QuantizationArgs of compressed-tensors.
struct QuantizationArgs {
    int bits = 8;
    NumberType type = NumberType::integer;
    bool symmetric = true;
    Strategy strategy = Strategy::channel;
    int group_size = 0;                          ///< elements along K; 0 unless group or tensor_group
    std::optional<std::array<int, 2>> block;     ///< rows, columns; only with Strategy::block
    Dynamic dynamic = Dynamic::no;
    std::string scale_dtype;                     ///< "torch.float8_e4m3fn", "torch.uint8" or empty
    std::string observer;                        ///< empty when dynamic

    /// Largest magnitude a scale is divided by: 127.5 for int8, 7.5 for int4, 448 for E4M3, 6 for E2M1.
    float half_range() const;
    bool operator==(const QuantizationArgs&) const = default;
};

/// How a matrix and its input are quantized, by the name that llm-compressor's users know.
struct Scheme {
    std::string name;                            ///< "W8A8", "FP8_DYNAMIC", …
    QuantizationArgs weights;
    std::optional<QuantizationArgs> input;       ///< none = 16-bit activations
    Format format = Format::dense;
    bool needs_data = false;                     ///< static activation scales

    bool operator==(const Scheme&) const = default;
};

/// Case does not matter. Throws Error(unusable_recipe) listing the names for an unknown one.
const Scheme& preset(std::string_view name);
const std::vector<Scheme>& presets();

std::string_view name_of(Format format); ///< "int-quantized", …

/// Bits per weight of an [N, K] matrix including scales (16-bit scales unless the format says otherwise).
double effective_bits(const Scheme& scheme, std::int64_t rows, std::int64_t columns);

/// The smallest key set that vLLM accepts (reference/vllm.md 2.1); with_nulls adds the other keys of compressed-tensors as null.
Json to_json(const QuantizationArgs& args, bool with_nulls = false);
QuantizationArgs quantization_args_from_json(const Json& json, const std::string& file);
/// {"name":…, "weights":…, "input_activations":…, "format":…}
Json to_json(const Scheme& scheme);
/// A preset name as string, or an object as above.
Scheme scheme_from_json(const Json& json, const std::string& file);

} // namespace octavo
