// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/gguf_file.h"

#include "number/number.h"

#include <cstring>

namespace octavo {

namespace {

constexpr std::size_t block = 32;

float half_at(const std::byte* at) {
    std::uint16_t bits;
    std::memcpy(&bits, at, sizeof bits);
    return float_from_f16(bits);
}

// Low nibbles are elements 0…15 of a block, high nibbles 16…31 (ggml-quants.c). Products of an 11-bit scale and a code
// of at most 8 bits are exact in float, so contracting the sum below to a fused multiply-add would not change a bit.
void q4_0(const std::byte* in, float* out) {
    const float scale = half_at(in);
    for (std::size_t i = 0; i < block / 2; ++i) {
        const int byte = static_cast<int>(in[2 + i]);
        out[i] = scale * static_cast<float>((byte & 15) - 8);
        out[i + block / 2] = scale * static_cast<float>((byte >> 4) - 8);
    }
}

void q4_1(const std::byte* in, float* out) {
    const float scale = half_at(in), least = half_at(in + 2);
    for (std::size_t i = 0; i < block / 2; ++i) {
        const int byte = static_cast<int>(in[4 + i]);
        out[i] = scale * static_cast<float>(byte & 15) + least;
        out[i + block / 2] = scale * static_cast<float>(byte >> 4) + least;
    }
}

void q8_0(const std::byte* in, float* out) {
    const float scale = half_at(in);
    for (std::size_t i = 0; i < block; ++i) out[i] = scale * static_cast<float>(static_cast<std::int8_t>(in[2 + i]));
}

template <class Decode>
void by_blocks(const GgufTensor& tensor, std::size_t begin, std::span<float> out, std::size_t bytes, Decode&& decode) {
    for (std::size_t i = 0; i < out.size() / block; ++i)
        decode(tensor.data.data() + (begin / block + i) * bytes, out.data() + i * block);
}

} // namespace

void dequantize(const GgufTensor& tensor, std::int64_t begin, std::span<float> out) {
    const auto first = static_cast<std::size_t>(begin);
    switch (tensor.type) {
    case GgufType::f32: return to_float(Dtype::f32, tensor.data.subspan(first * 4, out.size() * 4), out);
    case GgufType::f16: return to_float(Dtype::f16, tensor.data.subspan(first * 2, out.size() * 2), out);
    case GgufType::bf16: return to_float(Dtype::bf16, tensor.data.subspan(first * 2, out.size() * 2), out);
    case GgufType::q4_0: return by_blocks(tensor, first, out, 18, q4_0);
    case GgufType::q4_1: return by_blocks(tensor, first, out, 20, q4_1);
    case GgufType::q8_0: return by_blocks(tensor, first, out, 34, q8_0);
    }
}

} // namespace octavo
