// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace octavo::gui {

QString plotVersion(); ///< of QCustomPlot, "2.1.0"

} // namespace octavo::gui
