// SPDX-License-Identifier: GPL-3.0-or-later
#include "smoothing/smoothing_page.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>

#include <cmath>

#include "activations/channel_plot.h"
#include "models/value_table.h"
#include "plot/attach.h"
#include "session/format.h"
#include "session/session.h"
#include "smoothing/error_plot.h"
#include "smoothing/strength_bar.h"

namespace octavo::gui {

SmoothingPage::SmoothingPage(Session& session, QWidget* parent) : Page(session, parent) {
    m_groupLabel = new QLabel(this);
    m_group = new QComboBox(this);
    m_group->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_groupLabel->setBuddy(m_group);
    m_orderLabel = new QLabel(this);
    m_order = new QComboBox(this);
    m_orderLabel->setBuddy(m_order);
    m_state = new QLabel(this);
    for (QWidget* widget : {static_cast<QWidget*>(m_groupLabel), static_cast<QWidget*>(m_group),
                            static_cast<QWidget*>(m_orderLabel), static_cast<QWidget*>(m_order)})
        controls()->addWidget(widget);
    controls()->addStretch();
    controls()->addWidget(m_state);
    m_table = new ValueTable(this);
    QWidget* tabs = withTable(buildPicture(), m_table, tr("Channels of the smoothing group"));
    m_tabs = qobject_cast<QTabWidget*>(tabs);
    if (m_tabs) connect(m_tabs, &QTabWidget::currentChanged, this, &SmoothingPage::fillTable);
    body()->addWidget(tabs, 1);
    m_bar = new StrengthBar(this);
    body()->addWidget(m_bar);
    retranslate();
    // One redraw per pass of the event loop: positions the slider has left again are never drawn.
    m_coalesce.setSingleShot(true);
    connect(&m_coalesce, &QTimer::timeout, this, &SmoothingPage::preview);
    connect(m_bar, &StrengthBar::strengthChanged, this, [this] {
        m_previewing = true;
        m_coalesce.start(0);
    });
    LayerSelection& selection = session.selection();
    connect(m_bar, &StrengthBar::useForLayer, this,
            [this] { this->session().recipe().setSmoothingStrength(m_data.site, m_bar->strength()); });
    connect(m_bar, &StrengthBar::useForAll, this,
            [this] { this->session().recipe().setSmoothingStrengthForAll(m_bar->strength()); });
    connect(m_group, &QComboBox::activated, this,
            [this, &selection] { selection.setSiteKind(m_group->currentData().toString()); });
    connect(m_order, &QComboBox::activated, this, &Page::scheduleRefresh);
    const auto stale = [this] {
        m_stale = true;
        scheduleRefresh();
    };
    connect(&session.view(), &RunView::runChanged, this, stale);
    // A group that is shown already does not change any more while the run grows; the slider stays where it is.
    connect(&session.view(), &RunView::reportsGrown, this, [this, stale] {
        if (m_data.isEmpty()) stale();
    });
}

QString SmoothingPage::intro() const {
    return tr("Smoothing moves outliers from the activations into the weights: drag α until both pictures "
              "are flat and the error is near its lowest point.");
}

QString SmoothingPage::emptyText() const {
    return tr("Quantizing with calibration data records the ranges of activations and weights that smoothing works "
              "with. This run has none yet.");
}

bool SmoothingPage::hasContent() const {
    for (const QString& site : session().view().sites())
        if (!session().view().array(site, "weight_absmax_before")->empty()) return true;
    return false;
}

QWidget* SmoothingPage::buildPicture() {
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    auto* left = new QSplitter(Qt::Vertical);
    left->setChildrenCollapsible(false);
    m_activation = new ChannelPlot;
    m_activation->setObjectName(QStringLiteral("activationPlot"));
    m_weight = new ChannelPlot;
    m_weight->setObjectName(QStringLiteral("weightPlot"));
    linkX(m_activation, m_weight);
    left->addWidget(m_activation);
    left->addWidget(m_weight);
    auto* right = new QSplitter(Qt::Vertical);
    right->setChildrenCollapsible(false);
    m_error = new ErrorPlot;
    m_ratios = new Plot;
    m_ratios->setIntegerAxis(m_ratios->xAxis);
    m_ratios->setLogarithmic(m_ratios->yAxis, true);
    m_ratios->showLegend();
    right->addWidget(m_error);
    right->addWidget(m_ratios);
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    LayerSelection& selection = session().selection();
    for (Plot* plot :
         {static_cast<Plot*>(m_activation), static_cast<Plot*>(m_weight), static_cast<Plot*>(m_error), m_ratios})
        attach(plot, this, selection);
    for (ChannelPlot* plot : {m_activation, m_weight})
        connect(plot, &ChannelPlot::channelClicked, &selection, &LayerSelection::setChannel);
    connect(m_ratios, &Plot::clicked, this, [&selection](QPointF at) { selection.setLayer(int(std::lround(at.x()))); });
    // The weights after lie above those before: the smaller ones in front.
    m_weight->setBeforeOnTop(true);
    connect(m_error, &Plot::clicked, this, [this](QPointF at) {
        m_bar->setStrength(std::clamp(at.x(), 0.0, 1.0));
        m_previewing = true;
        preview();
    });
    return splitter;
}

void SmoothingPage::retranslate() {
    m_groupLabel->setText(tr("&Group"));
    m_group->setAccessibleName(tr("Smoothing group"));
    m_orderLabel->setText(tr("&Order"));
    m_order->setAccessibleName(tr("Order of the channels"));
    const int order = std::max(0, m_order->currentIndex());
    m_order->clear();
    m_order->addItems({tr("by channel"), tr("largest first")});
    m_order->setCurrentIndex(order);
    m_activation->setTitle(tr("Activation absmax per channel"));
    m_activation->yAxis->setLabel(tr("activation"));
    m_weight->setTitle(tr("Weight absmax per channel"));
    m_weight->yAxis->setLabel(tr("weight"));
    m_error->setTitle(tr("Error over smoothing strength"));
    m_ratios->setTitle(tr("Outlier ratio over the layers"));
    m_ratios->setAxisTitles(tr("layer"), tr("max / median"));
    using K = ValueTable::Kind;
    m_table->setColumns({{tr("channel"), K::integer},
                         {tr("activation before"), K::number},
                         {tr("weight before"), K::number},
                         {tr("scale at α"), K::number},
                         {tr("activation at α"), K::number},
                         {tr("weight at α"), K::number}});
    if (m_bar) m_bar->retranslate();
    m_stale = true;
}

void SmoothingPage::refresh() {
    const RunView& view = session().view();
    const LayerSelection& selection = session().selection();
    {
        const QSignalBlocker blocker(m_group);
        m_group->clear();
        for (const QString& kind : view.siteKinds()) m_group->addItem(siteKindLabel(kind), kind);
        m_group->setCurrentIndex(m_group->findData(selection.siteKind()));
    }
    if (m_stale || m_data.site != selection.site()) readGroup();
    drawChannels();
    drawRatios();
    m_activation->markChannel(selection.channel());
    m_weight->markChannel(selection.channel());
    m_ratios->mark(selection.layer() >= 0 ? std::optional<double>(selection.layer()) : std::nullopt);
}

void SmoothingPage::readGroup() {
    m_stale = false;
    m_previewing = false;
    m_data = SmoothingData::read(session().view(), session().selection().site());
    m_plainRatio = outlier_ratio(m_data.absmax);
    m_shared = std::make_shared<const SmoothingData>(m_data);
    m_error->setData(m_data);
    const double start = m_data.chosen >= 0 ? m_data.chosen : m_data.best() >= 0 ? m_data.best() : 0.5;
    m_bar->setStrength(start);
    m_bar->setEnabled(!m_data.isEmpty());
    m_state->setText(state());
    m_state->setToolTip(m_data.site);
    fitGroup();
}

void SmoothingPage::fitGroup() {
    if (m_data.isEmpty()) return session().controller().supersede(QStringLiteral("smoothing-fit"));
    session().controller().request<SmoothingData>(
        Lane::quick, QStringLiteral("smoothing-fit"), this,
        [group = m_shared](std::stop_token) { return SmoothingData::fit(*group); },
        [this](const SmoothingData& fitted) {
            if (fitted.site != m_data.site) return;
            m_data = fitted;
            m_shared = std::make_shared<const SmoothingData>(fitted);
            m_error->setData(m_data);
            if (m_previewing) return preview();
            m_now = preview_smoothing(m_data.inputs(), m_bar->strength(), m_data.factors);
            describe();
        });
}

QString SmoothingPage::state() const {
    const QString group = layerLabel(m_data.site).toHtmlEscaped();
    if (m_data.isEmpty()) return tr("<b>%1</b>: nothing recorded").arg(group);
    if (m_data.isBalanced()) return tr("<b>%1</b>, every channel scaled by itself").arg(group);
    if (m_data.chosen < 0) return tr("<b>%1</b>, left unsmoothed").arg(group);
    return tr("<b>%1</b>, smoothed with α %2").arg(group, QLocale().toString(m_data.chosen, 'f', 2));
}

void SmoothingPage::drawChannels() {
    const bool sorted = m_order->currentIndex() == 1;
    m_activation->setNames(tr("before"), m_previewing ? tr("preview at α") : tr("after, as in this run"));
    m_weight->setNames(tr("before"), m_previewing ? tr("preview at α") : tr("after, as in this run"));
    m_activation->setValues(m_data.absmax, m_data.absmaxAfter, sorted, true);
    m_weight->setValues(m_data.weightAbsmax, m_data.weightAbsmaxAfter, sorted, true);
    m_now = preview_smoothing(m_data.inputs(), m_bar->strength(), m_data.factors);
    if (m_previewing) return showPreview();
    m_error->setStrength(-1);
    describe();
    fillTable();
}

void SmoothingPage::preview() {
    if (m_data.isEmpty()) return;
    m_askAgain = m_asked;
    if (m_asked) return; // the answer asks for the latest position
    m_asked = true;
    const auto answered = [this] {
        m_asked = false;
        if (std::exchange(m_askAgain, false)) preview();
    };
    session().controller().request<SmoothingPreview>(
        Lane::quick, QStringLiteral("smoothing-preview"), this,
        [group = m_shared, strength = m_bar->strength()](std::stop_token) {
            return preview_smoothing(group->inputs(), strength, group->factors);
        },
        [this, answered, group = m_shared](const SmoothingPreview& now) {
            if (group->site == m_data.site && m_previewing) {
                m_now = now;
                showPreview();
            }
            answered();
        },
        [answered](const Problem&) { answered(); });
}

void SmoothingPage::showPreview() {
    const QString name = tr("preview at α");
    for (ChannelPlot* plot : {m_activation, m_weight})
        if (plot->after() && plot->after()->name() != name) {
            plot->after()->setName(name);
            plot->replot(QCustomPlot::rpQueuedReplot); // the legend
        }
    m_activation->updateAfter(m_now.activation);
    m_weight->updateAfter(m_now.weight);
    m_error->setStrength(m_now.strength);
    describe();
    fillTable();
}

void SmoothingPage::describe() {
    const SmoothingPreview& now = m_now;
    if (m_data.isEmpty()) return m_bar->setText(tr("This run did not record the ranges of this input."));
    QString text;
    if (!m_previewing && m_data.isBalanced())
        text =
            tr("This run went on from the best strength to a scale per channel: expected error %1. Drag the slider to "
               "see what one strength would do instead.")
                .arg(numberText(m_data.balancedError, 3)) +
            QLatin1Char(' ');
    text += tr("Largest over median channel: %1 before, %2 at α = %3.")
                .arg(numberText(m_plainRatio, 3), numberText(now.outlier_ratio, 3),
                     QLocale().toString(now.strength, 'f', 2));
    if (m_data.predictable && now.relative_error > 0) {
        text += QLatin1Char(' ') + tr("Predicted error: %1 unsmoothed, %2 at this α.")
                                       .arg(numberText(m_data.plainError, 3), numberText(now.relative_error, 3));
    }
    m_bar->setText(text);
}

void SmoothingPage::fillTable() {
    // Fourteen thousand rows are not worth their while behind the picture.
    if (m_tabs && m_tabs->currentIndex() == 0) return;
    std::vector<ValueTable::Row> rows;
    rows.reserve(m_data.absmax.size());
    for (std::size_t k = 0; k < m_data.absmax.size(); ++k)
        rows.push_back({{int(k), double(m_data.absmax[k]), double(m_data.weightAbsmax[k]), double(m_now.scale[k]),
                         double(m_now.activation[k]), double(m_now.weight[k])},
                        QString::number(k)});
    m_table->setRows(std::move(rows));
}

void SmoothingPage::drawRatios() {
    m_ratios->clearSeries();
    QCPGraph* before = m_ratios->addLine(tr("before"), Tone::before, Qt::DashLine);
    QCPGraph* after = m_ratios->addLine(tr("after"), Tone::after);
    before->setScatterStyle({QCPScatterStyle::ssCircle, 4});
    after->setScatterStyle({QCPScatterStyle::ssDiamond, 4});
    m_ratios->setTone(before, Tone::before, Qt::DashLine);
    m_ratios->setTone(after, Tone::after);
    const QString kind = session().selection().siteKind();
    int seen = -1, last = std::max(session().view().layers() - 1, 0);
    for (const MatrixReport& report : session().view().reports()) {
        if (report.layer == seen || withinLayer(QString::fromStdString(report.site)) != kind) continue;
        seen = report.layer;
        last = std::max(last, seen);
        if (report.outlier_ratio > 0) before->addData(report.layer, report.outlier_ratio);
        if (report.outlier_ratio_after > 0) after->addData(report.layer, report.outlier_ratio_after);
    }
    m_ratios->fit({.x = QCPRange(-0.6, last + 0.6)});
}

} // namespace octavo::gui
