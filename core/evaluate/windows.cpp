// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/windows.h"

#include "base/error.h"

#include <algorithm>

namespace octavo {

Windows cut_windows(const std::string& text, const Tokenizer& tokenizer, int length, int count,
                    const std::string& bos) {
    if (length < 2)
        throw Error(ErrorCode::usage, msg("A sequence length of %1 leaves nothing to score", length),
                    msg("Use at least 2."));
    Windows out;
    out.bos = bos != "auto" ? bos : tokenizer.adds_bos() ? "window" : "none";
    if (out.bos != "window" && out.bos != "start" && out.bos != "none")
        throw Error(ErrorCode::usage, msg("\"%1\" is not a BOS convention", bos),
                    msg("Use auto, window, start or none."));
    if (out.bos != "none" && !tokenizer.bos_token())
        throw Error(ErrorCode::usage, msg("The tokenizer has no BOS token"), msg("Use --bos none."));
    std::vector<std::int32_t> ids = tokenizer.encode(text, false);
    if (out.bos == "start") ids.insert(ids.begin(), *tokenizer.bos_token());
    const std::size_t own = out.bos == "window" ? 1 : 0;
    if (ids.size() + own < 2)
        throw Error(ErrorCode::unusable_data, msg("The text has fewer than two tokens"), msg("Use a longer text."));
    const std::size_t step = std::min(static_cast<std::size_t>(length) - own, ids.size());
    out.length = static_cast<int>(step + own);
    std::size_t windows = ids.size() / step;
    if (count > 0) windows = std::min(windows, static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < windows; ++i) {
        std::vector<std::int32_t>& row = out.rows.emplace_back();
        if (own) row.push_back(*tokenizer.bos_token());
        const auto from = ids.begin() + static_cast<std::ptrdiff_t>(i * step);
        row.insert(row.end(), from, from + static_cast<std::ptrdiff_t>(step));
    }
    return out;
}

} // namespace octavo
