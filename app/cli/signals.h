// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

namespace octavo::cli {

/// Takes SIGINT and SIGTERM for the whole process; call before any thread starts. Outside a StopScope they end it at
/// once, exit code 130.
void watch_signals(std::stop_source stop);

/// While one exists the first signal only requests the stop (the job cleans up behind itself) and the second ends the
/// process at once.
class StopScope {
public:
    StopScope();
    ~StopScope();
    StopScope(const StopScope&) = delete;
    StopScope& operator=(const StopScope&) = delete;
};

} // namespace octavo::cli
