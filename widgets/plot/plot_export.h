// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

class QCustomPlot;

namespace octavo::gui {

class Plot;

/// Pictures and numbers of a plot as files. CSV follows RFC 4180 with `.` decimals whatever the locale.
class PlotExport {
public:
    /// One row per x, one column per series (boxes give five); cells stay empty where a series has no point.
    static QString csv(const QCustomPlot& plot);
    /// By the ending: .png, .svg, .pdf or .csv. Empty on success, else a sentence for the user.
    static QString save(Plot& plot, const QString& file);

    static QString cell(const QString& text); ///< quoted where RFC 4180 asks for it
    static QString cell(double value);        ///< shortest text that reads back as the same number; empty for NaN
};

} // namespace octavo::gui
