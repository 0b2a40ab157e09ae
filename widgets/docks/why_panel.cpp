// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks/why_panel.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QTableView>

#include <cmath>

#include "docks/why_plot.h"
#include "models/value_table.h"
#include "report/concentration.h"
#include "session/format.h"
#include "session/session.h"
#include "smoothing/smoothing_data.h"
#include "table.h"

namespace octavo::gui {

namespace {

QString percent(double share) { return QLocale().toString(100 * share, 'f', share < 0.1 ? 1 : 0); }

/// Measured error of the smoothing that the run used, relative to leaving the input as it is; NaN where not known.
double smoothingGain(const SmoothingData& smoothing) {
    if (smoothing.unsmoothedError <= 0 || smoothing.strengths.empty()) return std::nan("");
    double used = smoothing.isBalanced() ? smoothing.balancedError : std::nan("");
    for (std::size_t i = 0; !smoothing.isBalanced() && i < smoothing.strengths.size(); ++i)
        if (std::abs(smoothing.strengths[i] - smoothing.chosen) < 1e-9) used = smoothing.errors[i];
    return used / smoothing.unsmoothedError;
}

} // namespace

WhyPanel::WhyPanel(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    m_title = new QLabel;
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_reading = new QLabel;
    m_reading->setWordWrap(true);
    m_reading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_choices = new ValueTable(this);
    m_view = makeTable(m_choices, tr("What other choices would do"), this);
    auto* texts = new QVBoxLayout;
    texts->addWidget(m_title);
    texts->addWidget(m_reading);
    texts->addStretch();
    auto* row = new QHBoxLayout(this);
    row->addLayout(texts, 1);
    m_plot = new WhyPlot(session, m_view);
    row->addWidget(m_plot, 1);
    retranslate();
    connect(&session.selection(), &LayerSelection::changed, this, &WhyPanel::refresh);
    connect(&session.view(), &RunView::runChanged, this, &WhyPanel::refresh);
    connect(&session.view(), &RunView::reportsGrown, this, &WhyPanel::refresh);
}

void WhyPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void WhyPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void WhyPanel::retranslate() {
    m_view->setAccessibleName(tr("What other choices would do"));
    using K = ValueTable::Kind;
    m_choices->setColumns(
        {{tr("choice"), K::text},
         {tr("output error"), K::number, tr("Relative to the output, as the statistics of the run foretell it")},
         {tr("against now"), K::percent},
         {tr("size"), K::bytes}});
    m_plot->retranslate();
    refresh();
}

void WhyPanel::refresh() {
    if (!isVisible()) return;
    const QString matrix = m_session.selection().matrix();
    const MatrixReport* report = m_session.view().report(matrix);
    m_plot->setVisible(report && !report->scheme.empty());
    m_plot->setMatrix(report);
    if (!report) {
        m_title->clear();
        return m_reading->setText(tr("Choose a matrix of a run: in the tree, in a table or in a picture."));
    }
    m_title->setText(layerLabel(matrix));
    m_title->setToolTip(matrix);
    if (report->scheme.empty()) return m_reading->setText(tr("This matrix keeps its 16 bits: it adds no error."));
    const SmoothingData smoothing = SmoothingData::read(m_session.view(), QString::fromStdString(report->site));
    m_reading->setText(reading(*report, smoothing));
    findGrids();
    fillChoices(*report, smoothing);
    fitColumns(m_view);
}

QString WhyPanel::reading(const MatrixReport& report, const SmoothingData& smoothing) const {
    const RunView& view = m_session.view();
    const QString name = QString::fromStdString(report.name);
    const QLocale locale;
    QStringList out;
    const auto columns = view.array(name, "column_error"), rows = view.array(name, "row_error");
    if (const Concentration input = concentration(*columns); !input.entries.empty()) {
        out << tr("%n of %1 input channels carry %2 % of the error.", nullptr, int(input.entries.size()))
                   .arg(locale.toString(qulonglong(input.of)), percent(input.share));
        if (input.entries.size() * 20 < input.of)
            out << tr("The worst is channel %1.").arg(locale.toString(qulonglong(input.entries.front())));
    }
    if (const Concentration output = concentration(*rows);
        !output.entries.empty() && output.entries.size() * 20 < output.of)
        out << tr("%n of %1 output rows carry %2 % of it.", nullptr, int(output.entries.size()))
                   .arg(locale.toString(qulonglong(output.of)), percent(output.share));
    if (report.outlier_ratio > 0)
        out << (report.smoothing_strength >= 0
                    ? tr("The largest channel of its input stands %1 × above the median, %2 × after smoothing.")
                          .arg(numberText(report.outlier_ratio, 3), numberText(report.outlier_ratio_after, 3))
                    : tr("The largest channel of its input stands %1 × above the median; it was not smoothed.")
                          .arg(numberText(report.outlier_ratio, 3)));
    if (const double gain = smoothingGain(smoothing); !std::isnan(gain))
        out << (gain < 0.995
                    ? tr("Smoothing removed %1 % of the error that its input would have had.").arg(percent(1 - gain))
                    : tr("Smoothing changed next to nothing."));
    if (report.relative_error > 0 && report.relative_error_rounding > 0)
        out << tr("Solving left %1 % of the error that rounding alone would have left.")
                   .arg(percent(report.relative_error / report.relative_error_rounding));
    if (const Spectrum spectrum = spectrumOf(m_session, report); !spectrum.empty())
        out << tr("About %1 % of the directions of its input carry 90 % of the energy; the condition number of its "
                  "Hessian is %2, damped by %3 %.")
                   .arg(percent(spectrum.directions(0.9)), numberText(spectrum.condition(report.damping), 2),
                        percent(report.damping));
    if (report.damping_escalations > 0)
        out << tr("Its Hessian was nearly singular: the damping had to be raised to %1 %.")
                   .arg(percent(report.damping));
    if (out.isEmpty()) out << tr("The run recorded no errors for this matrix: it was made without data.");
    return out.join(QLatin1Char(' '));
}

void WhyPanel::fillChoices(const MatrixReport& report, const SmoothingData& smoothing) {
    const double now = report.relative_error;
    std::vector<ValueTable::Row> rows;
    const auto add = [&](const QString& choice, double error, std::uint64_t bytes) {
        const QVariant value = error > 0 || bytes == report.bytes_before ? QVariant(error) : QVariant();
        rows.push_back(
            {{choice, value, now > 0 && value.isValid() ? QVariant(error / now) : QVariant(), double(bytes)}});
    };
    add(tr("as written, %1").arg(QString::fromStdString(report.scheme)), now, report.bytes_after);
    if (report.relative_error_rounding > 0)
        add(tr("rounded to nearest"), report.relative_error_rounding, report.bytes_after);
    const double gain = smoothingGain(smoothing);
    if (gain > 0) add(tr("not smoothed"), now / gain, report.bytes_after);
    if (const double best = smoothing.best(); gain > 0 && best >= 0 && std::abs(best - smoothing.chosen) > 1e-9)
        for (std::size_t i = 0; i < smoothing.strengths.size(); ++i)
            if (std::abs(smoothing.strengths[i] - best) < 1e-9 && smoothing.unsmoothedError > 0)
                add(tr("smoothed at %1").arg(QLocale().toString(best, 'f', 2)),
                    now / gain * smoothing.errors[i] / smoothing.unsmoothedError, report.bytes_after);
    for (const OtherGrid& grid : m_grids)
        if (now > 0) add(gridLabel(grid), now * grid.factor, grid.choice.bytes);
    add(tr("kept in 16 bit"), 0, report.bytes_before);
    m_choices->setRows(std::move(rows));
}

QString WhyPanel::gridLabel(const OtherGrid& grid) const {
    if (!grid.other_groups) return grid.choice.searched ? tr("scales by least error") : tr("scales from the extremes");
    return grid.choice.group_size > 0 ? tr("groups of %n columns", nullptr, grid.choice.group_size)
                                      : tr("one scale per row");
}

void WhyPanel::findGrids() {
    const auto run = m_session.view().isLive() ? nullptr : m_session.view().run();
    const QString matrix = m_session.selection().matrix();
    const QString wanted = run ? QString::fromStdString(run->folder.string()) + QLatin1Char('\n') + matrix : QString();
    if (wanted == m_gridsOf) return;
    m_gridsOf = wanted;
    m_grids.clear();
    if (!run) return;
    m_session.controller().request<std::vector<OtherGrid>>(
        Lane::desk, QStringLiteral("why-grids"), this,
        [run, matrix](std::stop_token stop) { return other_grids(*run, matrix.toStdString(), 1, stop); },
        [this, wanted](const std::vector<OtherGrid>& found) {
            if (wanted != m_gridsOf) return;
            m_grids = found;
            refresh();
        },
        [](const Problem&) { /* the model is no longer there: the other choices remain */ });
}

} // namespace octavo::gui
