// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace octavo {

/// A sentence with numbered places (%1, %2, …) and what goes into them. The English text doubles as the key under which
/// the application looks up a translation, so core never needs to know a language.
struct Message {
    std::string text;
    std::vector<std::string> arguments = {};
    /// Arguments that are sentences themselves, each at the index of its English text in `arguments`; an empty one, or
    /// none at that index, means that the argument needs no translation.
    std::vector<Message> parts = {};

    std::string english() const;
    bool empty() const { return text.empty(); }
};

namespace detail {
inline std::string as_argument(std::string value) { return value; }
inline std::string as_argument(std::string_view value) { return std::string(value); }
inline std::string as_argument(const char* value) { return value; }
std::string as_argument(double value);
template <class Integer>
requires std::is_integral_v<Integer> std::string as_argument(Integer value) { return std::to_string(value); }

template <class Argument>
void add_argument(Message& out, Argument&& argument) {
    if constexpr (std::is_same_v<std::remove_cvref_t<Argument>, Message>) {
        out.parts.resize(out.arguments.size());
        out.arguments.push_back(argument.english());
        out.parts.push_back(std::forward<Argument>(argument));
    } else {
        out.arguments.push_back(as_argument(std::forward<Argument>(argument)));
    }
}
} // namespace detail

/// msg("Tensor %1 has %2 rows", name, rows). The first argument must be a literal: translations are extracted from it.
/// What goes into a place is a name, a number, or another message; words of a language belong into a message.
template <class... Arguments>
Message msg(const char* text, Arguments&&... arguments) {
    Message out{text};
    (detail::add_argument(out, std::forward<Arguments>(arguments)), ...);
    return out;
}

enum class ErrorCode {
    usage,                    ///< wrong command line (exit code 2)
    unusable_model,           ///< model folder or checkpoint that cannot be used (3)
    unusable_data,            ///< calibration or evaluation data that cannot be used (3)
    unusable_recipe,          ///< recipe, scheme or pattern that does not fit the model (3)
    unusable_run,             ///< run folder that cannot be read (3)
    unsupported_architecture, ///< nothing wrong with the model, but Octavo does not know how to run it (3)
    unusable_target,          ///< output folder that exists, lies inside the model, or is not writable (3)
    not_finite,               ///< NaN or infinity in weights or activations (3)
    verification_failed,      ///< an export that would not load or not be right (4)
    disk_full,                ///< (1)
    io,                       ///< (1)
    out_of_memory,            ///< (1)
    device_lost,              ///< (1)
    cancelled,                ///< (130)
    internal,                 ///< a defect of Octavo (1)
};

/// Where something went wrong; empty members are unknown or do not apply.
struct Place {
    std::string file = {};
    std::string tensor = {};
    std::string layer = {};
    long line = 0; ///< 1-based, 0 = none
};

/// What happened, where, and what to do about it.
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, Message what, Message advice = {}, Place place = {});

    ErrorCode code() const { return code_; }
    const Message& message() const { return message_; }
    const Message& advice() const { return advice_; }
    const Place& place() const { return place_; }

private:
    ErrorCode code_;
    Message message_;
    Message advice_;
    Place place_;
};

/// The process exit code of DESIGN "Command line" for an error.
int exit_code(ErrorCode code);
/// Stable lower-case name ("unusable_model") for JSON.
const char* name_of(ErrorCode code);

} // namespace octavo
