// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/near.h"

#include <algorithm>
#include <numeric>

namespace octavo {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

std::string nearest(std::string_view written, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest = 256; // quadratic: what a person typed is shorter
    if (written.size() > longest) return {};
    const std::size_t limit = std::max<std::size_t>(2, written.size() / 3);
    std::size_t best = limit + 1;
    std::string out;
    for (const std::string& candidate : candidates) {
        const std::size_t apart =
            candidate.size() > written.size() ? candidate.size() - written.size() : written.size() - candidate.size();
        if (apart >= best) continue;
        const std::size_t distance = edit_distance(written, candidate);
        if (distance < best) {
            best = distance;
            out = candidate;
        }
    }
    return out;
}

} // namespace octavo
