// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "plot/plot.h"
#include "report/run_folder.h"

namespace octavo {
struct TokenLosses;
}

namespace octavo::gui {

/// A run that is laid over another, with what the picture calls it.
struct OverlaidRun {
    QString name;
    std::shared_ptr<const Run> run;
    std::shared_ptr<const TokenLosses> losses; ///< null when it was not evaluated
};

/// The same curve of up to two runs: the first muted and dashed, the second in the accent.
class RunOverlay final : public Plot {
    Q_OBJECT

public:
    enum class What { errors, ranges, text };

    explicit RunOverlay(QWidget* parent = nullptr);
    /// `kind`: which input the ranges are of ("mlp_input").
    void setRuns(const std::vector<OverlaidRun>& runs, What what, const QString& kind);
    bool isEmpty() const { return m_points == 0; } ///< none of the runs knows this curve

private:
    struct Point {
        double x = 0, y = 0;
        QString label; ///< of what stands there
    };
    static std::vector<Point> pointsOf(const OverlaidRun& one, What what, const QString& kind);

    std::size_t m_points = 0;
};

} // namespace octavo::gui
