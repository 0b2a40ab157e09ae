// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

// Torch stays behind this header: it and Qt never meet in one translation unit.

/// Largest difference between the rotary tables (512 positions, head size 64) and cosines and sines of the published
/// frequencies in double. `type`: default, linear (factor 4), llama3 (factor 8, 1 and 4, 128 tokens).
double rotary_deviation(const std::string& type);
/// Share of the frequencies of llama3 that are kept, stretched and blended: all three kinds have to occur for the test
/// to mean something.
bool llama3_blends();
/// Attention of rows of different lengths against sums over all earlier tokens within the window, in double; 0 = no
/// window.
double attention_deviation(int heads, int kv_heads, int head_dim, int window);
/// The same where products of numbers rounded to bf16 are allowed, and the largest difference to what one thread gives;
/// empty where the CPU has none.
std::vector<double> narrow_attention_deviations(int heads, int kv_heads, int head_dim, int window);
/// Products of int8 codes against sums in double: x Wᵀ + b, the same added to a residual stream, silu(gate) · up; then
/// how far all of them are from what one thread gives, and their count from two per multiplication.
std::vector<double> code_product_deviations(int tokens, int hidden, int intermediate);
/// Largest relative deviation of the RMS norm from its definition in double.
double norm_deviation(int columns);
/// Norm, products with quantized inputs and observer: largest difference between columns of a wider matrix and a copy
/// of them.
double view_deviation();
/// activation(gate) · up against the definition in double; "silu", "gelu", "gelu_tanh".
double gate_deviation(const std::string& activation);
/// A whole layer written out in double against Decoder::forward.
double layer_deviation(bool biases);
/// Largest difference between rows of different lengths going through a layer together and one by one.
double chunk_deviation(int window);
/// Chunks cover all rows in order, whole rows each, and hold more than one row only within the limit.
bool chunks_are_whole_rows();
