// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/details.h"

#include "evaluate/paired.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace octavo {

namespace {

constexpr std::size_t passage_tokens = 24, passages = 8, context_tokens = 32;
constexpr int position_parts = 8;

template <class Value>
void copy_at(const std::vector<Value>& from, std::size_t i, std::vector<Value>& to) {
    if (!from.empty()) to.push_back(from[i]);
}

TokenLosses selected(const TokenLosses& losses, const std::vector<std::size_t>& which) {
    TokenLosses out;
    for (const std::size_t i : which) {
        copy_at(losses.ids, i, out.ids);
        copy_at(losses.loss, i, out.loss);
        copy_at(losses.reference_loss, i, out.reference_loss);
        copy_at(losses.kl, i, out.kl);
        copy_at(losses.top, i, out.top);
        copy_at(losses.reference_top, i, out.reference_top);
        copy_at(losses.top5, i, out.top5);
    }
    return out;
}

std::int64_t agreeing(const TokenLosses& losses) {
    std::int64_t out = 0;
    for (std::size_t i = 0; i < losses.top.size(); ++i) out += losses.top[i] == losses.reference_top[i];
    return out;
}

Breakdown breakdown(const std::string& name, const TokenLosses& losses) {
    const Metrics metrics = paired_metrics(losses, agreeing(losses));
    return {name,
            metrics.tokens,
            metrics.perplexity,
            metrics.reference_perplexity.value_or(0),
            metrics.perplexity_ratio,
            metrics.kl_divergence,
            metrics.same_top};
}

class Details {
public:
    Details(const TokenLosses& losses, const std::vector<std::vector<std::int32_t>>& windows,
            const Tokenizer& tokenizer)
        : losses_(losses), windows_(windows), tokenizer_(tokenizer) {
        for (std::size_t w = 0; w < windows.size(); ++w) {
            starts_.push_back(window_.size());
            window_.insert(window_.end(), windows[w].size() - 1, w);
        }
        starts_.push_back(window_.size());
    }

    void fill(Comparison& out) {
        const double tokens = static_cast<double>(losses_.loss.size());
        out.kl_histogram.assign(kl_bins, 0);
        for (std::size_t i = 0; i < losses_.loss.size(); ++i) {
            ++out.kl_histogram[static_cast<std::size_t>(kl_bin_of(static_cast<double>(losses_.kl[i])))];
            const bool right = losses_.top[i] == losses_.ids[i], was = losses_.reference_top[i] == losses_.ids[i];
            out.flips_worse += (was && !right) / tokens;
            out.flips_better += (right && !was) / tokens;
            out.top5_agreement += losses_.top5[i] / 5.0 / tokens;
        }
        for (std::size_t w = 0; w < windows_.size(); ++w) out.window_kl.push_back(mean_kl(starts_[w], starts_[w + 1]));
        fill_positions(out);
        fill_classes(out);
        fill_worst(out);
    }

private:
    double mean_kl(std::size_t begin, std::size_t end) const {
        double sum = 0;
        for (std::size_t i = begin; i < end; ++i) sum += static_cast<double>(losses_.kl[i]);
        return sum / static_cast<double>(end - begin);
    }

    void fill_positions(Comparison& out) const {
        std::size_t longest = 0;
        for (const auto& window : windows_) longest = std::max(longest, window.size() - 1);
        std::map<std::size_t, std::vector<std::size_t>> parts;
        const std::size_t size = (longest + position_parts - 1) / position_parts;
        for (std::size_t i = 0; i < window_.size(); ++i) parts[(i - starts_[window_[i]]) / size].push_back(i);
        for (const auto& [part, which] : parts)
            out.positions.push_back(
                breakdown(std::to_string(part * size + 1) + "-" + std::to_string(std::min((part + 1) * size, longest)),
                          selected(losses_, which)));
    }

    /// "rare" is what occurs once in everything that was scored and is of no other class.
    void fill_classes(Comparison& out) {
        std::unordered_map<std::int32_t, int> counts;
        for (const std::int32_t id : losses_.ids) ++counts[id];
        std::map<std::string, std::vector<std::size_t>> classes;
        for (std::size_t i = 0; i < losses_.ids.size(); ++i) {
            std::string name = class_of(text_of(losses_.ids[i]));
            if (name.empty()) name = counts[losses_.ids[i]] == 1 ? "rare" : "other";
            classes[name].push_back(i);
        }
        for (const char* name : {"whitespace", "digits", "code", "rare", "other"})
            if (classes.contains(name)) out.classes.push_back(breakdown(name, selected(losses_, classes[name])));
    }

    /// Stretches of equal length with the largest mean divergence, greedily, without overlap.
    void fill_worst(Comparison& out) {
        struct Stretch {
            double kl;
            std::size_t begin, end;
        };
        std::vector<Stretch> all;
        for (std::size_t w = 0; w < windows_.size(); ++w) {
            const std::size_t begin = starts_[w], end = starts_[w + 1], length = std::min(passage_tokens, end - begin);
            for (std::size_t i = begin; i + length <= end; i += std::max<std::size_t>(length / 4, 1))
                all.push_back({mean_kl(i, i + length), i, i + length});
        }
        std::stable_sort(all.begin(), all.end(), [](const Stretch& a, const Stretch& b) { return a.kl > b.kl; });
        std::vector<Stretch> taken;
        for (const Stretch& one : all) {
            if (taken.size() == passages) break;
            const bool free = std::none_of(taken.begin(), taken.end(), [&](const Stretch& other) {
                return one.begin < other.end && other.begin < one.end;
            });
            if (!free) continue;
            taken.push_back(one);
            out.worst.push_back(passage(one.begin, one.end));
        }
    }

    Passage passage(std::size_t begin, std::size_t end) {
        Passage out;
        out.window = static_cast<int>(window_[begin]);
        const std::size_t first =
            begin - starts_[window_[begin]] + 1; // of the window's tokens, the first is not scored
        out.position = static_cast<int>(first);
        const auto& row = windows_[window_[begin]];
        const auto at = row.begin() + static_cast<std::ptrdiff_t>(first);
        out.before = tokenizer_.decode({at - static_cast<std::ptrdiff_t>(std::min(first, context_tokens)), at});
        for (std::size_t i = begin; i < end; ++i) {
            const double kl = static_cast<double>(losses_.kl[i]),
                         change = static_cast<double>(losses_.loss[i]) - static_cast<double>(losses_.reference_loss[i]);
            out.tokens.push_back({text_of(losses_.ids[i]), kl, change});
            out.kl += kl / static_cast<double>(end - begin);
            out.loss_change += change / static_cast<double>(end - begin);
            if (kl > out.tokens[static_cast<std::size_t>(out.worst)].kl) out.worst = static_cast<int>(i - begin);
        }
        const std::size_t worst = begin + static_cast<std::size_t>(out.worst);
        out.expected = text_of(losses_.reference_top[worst]);
        out.instead = text_of(losses_.top[worst]);
        return out;
    }

    const std::string& text_of(std::int32_t id) {
        const auto [found, added] = texts_.try_emplace(id);
        if (added) found->second = tokenizer_.decode({id});
        return found->second;
    }

    const TokenLosses& losses_;
    const std::vector<std::vector<std::int32_t>>& windows_;
    const Tokenizer& tokenizer_;
    std::vector<std::size_t> window_; ///< of each scored token
    std::vector<std::size_t> starts_; ///< first scored token of each window, and the end
    std::unordered_map<std::int32_t, std::string> texts_;
};

} // namespace

std::string class_of(const std::string& token) {
    bool space = !token.empty(), digit = false, letter = false, sign = false;
    for (const char c : token) {
        space = space && (c == ' ' || c == '\n' || c == '\t' || c == '\r');
        digit = digit || (c >= '0' && c <= '9');
        letter = letter || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
        sign = sign || std::string_view("{}[]<>=;_/\\|&^$#@`~*+").find(c) != std::string_view::npos;
    }
    return space ? "whitespace" : digit && !letter ? "digits" : sign ? "code" : "";
}

TokenLosses part_of(const TokenLosses& losses, std::size_t begin, std::size_t end) {
    std::vector<std::size_t> which;
    for (std::size_t i = begin; i < end; ++i) which.push_back(i);
    return selected(losses, which);
}

Comparison compare_details(const Metrics& metrics, const TokenLosses& losses,
                           const std::vector<std::vector<std::int32_t>>& windows, const Tokenizer& tokenizer) {
    Comparison out;
    out.metrics = metrics;
    Details(losses, windows, tokenizer).fill(out);
    return out;
}

} // namespace octavo
