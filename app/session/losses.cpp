// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/losses.h"

#include <algorithm>

namespace octavo::gui {

std::vector<std::pair<double, double>> differenceAlongText(const TokenLosses& losses, std::size_t points) {
    const std::size_t tokens = std::min(losses.loss.size(), losses.reference_loss.size());
    std::vector<std::pair<double, double>> line;
    if (tokens == 0 || points == 0) return line;
    const std::size_t block = (tokens + points - 1) / points;
    for (std::size_t first = 0; first < tokens; first += block) {
        const std::size_t last = std::min(tokens, first + block);
        double sum = 0;
        for (std::size_t i = first; i < last; ++i) sum += double(losses.loss[i]) - losses.reference_loss[i];
        line.emplace_back((double(first) + double(last - 1)) / 2, sum / double(last - first));
    }
    return line;
}

} // namespace octavo::gui
