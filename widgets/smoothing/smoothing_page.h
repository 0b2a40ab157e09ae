// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include "page.h"
#include "smoothing/smoothing_data.h"
#include "table.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QTabWidget;

namespace octavo::gui {

class ChannelPlot;
class ErrorPlot;
class Plot;
class StrengthBar;
class ValueTable;

/// What did moving outliers into the weights do, and is the strength right? Everything follows the slider, computed
/// from the statistics.
class SmoothingPage final : public Page {
    Q_OBJECT

public:
    explicit SmoothingPage(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("smoothing"); }
    QString title() const override { return tr("Smoothing"); }
    QString intro() const override;
    QString emptyText() const override;
    bool hasContent() const override;
    void refresh() override;
    void retranslate() override;

private:
    QWidget* buildPicture();
    void readGroup();
    void drawChannels();
    void drawRatios();
    void fitGroup(); ///< in a worker's thread
    void preview();  ///< asks for what the slider's position would do; only the latest position is computed
    void showPreview();
    void describe();
    QString state() const; ///< what the run did with the group
    void fillTable();

    SmoothingData m_data;
    std::shared_ptr<const SmoothingData> m_shared; ///< the same, for the worker
    SmoothingPreview m_now;                        ///< what is drawn
    bool m_asked = false, m_askAgain = false;      ///< a preview is being computed; the slider has moved on since
    bool m_stale = true;                           ///< the run grew or changed
    bool m_previewing = false;                     ///< the slider was moved: "after" is a preview, not what the run did
    double m_plainRatio = 0;                       ///< of the group without smoothing
    QTimer m_coalesce;
    QLabel* m_groupLabel;
    QComboBox* m_group;
    QComboBox* m_order;
    QLabel* m_orderLabel;
    QLabel* m_state;
    ChannelPlot* m_activation;
    ChannelPlot* m_weight;
    ErrorPlot* m_error;
    Plot* m_ratios;
    StrengthBar* m_bar = nullptr;
    ValueTable* m_table;
    QTabWidget* m_tabs = nullptr;
};

} // namespace octavo::gui
