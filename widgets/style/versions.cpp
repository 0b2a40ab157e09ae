// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/versions.h"

#include "plot/qcp.h"

namespace octavo::gui {

QString plotVersion() { return QStringLiteral(QCUSTOMPLOT_VERSION_STR); }

} // namespace octavo::gui
