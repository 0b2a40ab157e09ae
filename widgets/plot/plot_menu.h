// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QPoint>

class QMenu;
class QWidget;

namespace octavo::gui {

class Plot;

/// The context menu of every plot: view, export, copy.
class PlotMenu {
    Q_DECLARE_TR_FUNCTIONS(octavo::gui::PlotMenu)

public:
    static void exec(Plot& plot, const QPoint& at);
    static QMenu* make(Plot& plot); ///< the caller owns it
};

} // namespace octavo::gui
