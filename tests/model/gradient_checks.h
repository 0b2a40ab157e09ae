// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

// Torch stays behind this header: it and Qt never meet in one translation unit.

/// The golden model of a fixture in float64: the gradient with respect to the output of every matrix of every layer
/// against differences of the scalar itself, ±1e-5 along a random direction. Largest deviation as a share of the
/// gradient's length.
struct GradientDeviation {
    double largest = 0;
    int products = 0; ///< how many were compared
    int partial = 0;  ///< of them, how many saw some of the tokens only
};
GradientDeviation gradient_deviation(const std::string& fixture, const std::string& scratch);

/// Mean of z zᵀ over every vector of signs there is, against diag(p) − p pᵀ.
double fisher_deviation();

/// KL divergence when the output of one matrix of the first layer changes a little, summed over the predictions, and
/// what gradients forecast of it on the average over many directions: with all tokens of a row taken together.
struct Forecast {
    double divergence = 0, forecast = 0;
};
/// `one_token`: the change is at one token only, so that the score's sum over tokens is exact as well and is what is
/// returned.
Forecast small_change(const std::string& fixture, const std::string& scratch, bool one_token);
