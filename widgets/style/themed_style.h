// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace octavo::gui {

/// Fusion, whose own little icons (close, float, clear) are black and cannot be seen on a dark palette: these follow
/// the palette.
class ThemedStyle final : public QProxyStyle {
public:
    ThemedStyle();
    QIcon standardIcon(StandardPixmap which, const QStyleOption* option = nullptr,
                       const QWidget* widget = nullptr) const override;
};

} // namespace octavo::gui
