// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

#include "session/run_controller.h"

class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTableView;
class QTextBrowser;

namespace octavo::gui {

class Session;
class ValueTable;

/// Original and export answer the same prompt side by side; where the answers part, the first different token is marked
/// and both models' probabilities say whether that was a near tie.
class AnswersTab final : public QWidget {
    Q_OBJECT

public:
    explicit AnswersTab(Session& session);
    void retranslate();
    void refresh(); ///< what the session says now: another run, or one that is going
    void setWork(AnswerWork work) { m_work = std::move(work); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    QWidget* buildAnswers();
    void ask();
    QString obstacle() const; ///< why the shown run cannot be asked; empty when it can
    void showState();
    void showAnswers();

    Session& m_session;
    AnswerWork m_work = answer_prompts;
    QString m_folder;           ///< of the run that the answers belong to
    std::vector<Answers> m_all; ///< one, or none yet
    bool m_asking = false;
    QLabel *m_promptLabel, *m_tokensLabel, *m_temperatureLabel;
    QLineEdit* m_prompt;
    QSpinBox* m_tokens;
    QDoubleSpinBox* m_temperature;
    QPushButton* m_ask;
    QStackedWidget* m_stack;
    QLabel *m_hint, *m_originalTitle, *m_exportTitle, *m_reading;
    QTextBrowser *m_original, *m_export;
    ValueTable* m_chances;
    QTableView* m_chancesView;
};

} // namespace octavo::gui
