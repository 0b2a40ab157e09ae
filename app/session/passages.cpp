// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/passages.h"

#include <algorithm>

namespace octavo::gui {
namespace {

std::size_t comparable(const TokenLosses& losses) { return std::min(losses.loss.size(), losses.reference_loss.size()); }

} // namespace

std::vector<Passage> worstPassages(const TokenLosses& losses, std::size_t length, std::size_t count) {
    const std::size_t tokens = comparable(losses);
    if (length == 0 || tokens < length) return {};
    std::vector<double> sums(tokens + 1);
    for (std::size_t i = 0; i < tokens; ++i) sums[i + 1] = sums[i] + double(losses.loss[i]) - losses.reference_loss[i];
    // A quarter of a window as step finds the worst place well enough and keeps the candidates few.
    const std::size_t step = std::max<std::size_t>(1, length / 4);
    std::vector<Passage> candidates;
    for (std::size_t first = 0; first + length <= tokens; first += step)
        candidates.push_back({first, length, (sums[first + length] - sums[first]) / double(length), 0, {}, {}});
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Passage& a, const Passage& b) { return a.difference > b.difference; });
    std::vector<Passage> worst;
    for (Passage& candidate : candidates) {
        if (worst.size() == count || candidate.difference <= 0) break;
        const bool taken = std::any_of(worst.begin(), worst.end(), [&](const Passage& other) {
            return candidate.first < other.first + other.count && other.first < candidate.first + candidate.count;
        });
        if (taken) continue;
        for (std::size_t i = candidate.first; i < candidate.first + length; ++i) {
            if (i < losses.kl.size()) candidate.kl += double(losses.kl[i]) / double(length);
            if (i < losses.ids.size()) candidate.ids.push_back(losses.ids[i]);
        }
        worst.push_back(std::move(candidate));
    }
    return worst;
}

std::vector<std::pair<double, double>> differenceAlongText(const TokenLosses& losses, std::size_t points) {
    const std::size_t tokens = comparable(losses);
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
