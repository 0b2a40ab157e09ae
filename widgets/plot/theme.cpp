// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/theme.h"

#include <cmath>

#include "plot/qcp.h"

namespace octavo::gui {
namespace {

struct Pair {
    QColor light, dark;
};

// Okabe & Ito, "Color Universal Design" (2008); the darker ones are lifted for a dark ground.
const Pair okabeIto[] = {
    {QColor(0x00, 0x72, 0xB2), QColor(0x56, 0xB4, 0xE9)}, {QColor(0xE6, 0x9F, 0x00), QColor(0xE6, 0x9F, 0x00)},
    {QColor(0x00, 0x9E, 0x73), QColor(0x21, 0xC4, 0x96)}, {QColor(0xCC, 0x79, 0xA7), QColor(0xDD, 0x94, 0xBC)},
    {QColor(0xD5, 0x5E, 0x00), QColor(0xF0, 0x7F, 0x2C)}, {QColor(0x56, 0xB4, 0xE9), QColor(0x3B, 0x8F, 0xD0)},
    {QColor(0x4D, 0x4D, 0x4D), QColor(0xC8, 0xC8, 0xC8)},
};

} // namespace

Theme Theme::from(const QPalette& palette) {
    Theme theme;
    theme.background = palette.color(QPalette::Base);
    theme.dark = theme.background.lightness() < 128;
    theme.text = palette.color(QPalette::Text);
    theme.mutedText = mixed(theme.text, theme.background, 0.35);
    theme.axis = mixed(theme.text, theme.background, 0.45);
    theme.grid = mixed(theme.text, theme.background, theme.dark ? 0.84 : 0.88);
    theme.selection = theme.dark ? QColor(0xF0, 0xE4, 0x42) : QColor(0xD5, 0x5E, 0x00);
    theme.labelBackground = mixed(theme.background, theme.text, theme.dark ? 0.12 : 0.03);
    return theme;
}

QColor Theme::color(Tone tone) const {
    switch (tone) {
    case Tone::before: return dark ? QColor(0x8E, 0x96, 0xA3) : QColor(0x98, 0x9F, 0xA9);
    case Tone::after: return dark ? okabeIto[0].dark : okabeIto[0].light;
    case Tone::alert: return dark ? okabeIto[4].dark : okabeIto[4].light;
    case Tone::neutral: return mutedText;
    default: break;
    }
    const Pair& pair = okabeIto[int(tone) - int(Tone::first)];
    return dark ? pair.dark : pair.light;
}

QColor Theme::fill(Tone tone) const { return mixed(color(tone), background, dark ? 0.45 : 0.35); }

QPen Theme::pen(Tone tone, Qt::PenStyle style) const { return {color(tone), 1.0, style}; }

QColor Theme::pass() const { return color(Tone::third); }
QColor Theme::warning() const { return color(Tone::second); }
QColor Theme::fail() const { return color(Tone::fifth); }

Tone Theme::series(int index) { return Tone(int(Tone::first) + (index % 7 + 7) % 7); }

QColor mixed(const QColor& from, const QColor& to, double share) {
    const auto blend = [share](int a, int b) { return int(std::lround(a + (b - a) * share)); };
    return {blend(from.red(), to.red()), blend(from.green(), to.green()), blend(from.blue(), to.blue())};
}

QCPColorGradient mapGradient() {
    // Eleven anchors of matplotlib's viridis (CC0).
    static const QRgb anchors[] = {0x440154, 0x482475, 0x414487, 0x355F8D, 0x2A788E, 0x21918C,
                                   0x22A884, 0x44BF70, 0x7AD151, 0xBDDF26, 0xFDE725};
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (int i = 0; i < 11; ++i) gradient.setColorStopAt(i / 10.0, QColor(anchors[i]));
    gradient.setColorInterpolation(QCPColorGradient::ciRGB);
    gradient.setLevelCount(256);
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    return gradient;
}

} // namespace octavo::gui
