// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/resources.h"

#include "base/error.h"

#include <cstdlib>

namespace octavo {

namespace fs = std::filesystem;

fs::path resource(const std::string& name) {
    std::error_code status;
    std::vector<fs::path> folders;
    if (const char* folder = std::getenv("OCTAVO_RESOURCES")) folders.emplace_back(folder);
    const fs::path program = fs::read_symlink("/proc/self/exe", status);
    if (!status) folders.push_back(program.parent_path().parent_path() / "share" / "octavo");
    folders.emplace_back(OCTAVO_SOURCE_RESOURCES);
    for (const fs::path& folder : folders)
        if (fs::exists(folder / name, status)) return folder / name;
    throw Error(ErrorCode::io, msg("The file %1 of the installation is missing", name),
                msg("Install Octavo again, or set OCTAVO_RESOURCES to its resources folder."),
                {.file = (folders.front() / name).string()});
}

fs::path data_home() {
    if (const char* own = std::getenv("OCTAVO_DATA"); own && *own) return own;
    if (const char* xdg = std::getenv("XDG_DATA_HOME"); xdg && *xdg) return fs::path(xdg) / "octavo";
    if (const char* home = std::getenv("HOME"); home && *home) return fs::path(home) / ".local" / "share" / "octavo";
    return fs::temp_directory_path() / "octavo";
}

const char* version() { return OCTAVO_VERSION; }

} // namespace octavo
