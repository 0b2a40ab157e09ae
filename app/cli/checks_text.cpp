// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks_text.h"

namespace octavo::cli {

std::string checks_text(const std::vector<Check>& checks) {
    std::string out;
    for (const Check& check : checks) {
        const bool pass = check.status == Check::Status::pass;
        const char* mark = pass ? "pass" : check.status == Check::Status::warning ? "warn" : "FAIL";
        out += std::string("  ") + mark + "  " + check.id + ": " + check.message.english() + "\n";
        if (!pass && !check.advice.empty()) out += "        " + check.advice.english() + "\n";
    }
    return out;
}

std::string protocol_text(const Metrics& metrics) {
    // Of several texts some may be shorter than a window.
    const bool alike = metrics.tokens == metrics.windows * (metrics.sequence_length - 1);
    const std::string windows =
        metrics.windows == 1 ? "one window" : std::to_string(metrics.windows) + " consecutive windows";
    std::string out = "tokenised once without special tokens, " + windows + " of " + (alike ? "" : "at most ") +
                      std::to_string(metrics.sequence_length) +
                      " tokens, remainder dropped, every token of a window but its first scored";
    if (metrics.bos == "window")
        out += ", every window starts with a BOS in place of a token";
    else if (metrics.bos == "start")
        out += ", one BOS at the start of the text";
    else if (metrics.bos == "none")
        out += ", no BOS";
    return out + "; exp of the mean negative log-likelihood";
}

} // namespace octavo::cli
