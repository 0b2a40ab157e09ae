// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/weights_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>

#include <cmath>

#include "models/value_table.h"
#include "plot/attach.h"
#include "plot/plot.h"
#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {

WeightsPage::WeightsPage(Session& session, QWidget* parent) : Page(session, parent) {
    m_matrixLabel = new QLabel(this);
    m_matrix = new QComboBox(this);
    m_matrix->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_matrixLabel->setBuddy(m_matrix);
    m_scaleLabel = new QLabel(this);
    m_scale = new QComboBox(this);
    m_scaleLabel->setBuddy(m_scale);
    m_state = new QLabel(this);
    for (QWidget* widget : {static_cast<QWidget*>(m_matrixLabel), static_cast<QWidget*>(m_matrix),
                            static_cast<QWidget*>(m_scaleLabel), static_cast<QWidget*>(m_scale)})
        controls()->addWidget(widget);
    controls()->addStretch();
    controls()->addWidget(m_state);
    m_table = new ValueTable(this);
    body()->addWidget(withTable(buildPicture(), m_table, tr("Rows of the selected matrix")));
    retranslate();
    LayerSelection& selection = session.selection();
    connect(m_matrix, &QComboBox::activated, this, [this, &selection] {
        const QString matrix = selection.matrixName(selection.layer(), m_matrix->currentData().toString());
        if (!matrix.isEmpty()) selection.setMatrix(matrix);
    });
    connect(m_scale, &QComboBox::activated, this, &Page::scheduleRefresh);
}

QString WeightsPage::intro() const {
    return tr("How the selected matrix sits on its grid: a full bell is good, a spike in the middle "
              "wastes codes, a wall at the ends clips, and rows or columns that stand out carry the "
              "damage.");
}

QString WeightsPage::emptyText() const {
    return tr("Once matrices are quantized, this page shows how their weights use the grid and where the error sits.");
}

bool WeightsPage::hasContent() const {
    for (const MatrixReport& report : session().view().reports())
        if (!session().view().array(QString::fromStdString(report.name), "weight_histogram")->empty()) return true;
    return false;
}

QWidget* WeightsPage::buildPicture() {
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    auto* left = new QSplitter(Qt::Vertical);
    auto* right = new QSplitter(Qt::Vertical);
    for (QSplitter* half : {left, right}) half->setChildrenCollapsible(false);
    m_histogram = new Plot;
    m_scales = new Plot;
    m_rowError = new Plot;
    m_columnError = new Plot;
    left->addWidget(m_histogram);
    left->addWidget(m_columnError);
    right->addWidget(m_scales);
    right->addWidget(m_rowError);
    splitter->addWidget(left);
    splitter->addWidget(right);
    m_histogram->setReadout([this](QPointF at) { return readCode(at); });
    for (Plot* plot : {m_scales, m_rowError, m_columnError}) plot->setIntegerAxis(plot->xAxis);
    linkX(m_scales, m_rowError);
    for (Plot* plot : {m_histogram, m_scales, m_rowError, m_columnError}) attach(plot, this, session().selection());
    connect(m_columnError, &Plot::clicked, this,
            [this](QPointF at) { session().selection().setChannel(std::max(0, int(std::lround(at.x())))); });
    return splitter;
}

void WeightsPage::retranslate() {
    m_matrixLabel->setText(tr("&Matrix"));
    m_matrix->setAccessibleName(tr("Matrix of the selected layer"));
    m_scaleLabel->setText(tr("&Counts"));
    m_scale->setAccessibleName(tr("Scale of the counts"));
    const int scale = std::max(0, m_scale->currentIndex());
    m_scale->clear();
    m_scale->addItems({tr("linear"), tr("logarithmic")});
    m_scale->setCurrentIndex(scale);
    m_histogram->setTitle(tr("Weights on their grid"));
    m_scales->setTitle(tr("Scale per row"));
    m_rowError->setTitle(tr("Error per row"));
    m_columnError->setTitle(tr("Error per input column"));
    m_scales->setAxisTitles(tr("row (output)"), tr("scale"));
    m_rowError->setAxisTitles(tr("row (output)"), tr("share of the error, %"));
    m_columnError->setAxisTitles(tr("input column (channel)"), tr("share of the error, %"));
    m_table->setColumns({{tr("row"), ValueTable::Kind::integer},
                         {tr("scale"), ValueTable::Kind::number},
                         {tr("share of the error"), ValueTable::Kind::percent}});
}

void WeightsPage::fillMatrices() {
    const QSignalBlocker blocker(m_matrix);
    m_matrix->clear();
    const LayerSelection& selection = session().selection();
    for (const SelectableMatrix& matrix : selection.matrices())
        if (matrix.layer == selection.layer()) m_matrix->addItem(withinLayer(matrix.name), withinLayer(matrix.name));
    m_matrix->setCurrentIndex(m_matrix->findData(selection.place()));
}

void WeightsPage::refresh() {
    fillMatrices();
    describe();
    drawHistogram();
    const QString matrix = session().selection().matrix();
    const RunView& view = session().view();
    const auto scales = view.array(matrix, "weight_scale"), rows = view.array(matrix, "row_error"),
               columns = view.array(matrix, "column_error");
    const MatrixReport* report = view.report(matrix);
    const bool perRow = !report || std::int64_t(scales->size()) <= report->rows;
    m_scales->xAxis->setLabel(perRow ? tr("row (output)") : tr("group"));
    m_scales->clearSeries();
    m_scales->setLogarithmic(m_scales->yAxis, true);
    if (!scales->empty()) {
        QCPGraph* graph = m_scales->addLine(tr("scale"), Tone::after);
        for (std::size_t i = 0; i < scales->size(); ++i) graph->addData(double(i), (*scales)[i]);
    }
    m_scales->fit({.x = QCPRange(-0.5, std::max(1.0, double(scales->size())) - 0.5)});
    drawProfile(m_rowError, *rows, tr("error of the row"), int(Tone::alert));
    drawProfile(m_columnError, *columns, tr("error of the column"), int(Tone::alert));
    const int channel = session().selection().channel();
    m_columnError->mark(channel >= 0 ? std::optional<double>(channel) : std::nullopt,
                        std::max(1.0, double(columns->size()) / 250));
    fillTable(*scales, *rows);
}

void WeightsPage::describe() {
    const QString matrix = session().selection().matrix();
    const MatrixReport* report = session().view().report(matrix);
    m_state->setToolTip(matrix);
    if (!report)
        return m_state->setText(
            matrix.isEmpty() ? QString() : tr("<b>%1</b>: not in this run").arg(layerLabel(matrix).toHtmlEscaped()));
    const QString scheme = report->scheme.empty() ? tr("16 bit") : QString::fromStdString(report->scheme);
    m_state->setText(tr("<b>%1</b> · %2 · %3 × %4 · SQNR %5 dB")
                         .arg(layerLabel(matrix).toHtmlEscaped(), scheme.toHtmlEscaped(),
                              QLocale().toString(qlonglong(report->rows)),
                              QLocale().toString(qlonglong(report->columns)),
                              QLocale().toString(report->weight_sqnr_db, 'f', 1)));
}

void WeightsPage::drawHistogram() {
    m_histogram->clearSeries();
    m_histogram->clearGuides();
    const QString matrix = session().selection().matrix();
    const auto histogram = session().view().array(matrix, "weight_histogram");
    const MatrixReport* report = session().view().report(matrix);
    m_grid = {};
    if (report && !report->scheme.empty() && histogram->size() == 256) {
        try {
            m_grid = CodeGrid::make(*histogram, preset(report->scheme).weights);
        } catch (const Error&) {
            m_grid = CodeGrid::make(*histogram, QuantizationArgs());
        }
    }
    const bool log = m_scale->currentIndex() == 1;
    m_histogram->setLogarithmic(m_histogram->yAxis, log);
    m_histogram->setAxisTitles(
        m_grid.uniform ? tr("code (weight / scale)") : tr("code value, from smallest to largest"), tr("weights"));
    if (m_grid.values.empty()) return m_histogram->fit({.floor = 0.0});
    // Uneven grids are drawn code by code: a bar per code is what shows how well each is used.
    QCPBars* bars = m_histogram->addBars(tr("weights per code"), Tone::after);
    bars->setWidth(m_grid.values.size() > 40 ? 1.0 : 0.8);
    const double first = m_grid.uniform ? m_grid.values.front() : 0, last = first + double(m_grid.values.size()) - 1;
    QStringList names;
    for (std::size_t i = 0; i < m_grid.values.size(); ++i) {
        const double x = m_grid.uniform ? m_grid.values[i] : double(i);
        bars->addData(x, log && m_grid.counts[i] <= 0 ? std::nan("") : m_grid.counts[i]);
        const bool named = m_grid.values.size() <= 16 || i % 25 == 1 || m_grid.values[i] == 0;
        names << (named ? QLocale().toString(m_grid.values[i], 'g', 4) : QString());
    }
    if (log) bars->setBaseValue(0.5);
    if (m_grid.uniform)
        m_histogram->xAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
    else
        m_histogram->setNamedAxis(m_histogram->xAxis, names);
    m_histogram->fit(
        {.floor = 0.0, .x = QCPRange(first - 0.03 * (last - first) - 0.5, last + 0.03 * (last - first) + 0.5)});
    m_histogram->addGuide(first - 0.5, tr("clip"), Tone::neutral);
    m_histogram->addGuide(last + 0.5, tr("clip"), Tone::neutral);
    m_histogram->xAxis->setLabel(m_histogram->xAxis->label() + QLatin1Char('\n') +
                                 tr("%1 of %2 codes used, %3 % at the ends")
                                     .arg(QString::number(m_grid.used()), QString::number(m_grid.values.size()),
                                          QLocale().toString(m_grid.shareAtEnds() * 100, 'f', 3)));
}

void WeightsPage::drawProfile(Plot* plot, const std::vector<float>& values, const QString& name, int tone) {
    plot->clearSeries();
    double total = 0;
    for (const float value : values) total += value;
    if (total > 0) {
        QCPGraph* graph = plot->addLine(name, Tone(tone));
        QVector<QCPGraphData> points;
        points.reserve(qsizetype(values.size()));
        for (std::size_t i = 0; i < values.size(); ++i) points.append({double(i), values[i] / total * 100});
        graph->data()->set(points, true);
    }
    plot->fit({.floor = 0.0, .x = QCPRange(-0.5, std::max(1.0, double(values.size())) - 0.5)});
}

void WeightsPage::fillTable(const std::vector<float>& scales, const std::vector<float>& rowError) {
    double total = 0;
    for (const float value : rowError) total += value;
    std::vector<ValueTable::Row> rows;
    for (std::size_t i = 0; i < scales.size(); ++i)
        rows.push_back(
            {{int(i), double(scales[i]), i < rowError.size() && total > 0 ? QVariant(rowError[i] / total) : QVariant()},
             QString::number(i)});
    m_table->setRows(std::move(rows));
}

Readout WeightsPage::readCode(QPointF at) const {
    if (m_grid.values.empty()) return {};
    const double first = m_grid.uniform ? m_grid.values.front() : 0;
    const long index = std::lround(at.x() - first);
    if (index < 0 || index >= long(m_grid.values.size())) return {};
    const auto i = std::size_t(index);
    const double share = m_grid.counts[i] / std::max(1.0, m_grid.total()) * 100;
    return {{first + double(index), std::max(m_grid.counts[i], 1e-9)},
            tr("code %1\n%2 weights (%3 %)")
                .arg(QLocale().toString(m_grid.values[i], 'g', 5), QLocale().toString(qlonglong(m_grid.counts[i])),
                     QLocale().toString(share, 'g', 3))};
}

} // namespace octavo::gui
