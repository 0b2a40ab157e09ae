// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"

namespace octavo {

/// Reads members of a JSON object of a run folder: what is absent keeps its default, what has the wrong type throws
/// Error(unusable_run) naming the key. Keys that nobody asks for are left alone.
class Fields {
public:
    /// `what` is for messages: "layers", "metrics". Throws when `json` is no object.
    Fields(const Json& json, const char* what);

    const Json* find(const char* key) const; ///< null when absent or JSON null
    void read(const char* key, std::string& out) const;
    void read(const char* key, bool& out) const;
    void read(const char* key, int& out) const;
    void read(const char* key, std::int64_t& out) const;
    void read(const char* key, std::uint64_t& out) const;
    void read(const char* key, double& out) const; ///< null is how a value that is not finite was written: read as NaN
    [[noreturn]] void refuse(const char* key) const;

private:
    const Json& json_;
    const char* what_;
};

/// The number, or null when it is NaN or infinite, which JSON cannot express.
Json finite_number(double value);

/// Writes the English text under `key` for scripts and, where there are places in it, the parts under key_text and
/// key_arguments (texts, or objects where the argument is a message itself), so that the application can translate it.
void write_message(Json& object, const char* key, const Message& message);
Message read_message(const Fields& fields, const char* key);

/// Text of a document; bytes that are not UTF-8 (a path may have them) become U+FFFD.
std::string document_text(const Json& json, int indent = -1);

} // namespace octavo
