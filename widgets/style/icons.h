// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace octavo::gui {

/// resources/icons/<name>.svg drawn in the palette's text colour (disabled: its muted tone); follows a palette change
/// when drawn again.
QIcon themedIcon(const QString& name);

} // namespace octavo::gui
