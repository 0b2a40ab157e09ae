// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <filesystem>

#include "base/files.h"
#include "base/json.h"
#include "text/calibration.h"
#include "text/tokenizer.h"

/// The committed fixtures of tests/text, and model folders made from them.
inline std::filesystem::path text_fixtures() {
    const char* folder = std::getenv("OCTAVO_TEST_DATA");
    return (folder ? std::filesystem::path(folder) : std::filesystem::path(__FILE__).parent_path().parent_path()) /
           "text";
}

inline octavo::Json fixture(const std::string& name) {
    return octavo::read_json(text_fixtures() / name, octavo::ErrorCode::io);
}

class TemporaryFolder {
public:
    std::filesystem::path path() const { return folder_.path().toStdString(); }
    std::filesystem::path write(const std::string& name, std::string_view contents) const {
        octavo::write_file_atomically(path() / name, contents);
        return path() / name;
    }
    /// The tiny tokenizer with this chat template.
    octavo::Tokenizer tokenizer_with(std::string_view chat_template) const {
        const auto to = path() / "tokenizer.json";
        std::filesystem::copy_file(text_fixtures() / "tiny/tokenizer.json", to,
                                   std::filesystem::copy_options::overwrite_existing);
        write("tokenizer_config.json", R"({"bos_token": {"content": "<s>"}, "eos_token": "</s>"})");
        write("chat_template.jinja", chat_template);
        return octavo::Tokenizer(path());
    }

private:
    QTemporaryDir folder_;
};

/// Runs `body` and returns the error that it throws.
template <class Body>
std::optional<octavo::Error> error_of(Body&& body) {
    try {
        body();
    } catch (const octavo::Error& error) {
        return error;
    }
    return std::nullopt;
}

inline bool says(const std::optional<octavo::Error>& error, const std::string& text) {
    return error && error->message().english().find(text) != std::string::npos;
}
