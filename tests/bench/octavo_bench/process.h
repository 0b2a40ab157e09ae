// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace octavo::bench {

struct Finished {
    double seconds = 0;
    std::string output; ///< standard output
};

/// Runs a program to its end. Throws Error(io) with the end of what it wrote to standard error when it fails.
Finished run_process(const std::vector<std::string>& command);

} // namespace octavo::bench
