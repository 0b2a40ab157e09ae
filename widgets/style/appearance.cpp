// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/appearance.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>

#include "style/themed_style.h"

namespace octavo::gui {

namespace {

struct Shades {
    QColor window, base, alternate, text, muted, button, border, disabled, accent, onAccent, link;
};

const Shades light{QColor(0xf4, 0xf5, 0xf6), QColor(0xff, 0xff, 0xff), QColor(0xf6, 0xf8, 0xfa),
                   QColor(0x1c, 0x22, 0x28), QColor(0x5f, 0x6b, 0x76), QColor(0xee, 0xf0, 0xf2),
                   QColor(0xc4, 0xca, 0xd0), QColor(0xa2, 0xaa, 0xb2), QColor(0x1f, 0x6f, 0xb5),
                   QColor(0xff, 0xff, 0xff), QColor(0x1f, 0x6f, 0xb5)};
const Shades dark{QColor(0x24, 0x27, 0x2b), QColor(0x1b, 0x1d, 0x20), QColor(0x21, 0x24, 0x28),
                  QColor(0xe4, 0xe7, 0xea), QColor(0x9a, 0xa4, 0xae), QColor(0x31, 0x35, 0x3a),
                  QColor(0x46, 0x4c, 0x53), QColor(0x6d, 0x75, 0x7e), QColor(0x3a, 0x8c, 0xd6),
                  QColor(0xff, 0xff, 0xff), QColor(0x6b, 0xb3, 0xef)};

QPalette paletteOf(const Shades& shades) {
    QPalette palette(shades.button, shades.window);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, shades.text);
        palette.setColor(QPalette::Disabled, role, shades.disabled);
    }
    palette.setColor(QPalette::Window, shades.window);
    palette.setColor(QPalette::Base, shades.base);
    palette.setColor(QPalette::AlternateBase, shades.alternate);
    palette.setColor(QPalette::ToolTipBase, shades.base);
    palette.setColor(QPalette::PlaceholderText, shades.muted);
    palette.setColor(QPalette::Disabled, QPalette::PlaceholderText, shades.disabled);
    palette.setColor(QPalette::Button, shades.button);
    palette.setColor(QPalette::Mid, shades.border);
    palette.setColor(QPalette::Highlight, shades.accent);
    palette.setColor(QPalette::HighlightedText, shades.onAccent);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, shades.border);
    palette.setColor(QPalette::Link, shades.link);
    return palette;
}

} // namespace

void applyAppearance(const QString& appearance) {
    const bool own = appearance == QLatin1String("light") || appearance == QLatin1String("dark"),
               fusion = QApplication::style()->name().compare(QLatin1String("fusion"), Qt::CaseInsensitive) == 0;
    if ((own || fusion) && !dynamic_cast<ThemedStyle*>(QApplication::style()))
        QApplication::setStyle(new ThemedStyle); // which the application takes
    QApplication::setPalette(!own                                  ? QPalette()
                             : appearance == QLatin1String("dark") ? paletteOf(dark)
                                                                   : paletteOf(light));
}

} // namespace octavo::gui
