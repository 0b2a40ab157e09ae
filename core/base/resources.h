// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace octavo {

/// A file of resources/: next to the installed program (../share/octavo), or in the source tree it was built from.
/// $OCTAVO_RESOURCES wins. Throws Error(io) when it is in none of these places.
std::filesystem::path resource(const std::string& name);

/// Where runs and settings' data go: $OCTAVO_DATA, else $XDG_DATA_HOME/octavo, else ~/.local/share/octavo.
std::filesystem::path data_home();

/// "0.1.0"
const char* version();

} // namespace octavo
