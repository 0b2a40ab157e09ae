// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>
#include <vector>

#include "allocate/study.h"
#include "recipe/scheme.h"
#include "report/event.h"

class QLabel;
class QPushButton;

namespace octavo::gui {

class Session;

/// Forecasts the KL divergence of every group of matrices of the shown run from gradients, or measures it in a quick or
/// a thorough pass, with progress and cancel. What was measured before a cancel stays.
class KlBar final : public QWidget {
    Q_OBJECT

public:
    explicit KlBar(Session& session, QWidget* parent = nullptr);
    /// What is measured; without it the scheme of the shown run.
    void setSchemes(std::function<std::vector<Scheme>()> schemes) { m_schemes = std::move(schemes); }
    /// Whether matrices are taken from the checkpoints of earlier runs, one of every scheme, instead of being rounded.
    void setSolved(std::function<bool()> solved) { m_solved = std::move(solved); }
    void follow(); ///< what the session says now
    void retranslate();

private:
    void measure(const char* preset);
    void forecast();
    void start(SensitivityRequest request);
    bool useSolved(SensitivityRequest& request); ///< false, with the reason shown, when a scheme has no run
    QString modelFolder() const;                 ///< of the shown run, empty when it is not there any more
    QString stateText() const;
    void showProgress(const octavo::Progress& progress);

    Session& m_session;
    std::function<std::vector<Scheme>()> m_schemes;
    std::function<bool()> m_solved;
    QLabel* m_state;
    QPushButton* m_forecast;
    QPushButton* m_quick;
    QPushButton* m_thorough;
    QPushButton* m_cancel;
    bool m_measuring = false;
};

} // namespace octavo::gui
