// SPDX-License-Identifier: GPL-3.0-or-later
#include "number/number.h"

#include "base/error.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>

// The loops below are written without branches so that the compiler vectorises them; the AVX2 copy is chosen when the
// library is loaded. Neither copy contains arithmetic that could be fused or reordered: both give the same bits.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define OCTAVO_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define OCTAVO_CLONES
#endif

namespace octavo {

namespace {

inline std::uint32_t bits_of(float value) { return std::bit_cast<std::uint32_t>(value); }
inline float float_of(std::uint32_t bits) { return std::bit_cast<float>(bits); }

// All ones where the condition holds: keeps the loops free of branches.
inline std::uint32_t mask(bool condition) { return 0u - static_cast<std::uint32_t>(condition); }
inline std::uint32_t choose(std::uint32_t where, std::uint32_t yes, std::uint32_t no) {
    return (yes & where) | (no & ~where);
}

inline std::uint16_t encode_bf16(float value) {
    const std::uint32_t bits = bits_of(value);
    const std::uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    const std::uint32_t nan = (bits >> 16) | 0x40u; // quiet, sign and payload kept
    return static_cast<std::uint16_t>(choose(mask((bits & 0x7fffffffu) > 0x7f800000u), nan, rounded));
}

inline float decode_bf16(std::uint16_t bits) { return float_of(static_cast<std::uint32_t>(bits) << 16); }

inline std::uint16_t encode_f16(float value) {
    const std::uint32_t bits = bits_of(value), sign = (bits >> 16) & 0x8000u, magnitude = bits & 0x7fffffffu;
    // Below 2^-14 the grid is 2^-24, the spacing of floats in [0.5, 1): adding 0.5 rounds there.
    const std::uint32_t subnormal = bits_of(float_of(magnitude) + 0.5f) - bits_of(0.5f);
    const std::uint32_t normal = (magnitude - (112u << 23) + 0xfffu + ((magnitude >> 13) & 1u)) >> 13;
    std::uint32_t out = choose(mask(magnitude < (113u << 23)), subnormal, normal);
    out = choose(mask(magnitude >= 0x477ff000u), 0x7c00u, out); // from 65520 on: infinity
    out = choose(mask(magnitude > 0x7f800000u), 0x7e00u | ((magnitude >> 13) & 0x3ffu), out);
    return static_cast<std::uint16_t>(out | sign);
}

inline float decode_f16(std::uint16_t half) {
    const std::uint32_t sign = (static_cast<std::uint32_t>(half) & 0x8000u) << 16, magnitude = half & 0x7fffu;
    const std::uint32_t normal = (magnitude << 13) + (112u << 23);
    const std::uint32_t subnormal = bits_of(static_cast<float>(static_cast<std::int32_t>(magnitude)) * 0x1p-24f);
    const std::uint32_t special = (magnitude << 13) | 0x7f800000u;
    std::uint32_t out = choose(mask(magnitude < 0x400u), subnormal, normal);
    out = choose(mask(magnitude >= 0x7c00u), special, out);
    return float_of(out | sign);
}

inline std::uint8_t encode_e4m3(float value) {
    const std::uint32_t bits = bits_of(value), sign = (bits >> 24) & 0x80u, magnitude = bits & 0x7fffffffu;
    constexpr std::uint32_t largest = 0x43e00000u; // 448
    const std::uint32_t clamped = choose(mask(magnitude > largest), largest, magnitude);
    // Below 2^-6 the grid is 2^-9, the spacing of floats in [2^14, 2^15): adding 2^14 rounds there.
    const std::uint32_t subnormal = bits_of(float_of(clamped) + 0x1p14f) - bits_of(0x1p14f);
    const std::uint32_t normal = (clamped - (120u << 23) + 0x7ffffu + ((clamped >> 20) & 1u)) >> 20;
    std::uint32_t out = choose(mask(clamped < (121u << 23)), subnormal, normal);
    out = choose(mask(magnitude > 0x7f800000u), 0x7fu, out);
    return static_cast<std::uint8_t>(out | sign);
}

inline std::int8_t encode_i8(float value) {
    const float clamped = value < -128.0f ? -128.0f : value > 127.0f ? 127.0f : value;
    return static_cast<std::int8_t>(std::isnan(value) ? 0.0f : std::nearbyint(clamped));
}

std::array<float, 256> make_e4m3_table() {
    std::array<float, 256> table{};
    for (int code = 0; code < 256; ++code) {
        const int exponent = (code >> 3) & 15, mantissa = code & 7;
        float value = exponent == 0 ? std::ldexp(static_cast<float>(mantissa), -9)
                                    : std::ldexp(static_cast<float>(8 + mantissa), exponent - 10);
        if ((code & 0x7f) == 0x7f) value = std::numeric_limits<float>::quiet_NaN();
        table[static_cast<std::size_t>(code)] = (code & 0x80) != 0 ? -value : value;
    }
    return table;
}

const std::array<float, 256> e4m3_table = make_e4m3_table();

// Tensors may start at any byte of a file, so elements are copied, never dereferenced; compilers turn this into plain
// moves.
template <class T>
inline T load(const std::byte* in, std::size_t index) {
    T value;
    std::memcpy(&value, in + index * sizeof(T), sizeof(T));
    return value;
}

template <class T>
inline void store(std::byte* out, std::size_t index, T value) {
    std::memcpy(out + index * sizeof(T), &value, sizeof(T));
}

OCTAVO_CLONES void bf16_to_float(const std::byte* in, float* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = decode_bf16(load<std::uint16_t>(in, i));
}
OCTAVO_CLONES void f16_to_float(const std::byte* in, float* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = decode_f16(load<std::uint16_t>(in, i));
}
OCTAVO_CLONES void f64_to_float(const std::byte* in, float* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<float>(load<double>(in, i));
}
OCTAVO_CLONES void i8_to_float(const std::byte* in, float* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<float>(load<std::int8_t>(in, i));
}
void e4m3_to_float(const std::byte* in, float* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = e4m3_table[static_cast<std::uint8_t>(in[i])];
}
OCTAVO_CLONES void bf16_of_float(const float* in, std::byte* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) store(out, i, encode_bf16(in[i]));
}
OCTAVO_CLONES void f16_of_float(const float* in, std::byte* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) store(out, i, encode_f16(in[i]));
}
OCTAVO_CLONES void e4m3_of_float(const float* in, std::byte* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) store(out, i, encode_e4m3(in[i]));
}
void i8_of_float(const float* in, std::byte* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) store(out, i, encode_i8(in[i]));
}
OCTAVO_CLONES std::uint32_t any_not_finite(const float* values, std::size_t n) {
    std::uint32_t found = 0;
    for (std::size_t i = 0; i < n; ++i) found |= mask((bits_of(values[i]) & 0x7f800000u) == 0x7f800000u);
    return found;
}

void check_lengths(Dtype dtype, std::size_t bytes, std::size_t elements) {
    if (bytes / size_of(dtype) != elements || bytes % size_of(dtype) != 0)
        throw Error(ErrorCode::internal,
                    msg("%1 bytes cannot hold %2 elements of type %3", bytes, elements, torch_name(dtype)));
}

[[noreturn]] void refuse(Dtype dtype) {
    throw Error(ErrorCode::unusable_model, msg("Values of type %1 cannot be converted", torch_name(dtype)),
                msg("Use a checkpoint in bfloat16, float16 or float32."));
}

} // namespace

float float_from_f16(std::uint16_t bits) { return decode_f16(bits); }
std::uint8_t e4m3_from_float(float value) { return encode_e4m3(value); }
float float_from_e4m3(std::uint8_t bits) { return e4m3_table[bits]; }
std::uint8_t e8m0_from_float(float value) { return static_cast<std::uint8_t>((bits_of(value) >> 23) & 0xffu); }
float float_from_e8m0(std::uint8_t bits) {
    return bits == 0xff ? std::numeric_limits<float>::quiet_NaN() : std::ldexp(1.0f, bits - 127);
}

float rounded_to(Dtype dtype, float value) {
    switch (dtype) {
    case Dtype::f32: return value;
    case Dtype::f16: return decode_f16(encode_f16(value));
    case Dtype::bf16: return decode_bf16(encode_bf16(value));
    default: refuse(dtype);
    }
}

void to_float(Dtype dtype, std::span<const std::byte> in, std::span<float> out) {
    check_lengths(dtype, in.size(), out.size());
    switch (dtype) {
    case Dtype::f32:
        if (!in.empty()) std::memcpy(out.data(), in.data(), in.size());
        return;
    case Dtype::f64: return f64_to_float(in.data(), out.data(), out.size());
    case Dtype::f16: return f16_to_float(in.data(), out.data(), out.size());
    case Dtype::bf16: return bf16_to_float(in.data(), out.data(), out.size());
    case Dtype::f8_e4m3: return e4m3_to_float(in.data(), out.data(), out.size());
    case Dtype::i8: return i8_to_float(in.data(), out.data(), out.size());
    default: refuse(dtype);
    }
}

void from_float(Dtype dtype, std::span<const float> in, std::span<std::byte> out) {
    check_lengths(dtype, out.size(), in.size());
    switch (dtype) {
    case Dtype::f32:
        if (!in.empty()) std::memcpy(out.data(), in.data(), out.size());
        return;
    case Dtype::f16: return f16_of_float(in.data(), out.data(), in.size());
    case Dtype::bf16: return bf16_of_float(in.data(), out.data(), in.size());
    case Dtype::f8_e4m3: return e4m3_of_float(in.data(), out.data(), in.size());
    case Dtype::i8: return i8_of_float(in.data(), out.data(), in.size());
    default: refuse(dtype);
    }
}

std::int64_t first_not_finite(std::span<const float> values) {
    constexpr std::size_t piece = 4096;
    for (std::size_t begin = 0; begin < values.size(); begin += piece) {
        const std::size_t n = std::min(piece, values.size() - begin);
        if (any_not_finite(values.data() + begin, n) == 0) continue;
        for (std::size_t i = begin; i < begin + n; ++i)
            if (!std::isfinite(values[i])) return static_cast<std::int64_t>(i);
    }
    return -1;
}

} // namespace octavo
