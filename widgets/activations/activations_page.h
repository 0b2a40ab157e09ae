// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include "activations/site_data.h"
#include "page.h"
#include "table.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QTableView;

namespace octavo::gui {

class ChannelPlot;
class HeatMap;
class ValueTable;

/// Where are the outliers? Range per layer, a map of layers × channels, and the channels of the selected input.
class ActivationsPage final : public Page {
    Q_OBJECT

public:
    explicit ActivationsPage(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("activations"); }
    QString title() const override { return tr("Activations"); }
    QString intro() const override;
    QString emptyText() const override;
    bool hasContent() const override;
    void refresh() override;
    void retranslate() override;

private:
    void buildControls();
    QWidget* buildPicture();
    void fillKinds();
    void readData();
    void drawRanges();
    void drawMap();
    void drawChannels();
    void fillTables();
    void chooseKind();
    bool logarithmic() const;
    Readout readLayer(QPointF at) const;
    Readout readCell(QPointF at) const;

    SiteData m_data;
    bool m_stale = true; ///< the run or the kind of input changed since m_data was read
    QLabel* m_kindLabel;
    QLabel* m_scaleLabel;
    QLabel* m_showLabel;
    QComboBox* m_kind;
    QComboBox* m_scale;
    QComboBox* m_show;
    QCheckBox* m_before;
    QCheckBox* m_after;
    QComboBox* m_order;
    QLabel* m_channelTitle;
    RangePlot* m_ranges;
    HeatMap* m_map;
    ChannelPlot* m_channels;
    ValueTable* m_outliers;
    QTableView* m_outlierView;
    ValueTable* m_table;
};

} // namespace octavo::gui
