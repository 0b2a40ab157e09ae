// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

#include "engine/engine.h"
#include "report/comparison.h"
#include "report/run_folder.h"
#include "report/sensitivity.h"

namespace octavo::gui {

/// What the pages draw: the run folder that is shown, or the run that is growing at the moment. Owns values only; every
/// array comes from the run folder's statistics file, so a page looks the same for a run made elsewhere.
class RunView : public QObject {
    Q_OBJECT

public:
    explicit RunView(QObject* parent = nullptr);

    std::shared_ptr<const Run> run() const {
        return m_run;
    }                                      ///< may be null: nothing opened, or the first run is still going
    bool isLive() const { return m_live; } ///< reports are arriving; metrics and totals are not there yet
    bool isEmpty() const { return reports().empty(); }
    const RunRecord* record() const { return m_run ? &m_run->record : nullptr; }
    const Metrics* metrics() const; ///< null until the run has been evaluated
    QString title() const;          ///< "SmolLM2-135M-Instruct · W8A8", for captions and legends

    /// Matrices of the shown or growing run in execution order.
    const std::vector<MatrixReport>& reports() const { return m_reports; }
    const MatrixReport* report(const QString& matrix) const; ///< null when unknown
    std::vector<const MatrixReport*> reportsOfSite(const QString& site) const;
    QStringList sites() const;     ///< in execution order, without repeats
    QStringList siteKinds() const; ///< "attention_input", … in execution order
    int layers() const;            ///< of the model

    /// An array of statistics.safetensors (names: report/run_folder.h); empty when absent. Cached; cheap to copy.
    std::shared_ptr<const std::vector<float>> array(const QString& owner, const char* statistic) const;
    /// Per scored token, from losses.safetensors; null when the run was not evaluated.
    std::shared_ptr<const TokenLosses> losses() const;
    /// KL divergence of the logits when one group alone is quantized, as far as it was measured; null when it was not.
    const SensitivityTable* sensitivity() const;
    /// Before and after on the evaluation text with its worst passages, from comparison.json; null when there is none.
    std::shared_ptr<const ComparisonReport> comparison() const;

    void show(std::shared_ptr<const Run> run); ///< null clears
    void beginLive(const QString& modelName, const QString& scheme, int layers);
    void addReport(const MatrixReport& report);       ///< a matrix that the live run has finished
    void useStatistics(const Statistics& statistics); ///< what the live run has written so far
    void endLive();
    void addSensitivity(const QString& runFolder, const SensitivityRow& row); ///< ignored for a run that is not shown
    void reloadSensitivity();

Q_SIGNALS:
    void runChanged();     ///< another run, or none: redraw everything
    void reportsGrown();   ///< live: more matrices in reports(), perhaps more arrays; at most twice a second
    void metricsChanged(); ///< the shown run was evaluated (again)
    void sensitivityChanged();

private:
    void reindex();
    void grow(); ///< says so soon, once for everything that arrives meanwhile
    void forgetEvaluation();
    bool isSameRun(const Run* run) const; ///< the one that is shown, its metrics apart

    std::shared_ptr<const Run> m_run;
    bool m_live = false;
    QString m_liveTitle;
    int m_liveLayers = 0;
    QTimer m_growth;
    std::vector<MatrixReport> m_reports;
    QHash<QString, std::size_t> m_index;
    Statistics m_statistics;
    mutable QHash<QString, std::shared_ptr<const std::vector<float>>> m_arrays;
    mutable std::size_t m_cachedFloats = 0;
    mutable std::shared_ptr<const TokenLosses> m_losses;
    mutable std::shared_ptr<const ComparisonReport> m_comparison;
    mutable bool m_lossesTried = false, m_comparisonTried = false;
    mutable std::optional<SensitivityTable> m_sensitivity;
    mutable bool m_sensitivityTried = false;
};

} // namespace octavo::gui
