// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

// Torch stays behind this header: it and Qt never meet in one translation unit.

/// Largest difference between the engine's logits and those noted in the fixture, as a share of their range; `within` =
/// as the language model of one that sees.
double golden_deviation(const std::string& fixture, const std::string& scratch, bool within = false);

/// Largest difference between the hidden states of a text that goes through whole and of the same text in pieces, with
/// the keys and values of what came before kept, as a share of their range. Negative for a rotary embedding that
/// depends on the length of the text.
double continued_deviation(const std::string& fixture, const std::string& scratch);

/// What of every smoothing group is carried out.
enum class Smoothing { whole, producers_alone, consumers_alone };

/// The fixture's model with random scales exp(±spread) in the smoothing groups of this `kind` (0 norms, 1 up and down,
/// 2 values and output, −1 all): largest difference between its logits and those of the model as it was, as a share of
/// their range. Negative when there is no such group.
double smoothing_deviation(const std::string& fixture, const std::string& scratch, int kind, double spread,
                           Smoothing how);
