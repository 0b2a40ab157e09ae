// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <string_view>

#include "recipe/recipe.h"

namespace octavo {

namespace {

/// One "PATTERN=WHAT" while its words are read.
class Words {
public:
    explicit Words(const std::string& text) : text_(text) {}

    Override read() {
        const std::size_t split = end_of_pattern();
        Override out{.targets = {text_.substr(0, split)}};
        out.changes_scheme = false;
        for (std::size_t begin = split + 1; begin <= text_.size();) {
            const std::size_t end = std::min(text_.find(',', begin), text_.size());
            const std::string word = text_.substr(begin, end - begin);
            if (!read_word(word, out)) refuse(word);
            begin = end + 1;
        }
        return out;
    }

private:
    /// Names have no equals sign; of an expression only a look-ahead has one, behind a question mark.
    std::size_t end_of_pattern() const {
        std::size_t at = text_.find('=');
        while (at != std::string::npos && at > 0 && text_[at - 1] == '?') at = text_.find('=', at + 1);
        if (at == std::string::npos || at == 0)
            throw Error(ErrorCode::usage, msg("\"%1\" does not say what to do with which matrices", text_),
                        msg("Write PATTERN=WHAT, for example 're:.*down_proj=FP8_DYNAMIC,rtn'."));
        return at;
    }

    bool read_word(const std::string& word, Override& out) const {
        SolverChanges& solver = out.solver;
        if (word == "rtn") return set(solver.method, SolverMethod::round_to_nearest);
        if (word == "gptq") return set(solver.method, SolverMethod::gptq);
        if (word == "minmax") return set(solver.scales, ScaleMethod::extremes);
        if (word == "mse") return set(solver.scales, ScaleMethod::least_squares);
        if (word == "weighted-mse") return set(solver.scales, ScaleMethod::weighted_least_squares);
        if (word == "act-order") return set(solver.activation_order, true);
        if (word == "no-act-order") return set(solver.activation_order, false);
        if (word.starts_with("damping=")) return number(word, solver.damping, 1e-12, 1.0);
        if (word.starts_with("shrinkage=")) return number(word, solver.shrinkage, 0.0, 100.0);
        if (word.starts_with("sweeps=")) return number(word, solver.sweeps, 0, 100);
        if (word.starts_with("block=")) return number(word, solver.block_size, 1, 65536);
        const bool known = word == "16bit" || is_scheme(word, out);
        if (known && out.changes_scheme) refuse_twice();
        out.changes_scheme = out.changes_scheme || known;
        return known;
    }

    /// Unknown words may be meant for the solver as well: what they could be is said by refuse().
    static bool is_scheme(const std::string& word, Override& out) {
        try {
            out.scheme = preset(word);
            return true;
        } catch (const Error&) {
            return false;
        }
    }

    template <class Value>
    bool set(std::optional<Value>& option, Value value) const {
        if (option) refuse_twice();
        option = value;
        return true;
    }

    template <class Value>
    bool number(const std::string& word, std::optional<Value>& option, Value least, Value most) const {
        Value value{};
        const char *begin = word.data() + word.find('=') + 1, *end = word.data() + word.size();
        const auto [rest, status] = std::from_chars(begin, end, value);
        return status == std::errc() && rest == end && value >= least && value <= most && set(option, value);
    }

    [[noreturn]] void refuse(const std::string& word) const {
        throw Error(ErrorCode::usage, msg("\"%1\" in \"%2\" says nothing that Octavo knows", word, text_),
                    msg("Use a scheme, 16bit, rtn, gptq, minmax, mse, weighted-mse, act-order, no-act-order, "
                        "damping=0.01, shrinkage=0.1, sweeps=3 or block=128, with commas between them."));
    }

    [[noreturn]] void refuse_twice() const {
        throw Error(ErrorCode::usage, msg("\"%1\" says two things about the same", text_), msg("Leave one of them."));
    }

    const std::string& text_;
};

} // namespace

Override override_from_text(const std::string& text) { return Words(text).read(); }

} // namespace octavo
