// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>

namespace octavo::gui {

class Workbench;

/// Opens `path` (a run or a model), and writes one PNG of the window per page and tab, light and dark, into `folder`.
/// An empty `size` takes 1440 × 900. Returns an exit code.
int takeScreenshots(Workbench& workbench, const QString& folder, const QString& path, const QSize& size);

} // namespace octavo::gui
