// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "plot/plot.h"

namespace octavo::gui {

/// One value per channel, before and after something: in the order of the channels or sorted by the value before.
class ChannelPlot final : public Plot {
    Q_OBJECT

public:
    explicit ChannelPlot(QWidget* parent = nullptr);

    /// Either may be empty. Values ≤ 0 have no place on a logarithmic axis and are left out there.
    void setValues(const std::vector<float>& before, const std::vector<float>& after, bool sorted, bool logarithmic);
    void setNames(const QString& before, const QString& after);
    /// Which of the two is drawn over the other: the one that is smaller where it matters.
    void setBeforeOnTop(bool on) { m_beforeOnTop = on; }
    /// Replaces the values after, as a slider does; axes and zoom stay.
    void updateAfter(const std::vector<float>& after);
    void markChannel(int channel); ///< −1 = none
    int channelAt(double x) const; ///< −1 outside
    QCPGraph* before() const { return m_before; }
    QCPGraph* after() const { return m_after; }

Q_SIGNALS:
    void channelClicked(int channel);

private:
    void fill(QCPGraph* graph, const std::vector<float>& values) const;
    Readout read(QPointF at) const;

    QString m_beforeName, m_afterName;
    bool m_beforeOnTop = false;
    QCPGraph* m_before = nullptr;
    QCPGraph* m_after = nullptr;
    std::vector<int> m_order;    ///< channel at each x
    std::vector<int> m_position; ///< x of each channel
    std::vector<float> m_beforeValues, m_afterValues;
    bool m_sorted = false;
};

} // namespace octavo::gui
