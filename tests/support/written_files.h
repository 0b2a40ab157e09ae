// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <string>

namespace octavo::testing {

/// Small files in a folder of their own, as a test wants to find them.
class WrittenFiles {
protected:
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }
    void write(const char* name, const std::string& text) const {
        std::filesystem::create_directories(path(name).parent_path());
        std::ofstream(path(name)) << text;
    }

private:
    QTemporaryDir folder_;
};

} // namespace octavo::testing
