// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <vector>

#include "plot/plot.h"

namespace octavo::gui {

struct PastRun;

/// One point per measured run: size of the weights against damage. Down and left is better.
class RunScatter final : public Plot {
    Q_OBJECT

public:
    enum class Damage { divergence, perplexity }; ///< mean KL divergence, or the rise of perplexity in percent

    explicit RunScatter(QWidget* parent = nullptr);
    void setRuns(const std::vector<PastRun>& runs, Damage damage);
    bool isEmpty() const { return m_points.empty(); }
    void setChosen(const QStringList& folders); ///< ringed

    /// NaN when the run was not measured.
    static double damageOf(const PastRun& run, Damage damage);
    static QString labelOf(const PastRun& run);

Q_SIGNALS:
    void runClicked(const QString& folder);

private:
    struct Point {
        QString folder, label;
        double size = 0, damage = 0;
    };
    const Point* nearestTo(QPointF at) const;

    std::vector<Point> m_points;
    QCPGraph* m_rings = nullptr;
};

} // namespace octavo::gui
