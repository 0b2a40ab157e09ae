// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QPen>

class QCPColorGradient;

namespace octavo::gui {

/// What a series means; the colour follows from it and from the palette. The numbered ones are the Okabe–Ito set.
enum class Tone { before, after, alert, neutral, first, second, third, fourth, fifth, sixth, seventh };

/// All colours of the pictures, derived from a palette so that light and dark follow the desktop while the program
/// runs.
struct Theme {
    bool dark = false;
    QColor background, text, mutedText, axis, grid, selection, labelBackground;

    static Theme from(const QPalette& palette);

    QColor color(Tone tone) const;
    QColor fill(Tone tone) const; ///< the same, translucent enough to see the grid through
    QPen pen(Tone tone,
             Qt::PenStyle style = Qt::SolidLine) const; ///< 1 px: wider pens are a hundred times slower to draw
    QColor pass() const, warning() const, fail() const;
    static Tone series(int index); ///< colour-blind-safe, repeats after seven
};

/// The colour that stands at `share` of the way between two.
QColor mixed(const QColor& from, const QColor& to, double share);

/// The perceptually even map colours (viridis); absent values stay transparent.
QCPColorGradient mapGradient();

} // namespace octavo::gui
