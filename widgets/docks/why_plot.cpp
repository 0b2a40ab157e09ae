// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks/why_plot.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableView>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plot/plot.h"
#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {
namespace {

enum Kind { choices, spectrum, columns, rows, order };

} // namespace

Spectrum spectrumOf(Session& session, const MatrixReport& report) {
    return Spectrum::from(*session.view().array(QString::fromStdString(report.site), "hessian_spectrum"));
}

WhyPlot::WhyPlot(Session& session, QTableView* choices) : m_session(session), m_choices(choices) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    m_kind = new QComboBox;
    m_plot = new Plot;
    m_empty = new QLabel;
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_kind);
    column->addWidget(m_choices, 1);
    column->addWidget(m_plot, 1);
    column->addWidget(m_empty, 1);
    retranslate();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &WhyPlot::draw);
    connect(m_plot, &Plot::clicked, this, [this](QPointF at) {
        if (m_kind->currentIndex() == columns && at.x() >= 0)
            m_session.selection().setChannel(int(std::lround(at.x())));
    });
}

void WhyPlot::retranslate() {
    const QSignalBlocker quiet(m_kind);
    const int chosen = std::max(m_kind->currentIndex(), 0);
    m_kind->clear();
    m_kind->addItem(tr("What other choices would do"));
    m_kind->addItem(tr("Spectrum of the Hessian"));
    m_kind->addItem(tr("Error by input column"));
    m_kind->addItem(tr("Error by output row"));
    m_kind->addItem(tr("Error in act-order"));
    m_kind->setCurrentIndex(chosen);
    m_kind->setAccessibleName(tr("What the picture shows"));
    draw();
}

void WhyPlot::setMatrix(const MatrixReport* report) {
    m_matrix = report ? QString::fromStdString(report->name) : QString();
    draw();
}

void WhyPlot::draw() {
    m_plot->clearSeries();
    m_plot->clearGuides();
    m_plot->mark({});
    const int kind = m_kind->currentIndex();
    const bool drawn = !m_matrix.isEmpty() && drawKind(kind);
    m_choices->setVisible(kind == choices);
    m_plot->setTitle(m_kind->currentText());
    m_plot->setVisible(drawn);
    m_empty->setVisible(!drawn && kind != choices);
    m_empty->setText(kind == spectrum
                         ? tr("The run recorded no spectrum: it was made without data, or by an earlier version.")
                         : tr("The run recorded no errors for this matrix: it was made without data."));
}

bool WhyPlot::drawKind(int kind) {
    switch (kind) {
    case spectrum: return drawSpectrum();
    case columns: return drawLoss("column_error", tr("input column"));
    case rows: return drawLoss("row_error", tr("output row"));
    case order: return drawOrder();
    default: return false;
    }
}

bool WhyPlot::drawSpectrum() {
    const MatrixReport* report = m_session.view().report(m_matrix);
    const Spectrum found = report ? spectrumOf(m_session, *report) : Spectrum();
    if (found.empty()) return false;
    m_plot->setLogarithmic(m_plot->xAxis, true);
    m_plot->setLogarithmic(m_plot->yAxis, true);
    m_plot->setAxisTitles(tr("directions, % of all"), tr("eigenvalue ÷ mean"));
    QCPGraph* line = m_plot->addLine(tr("eigenvalues"), Tone::after);
    line->setScatterStyle({QCPScatterStyle::ssDisc, 4});
    m_plot->setTone(line, Tone::after);
    double sum = 0, first = 100;
    for (std::size_t i = 0; i < found.values.size(); ++i) {
        sum += 100 * found.shares[i];
        if (found.values[i] > 0 && sum > 0) line->addData(sum, found.values[i]);
        if (i == 0) first = std::max(sum, 1e-3);
    }
    if (report->damping > 0) {
        QCPGraph* damping = m_plot->addLine(tr("damping"), Tone::alert, Qt::DashLine);
        damping->addData(first, report->damping);
        damping->addData(100, report->damping);
    }
    m_plot->fit({.keepZoom = false});
    return true;
}

bool WhyPlot::drawLoss(const char* statistic, const QString& axis) {
    const auto errors = m_session.view().array(m_matrix, statistic);
    double total = 0;
    for (const float error : *errors) total += double(error);
    if (!(total > 0)) return false;
    m_plot->setIntegerAxis(m_plot->xAxis);
    m_plot->setLogarithmic(m_plot->xAxis, false);
    m_plot->setLogarithmic(m_plot->yAxis, false);
    m_plot->setAxisTitles(axis, tr("share of the error, %"));
    QCPGraph* line = m_plot->addImpulses(axis, Tone::after);
    for (std::size_t i = 0; i < errors->size(); ++i) line->addData(double(i), 100 * double((*errors)[i]) / total);
    m_plot->fit({.floor = 0.0, .keepZoom = false});
    const int channel = m_session.selection().channel();
    if (m_kind->currentIndex() == columns && channel >= 0 && channel < int(errors->size()))
        m_plot->mark(channel, std::max(1.0, double(errors->size()) / 250));
    return true;
}

bool WhyPlot::drawOrder() {
    const MatrixReport* report = m_session.view().report(m_matrix);
    if (!report) return false;
    const auto errors = m_session.view().array(m_matrix, "column_error");
    const auto energy = m_session.view().array(QString::fromStdString(report->site), "mean_square_after");
    const double error_sum = std::accumulate(errors->begin(), errors->end(), 0.0),
                 energy_sum = std::accumulate(energy->begin(), energy->end(), 0.0);
    if (errors->size() != energy->size() || !(error_sum > 0) || !(energy_sum > 0)) return false;
    std::vector<std::size_t> sorted(errors->size());
    std::iota(sorted.begin(), sorted.end(), std::size_t(0));
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](std::size_t a, std::size_t b) { return (*energy)[a] > (*energy)[b]; });
    m_plot->setIntegerAxis(m_plot->xAxis);
    m_plot->setLogarithmic(m_plot->xAxis, false);
    m_plot->setLogarithmic(m_plot->yAxis, false);
    m_plot->setAxisTitles(tr("input columns by falling energy"), tr("share of all up to here, %"));
    QCPGraph* input = m_plot->addLine(tr("energy of the input"), Tone::before);
    QCPGraph* error = m_plot->addLine(tr("error"), Tone::after);
    double energy_so_far = 0, error_so_far = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        input->addData(double(i + 1), 100 * (energy_so_far += double((*energy)[sorted[i]])) / energy_sum);
        error->addData(double(i + 1), 100 * (error_so_far += double((*errors)[sorted[i]])) / error_sum);
    }
    m_plot->fit({.floor = 0.0, .keepZoom = false});
    return true;
}

} // namespace octavo::gui
