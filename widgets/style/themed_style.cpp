// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/themed_style.h"

#include "style/icons.h"

namespace octavo::gui {

ThemedStyle::ThemedStyle() : QProxyStyle(QStringLiteral("fusion")) {}

QIcon ThemedStyle::standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const {
    switch (which) {
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
    case SP_TabCloseButton:
    case SP_LineEditClearButton: return themedIcon(QStringLiteral("close"));
    case SP_TitleBarNormalButton: return themedIcon(QStringLiteral("float"));
    default: return QProxyStyle::standardIcon(which, option, widget);
    }
}

} // namespace octavo::gui
