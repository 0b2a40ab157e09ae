// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace octavo::gui {

class Workbench;

/// Opens `path` (a run or a model), and writes one PNG of the window per page, light and dark, into `folder`. Returns
/// an exit code.
int takeScreenshots(Workbench& workbench, const QString& folder, const QString& path);

} // namespace octavo::gui
