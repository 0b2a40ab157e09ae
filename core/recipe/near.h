// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace octavo {

/// Insertions, deletions and substitutions between two strings (Levenshtein).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate closest to what was written, or empty when none is close enough (a third of its length, at least 2
/// edits) to be meant.
std::string nearest(std::string_view written, const std::vector<std::string>& candidates);

} // namespace octavo
