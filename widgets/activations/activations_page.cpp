// SPDX-License-Identifier: GPL-3.0-or-later
#include "activations/activations_page.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>

#include <cmath>

#include "activations/channel_plot.h"
#include "models/value_table.h"
#include "plot/attach.h"
#include "plot/heat_map.h"
#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {
namespace {

constexpr int listedChannels = 24;

} // namespace

ActivationsPage::ActivationsPage(Session& session, QWidget* parent) : Page(session, parent) {
    buildControls();
    m_table = new ValueTable(this);
    body()->addWidget(withTable(buildPicture(), m_table, tr("Input ranges per layer")));
    retranslate();
    const auto stale = [this] {
        m_stale = true;
        scheduleRefresh();
    };
    connect(&session.view(), &RunView::runChanged, this, stale);
    connect(&session.view(), &RunView::reportsGrown, this, stale);
}

QString ActivationsPage::intro() const {
    return tr("What reaches each layer: look for bright columns in the map, the few channels that hold "
              "the outliers, and for layers whose absmax towers over the others.");
}

QString ActivationsPage::emptyText() const {
    return tr("Quantizing with calibration data fills this page layer by layer with the ranges of every input. Schemes "
              "that need no data "
              "(FP8_DYNAMIC, for example) record none.");
}

bool ActivationsPage::hasContent() const {
    for (const QString& site : session().view().sites())
        if (!session().view().array(site, "absmax_before")->empty()) return true;
    return false;
}

void ActivationsPage::buildControls() {
    const auto combo = [this](QLabel*& label, QComboBox*& box) {
        label = new QLabel(this);
        box = new QComboBox(this);
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        label->setBuddy(box);
        controls()->addWidget(label);
        controls()->addWidget(box);
    };
    combo(m_kindLabel, m_kind);
    combo(m_showLabel, m_show);
    combo(m_scaleLabel, m_scale);
    m_before = new QCheckBox(this);
    m_after = new QCheckBox(this);
    controls()->addWidget(m_before);
    controls()->addWidget(m_after);
    controls()->addStretch();
    m_before->setChecked(true);
    m_after->setChecked(true);
    connect(m_kind, &QComboBox::activated, this, &ActivationsPage::chooseKind);
    for (QComboBox* box : {m_scale, m_show}) connect(box, &QComboBox::activated, this, &Page::scheduleRefresh);
    for (QCheckBox* box : {m_before, m_after})
        connect(box, &QCheckBox::toggled, this, [this] {
            drawMap();
            scheduleRefresh();
        });
}

QWidget* ActivationsPage::buildPicture() {
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    LayerSelection& selection = session().selection();
    m_ranges = new RangePlot;
    m_ranges->setReadout([this](QPointF at) { return readLayer(at); });
    connect(m_ranges, &Plot::clicked, this, [&selection](QPointF at) { selection.setLayer(int(std::lround(at.x()))); });
    m_map = new HeatMap;
    m_map->setIntegerAxis(m_map->xAxis);
    m_map->setIntegerAxis(m_map->yAxis);
    m_map->setReadout([this](QPointF at) { return readCell(at); });
    connect(m_map, &Plot::clicked, this, [this, &selection](QPointF at) {
        const HeatMap::Cell cell = m_map->cellAt(at);
        if (cell.row < 0) return;
        if (const QString site = selection.siteName(cell.row, m_data.kind); !site.isEmpty())
            selection.select(site, {}, cell.column);
    });
    auto* bottom = new QSplitter(Qt::Horizontal);
    bottom->setChildrenCollapsible(false);
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    m_channelTitle = new QLabel;
    m_channelTitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // the tool tip has all of it
    m_order = new QComboBox;
    row->addWidget(m_channelTitle, 1);
    row->addWidget(m_order);
    column->addLayout(row);
    m_channels = new ChannelPlot;
    column->addWidget(m_channels, 1);
    connect(m_order, &QComboBox::activated, this, &Page::scheduleRefresh);
    connect(m_channels, &ChannelPlot::channelClicked, &selection, &LayerSelection::setChannel);
    m_outliers = new ValueTable(this);
    m_outlierView = makeTable(m_outliers, tr("Largest channels of the selected input"), left);
    connect(m_outlierView, &QTableView::clicked, this, [&selection](const QModelIndex& index) {
        selection.setChannel(index.data(ValueTable::KeyRole).toString().toInt());
    });
    bottom->addWidget(left);
    bottom->addWidget(m_outlierView);
    m_outlierView->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_outlierView->setMinimumWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 32);
    bottom->setStretchFactor(0, 3);
    bottom->setStretchFactor(1, 2);
    splitter->addWidget(m_ranges);
    splitter->addWidget(m_map);
    splitter->addWidget(bottom);
    splitter->setSizes({400, 400, 500}); // the lowest has a row of its own above its plot
    for (Plot* plot : {static_cast<Plot*>(m_ranges), static_cast<Plot*>(m_map), static_cast<Plot*>(m_channels)})
        attach(plot, this, selection);
    return splitter;
}

void ActivationsPage::retranslate() {
    const auto fill = [](QComboBox* box, const QStringList& texts) {
        const int current = std::max(0, box->currentIndex());
        box->clear();
        box->addItems(texts);
        box->setCurrentIndex(current);
    };
    m_kindLabel->setText(tr("&Input of"));
    m_kind->setAccessibleName(tr("Which input"));
    m_showLabel->setText(tr("Sho&w"));
    m_show->setAccessibleName(tr("What to show per layer"));
    fill(m_show, {tr("absmax"), tr("percentiles"), tr("min and max")});
    m_scaleLabel->setText(tr("S&cale"));
    m_scale->setAccessibleName(tr("Scale of the value axes"));
    fill(m_scale, {tr("log"), tr("linear")});
    m_before->setText(tr("&before"));
    m_after->setText(tr("&after"));
    m_order->setAccessibleName(tr("Order of the channels"));
    fill(m_order, {tr("by channel"), tr("largest first")});
    m_ranges->setTitle(tr("Input range per layer"));
    m_map->setTitle(tr("Layer by channel absmax"));
    m_map->setAxisTitles(tr("channel"), tr("layer"));
    m_channels->setTitle(tr("Channel absmax"));
    m_channels->yAxis->setLabel(tr("absmax"));
    m_channels->setNames(tr("before smoothing"), tr("after smoothing"));
    using K = ValueTable::Kind;
    m_outliers->setColumns({{tr("channel"), K::integer},
                            {tr("absmax"), K::number},
                            {tr("× median"), K::number, tr("How often the median channel's absmax fits into this one")},
                            {tr("after"), K::number, tr("absmax after smoothing")}});
    m_table->setColumns({{tr("layer"), K::integer},
                         {tr("minimum"), K::number},
                         {tr("1 %"), K::number},
                         {tr("25 %"), K::number},
                         {tr("median"), K::number},
                         {tr("75 %"), K::number},
                         {tr("99 %"), K::number},
                         {tr("maximum"), K::number},
                         {tr("absmax"), K::number},
                         {tr("absmax after"), K::number},
                         {tr("max / median channel"), K::number}});
    m_stale = true;
}

void ActivationsPage::fillKinds() {
    const QStringList kinds = session().view().siteKinds();
    const QSignalBlocker blocker(m_kind);
    m_kind->clear();
    for (const QString& kind : kinds) m_kind->addItem(siteKindLabel(kind), kind);
    const int current = m_kind->findData(session().selection().siteKind());
    m_kind->setCurrentIndex(current >= 0 ? current : 0);
}

void ActivationsPage::chooseKind() { session().selection().setSiteKind(m_kind->currentData().toString()); }

bool ActivationsPage::logarithmic() const { return m_scale->currentIndex() == 0; }

void ActivationsPage::refresh() {
    fillKinds();
    if (m_stale || m_data.kind != m_kind->currentData().toString()) readData();
    drawRanges();
    drawChannels();
    const LayerSelection& selection = session().selection();
    m_ranges->mark(selection.layer() >= 0 ? std::optional<double>(selection.layer()) : std::nullopt);
    m_map->markRow(selection.layer() >= 0 ? std::optional<double>(selection.layer()) : std::nullopt);
}

void ActivationsPage::readData() {
    m_stale = false;
    m_data = SiteData::read(session().view(), m_kind->currentData().toString());
    drawMap();
    fillTables();
}

void ActivationsPage::drawRanges() {
    static const std::vector<LayerRange> none;
    const RangePlot::Show shows[] = {RangePlot::Show::absmax, RangePlot::Show::boxes, RangePlot::Show::range};
    m_ranges->setRanges(m_before->isChecked() ? m_data.before : none, m_after->isChecked() ? m_data.after : none,
                        shows[std::max(0, m_show->currentIndex())], logarithmic(), m_data.layers);
}

void ActivationsPage::drawMap() {
    // One map at a time: before smoothing, unless only what is after is asked for.
    const bool after = m_after->isChecked() && !m_before->isChecked() && !m_data.after.empty();
    m_map->setColourTitle(after ? tr("absmax after") : tr("absmax before"));
    m_map->setMatrix(after ? m_data.absmaxAfter : m_data.absmaxBefore, m_data.layers, m_data.channels,
                     HeatMap::Scale::logarithmic, true);
}

void ActivationsPage::drawChannels() {
    const QString site = session().selection().site();
    const auto before = session().view().array(site, "absmax_before"),
               after = session().view().array(site, "absmax_after");
    static const std::vector<float> none;
    m_channels->setValues(m_before->isChecked() ? *before : none, m_after->isChecked() ? *after : none,
                          m_order->currentIndex() == 1, logarithmic());
    m_channels->markChannel(session().selection().channel());
    m_channelTitle->setText(
        site.isEmpty()
            ? QString()
            : tr("<b>%1</b>, %n channels", nullptr, int(before->size())).arg(layerLabel(site).toHtmlEscaped()));
    m_channelTitle->setToolTip(site);
    std::vector<ValueTable::Row> rows;
    for (const OutlierChannel& channel : largestChannels(*before, *after, listedChannels))
        rows.push_back({{channel.channel, double(channel.absmax), channel.ratio, double(channel.after)},
                        QString::number(channel.channel)});
    m_outliers->setRows(std::move(rows));
}

void ActivationsPage::fillTables() {
    std::vector<ValueTable::Row> rows;
    for (std::size_t i = 0; i < m_data.before.size(); ++i) {
        const LayerRange& b = m_data.before[i];
        const auto later = std::find_if(m_data.after.begin(), m_data.after.end(),
                                        [&](const LayerRange& r) { return r.layer == b.layer; });
        const auto reports = session().view().reportsOfSite(session().selection().siteName(b.layer, m_data.kind));
        const double ratio = reports.empty() ? 0 : reports.front()->outlier_ratio;
        const QVariant after = later == m_data.after.end() ? QVariant() : QVariant(later->absmax);
        rows.push_back({{b.layer, b.minimum, b.percentiles[0], b.percentiles[1], b.percentiles[2], b.percentiles[3],
                         b.percentiles[4], b.maximum, b.absmax, after, ratio > 0 ? QVariant(ratio) : QVariant()},
                        QString::number(b.layer)});
    }
    m_table->setRows(std::move(rows));
}

Readout ActivationsPage::readLayer(QPointF at) const {
    const int layer = int(std::lround(at.x()));
    for (std::size_t i = 0; i < m_data.before.size(); ++i) {
        const LayerRange& range = m_data.before[i];
        if (range.layer != layer) continue;
        QString text = tr("layer %1, %2\nabsmax %3, from %4 to %5")
                           .arg(QString::number(layer), siteKindLabel(m_data.kind), numberText(range.absmax),
                                numberText(range.minimum), numberText(range.maximum));
        for (const LayerRange& after : m_data.after)
            if (after.layer == layer) text += tr("\nafter smoothing %1").arg(numberText(after.absmax));
        return {{double(layer), range.absmax}, text};
    }
    return {};
}

Readout ActivationsPage::readCell(QPointF at) const {
    const HeatMap::Cell cell = m_map->cellAt(at);
    if (cell.row < 0 || std::isnan(cell.value)) return {};
    return {{double(cell.column), double(cell.row)},
            tr("layer %1, channel %2\nabsmax %3")
                .arg(QString::number(cell.row), QString::number(cell.column), numberText(cell.value))};
}

} // namespace octavo::gui
