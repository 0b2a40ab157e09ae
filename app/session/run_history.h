// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

#include "session/run_records.h"

namespace octavo::gui {

class RunController;

/// One past run, as the Compare page and the start page list it. `layers` of the record is left empty.
struct PastRun {
    QString folder;
    QDateTime started; ///< UTC
    RunRecord record;
    QString scheme; ///< or several: schemesText()
};

/// Runs found in the folder of runs and those opened from elsewhere, newest first. Reading happens off the GUI thread.
class RunHistory : public QObject {
    Q_OBJECT

public:
    explicit RunHistory(RunController& controller, QObject* parent = nullptr);

    const std::vector<PastRun>& runs() const { return m_runs; }
    void setFolder(const QString& folder);
    void add(const QString& runFolder); ///< a run that lies elsewhere
    void refresh();
    void forget(const QString& runFolder); ///< takes it off the list; the folder stays

Q_SIGNALS:
    void changed();

private:
    RunController& m_controller;
    QString m_folder;
    QStringList m_others, m_forgotten;
    std::shared_ptr<RunCache<PastRun>> m_known; ///< what is read, in another thread
    std::vector<PastRun> m_runs;
};

} // namespace octavo::gui
