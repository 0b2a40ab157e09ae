// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace octavo::gui {

/// "light" and "dark" set style and palette of the application, anything else gives the desktop's back.
void applyAppearance(const QString& appearance);

} // namespace octavo::gui
