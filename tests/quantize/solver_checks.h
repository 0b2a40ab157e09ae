// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "recipe/scheme.h"

// Torch stays behind this header: it and Qt never meet in one translation unit.

struct CodesCompared {
    long total = 0, different = 0;
    double loss = 0, classic_loss = 0, direct_loss = 0, rounding_loss = 0;
};

/// Pull form in float32 against the classic inverse-Hessian form in float64, written out column by column.
CodesCompared pull_against_classic(int rows, int columns, double damping, const octavo::QuantizationArgs& args,
                                   bool activation_order);
/// CPU kernel against the tensor-operation path, with static act-order.
CodesCompared kernel_against_generic(int rows, int columns, const octavo::QuantizationArgs& args);
/// [rounding error, GPTQ error]: on correlated inputs GPTQ has to win.
std::vector<double> rounding_and_gptq(int rows, int columns);
/// Sum over rows, sum over columns and total of the reported error.
std::vector<double> error_splits();
/// A factor with shrinkage against one of the Hessian with that diagonal, relative difference; and the reported error
/// against tr(ΔW H ΔWᵀ) of the Hessian as it is.
std::vector<double> shrinkage_deviations();
/// Escalations needed for a rank-one Hessian with almost no damping; error message for one with NaN.
int escalations_for_singular();
std::string message_for_nan();
/// Codes of two runs with the same seed are the same bytes.
bool repeatable();

/// Greatest relative difference between X Wᵀ and (X D⁻¹)(W D)ᵀ for searched D, and the chosen strength on data with an
/// outlier channel.
std::vector<double> smoothing_is_exact();
/// llm-compressor's formula on a tiny example worked by hand.
std::vector<float> smoothing_by_hand();
/// Observer in chunks against brute force in double: largest relative deviations of [min/max, mean square, Hessian],
/// sample matches.
std::vector<double> observer_deviations();
/// How many threads share a loop when LibTorch has two.
long threads_in_parallel();
/// Of products of bf16 numbers: distance to brute force, asymmetry, difference between two threads and one; empty where
/// the CPU has none.
std::vector<double> narrow_product_deviations();
/// Numbers in the wrong bin of a histogram, percentiles off the sorted numbers, and how far extremes and squares of the
/// columns of a matrix are from their definition.
std::vector<double> picture_deviations();
/// Largest difference between the fused activation kernel and the definition in double, for int8 and E4M3.
std::vector<double> fake_quantize_deviations();
/// Largest difference between the activation kernel and tensor operations for the inputs of a scheme; with `fixed`,
/// static scales from the extremes.
double activation_deviation(const char* scheme, bool fixed);
/// A row of MXFP4 activations worked by hand.
std::vector<double> activations_by_hand();
/// Values around the E2M1 grid that are rounded or coded wrongly.
long e2m1_mistakes();
/// Bits of every float on the E4M3 grid through round_e4m3 and code_e4m3, counted when wrong against the definition.
long e4m3_mistakes();
