// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>

#include "plot/plot_navigation.h"
#include "plot/plot_tracer.h"
#include "plot/qcp.h"
#include "plot/theme.h"

namespace octavo::gui {

/// The plot that every page uses. Wheel zooms, drag pans, Shift + drag draws a rubber band, double click and `0` reset,
/// Backspace steps back, a ring with read-out follows the cursor, the context menu exports picture and numbers. Colours
/// follow the palette.
class Plot : public QCustomPlot {
    Q_OBJECT

public:
    explicit Plot(QWidget* parent = nullptr);
    ~Plot() override;

    /// Name for screen readers and exported files.
    void setTitle(const QString& title);
    const QString& title() const { return m_title; }
    void setAxisTitles(const QString& x, const QString& y); ///< with units
    void setLogarithmic(QCPAxis* axis, bool on);
    void setIntegerAxis(QCPAxis* axis); ///< layers, channels: no ticks between the numbers
    void setNamedAxis(QCPAxis* axis, const QStringList& names, double rotation = 0); ///< name i stands at i
    /// Bytes on an axis, with binary units.
    void setByteAxis(QCPAxis* axis);

    QCPGraph* addLine(const QString& name, Tone tone, Qt::PenStyle style = Qt::SolidLine);
    QCPGraph* addPoints(const QString& name, Tone tone, QCPScatterStyle::ScatterShape shape, double size = 6);
    QCPGraph* addImpulses(const QString& name, Tone tone);
    QCPBars* addBars(const QString& name, Tone tone);
    /// Any plottable made by the page; it is coloured now and whenever the palette changes.
    void setTone(QCPAbstractPlottable* plottable, Tone tone, Qt::PenStyle style = Qt::SolidLine);
    void clearSeries(); ///< all plottables but colour maps; marks stay
    void showLegend();  ///< above the axes, where it covers no data

    struct Fit {
        std::optional<double> floor = {}; ///< the value axis starts there unless it is logarithmic
        std::optional<QCPRange> x = {};   ///< instead of the extent of the data
        double air = 0.06;                ///< above and below the data, as a share of their extent; labels need more
        bool keepZoom = true;             ///< the user's view stays when the home view is the same as before
    };
    /// Makes all data (with some air) the home view.
    void fit(const Fit& options);
    void setHome(const QCPRange& x, const QCPRange& y, bool keepZoom = false);
    PlotNavigation& navigation() { return *m_navigation; }

    /// Band over the selected position on the x axis (or the y axis); none hides it.
    void mark(std::optional<double> x, double width = 1);
    void markRow(std::optional<double> y, double height = 1);
    /// A labelled line at a value: chosen α, clip limit, 1 × …
    void addGuide(double x, const QString& label, Tone tone, Qt::PenStyle style = Qt::DashLine);
    /// A text at a point of the plot: the value of a bar beside it.
    void addLabel(QPointF at, const QString& text, Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter);
    void clearGuides(); ///< and labels

    /// Answers what stands at plot coordinates; the default names the nearest point of the nearest series.
    void setReadout(std::function<Readout(QPointF)> readout) { m_readout = std::move(readout); }
    /// Numbers of the plot as CSV (RFC 4180, `.` decimals); the default writes the series side by side.
    void setCsv(std::function<QString()> csv) { m_csv = std::move(csv); }
    QString csv() const;

    const Theme& theme() const { return m_theme; }
    QSize minimumSizeHint() const override { return {200, 90}; }
    QSize sizeHint() const override { return {420, 200}; }

Q_SIGNALS:
    void hovered(const QString& text); ///< for the status bar; empty when the cursor leaves
    void clicked(QPointF coordinates); ///< left click without dragging, inside the axes
    void stepped(int direction);       ///< Up (−1) and Down (+1): walk through the layers
    void themeChanged();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    virtual void recolour();
    /// Marks are frames above the data instead of tints below it: for maps, which hide what is below.
    void setMarksOnTop();
    /// Breaks the title of a vertical axis into the lines that the height of the plot asks for.
    void fitTitle(QCPAxis* axis) const;

private:
    struct Style {
        Tone tone;
        Qt::PenStyle line;
    };
    struct Guide {
        QPointer<QCPItemLine> line;
        QPointer<QCPItemText> label;
        Tone tone;
        Qt::PenStyle style;
    };

    void paint(QCPAbstractPlottable* plottable, const Style& style);
    void paint(const Guide& guide);
    void arrangeLegend();
    Readout nearest(QPointF coordinates) const;
    void readAt(QPointF pixel);

    QString m_title;
    Theme m_theme;
    PlotNavigation* m_navigation;
    PlotTracer* m_tracer;
    QCPItemRect* m_band;
    bool m_marksOnTop = false;
    QHash<QCPAbstractPlottable*, Style> m_styles;
    std::vector<Guide> m_guides;
    std::function<Readout(QPointF)> m_readout;
    std::function<QString()> m_csv;
    QPoint m_pressedAt;
    int m_legendColumns = 0;
    bool m_moved = false;
};

} // namespace octavo::gui
