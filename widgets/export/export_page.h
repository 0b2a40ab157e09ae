// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/vllm_trial.h"
#include "page.h"
#include "report/run_record.h"

class QComboBox;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace octavo::gui {

class CheckModel;

/// Will it load, and how do I start it? Check list, command line, and a trial in vLLM itself where there is one.
class ExportPage final : public Page {
    Q_OBJECT

public:
    explicit ExportPage(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("export"); }
    QString title() const override { return tr("Export"); }
    QString intro() const override;
    QString emptyText() const override;
    bool hasContent() const override;
    void refresh() override;
    void retranslate() override;
    QString command() const; ///< as shown
    VllmTrial& trial() { return m_trial; }

private:
    QLayout* buildForm();
    QLayout* buildTrial();
    void connectAll();
    void fillTargets();
    void showCommand();
    Check targetCheck() const; ///< whether the chosen target can run what this run made
    void verify();
    void tryInVllm();
    void browse();
    QString folder() const; ///< of the shown run's export
    std::string scheme() const;

    VllmTrial m_trial;
    QLabel* m_folderLabel;
    QLabel* m_folder;
    QPushButton* m_openFolder;
    QLabel* m_nextLabel;
    QLineEdit* m_next;
    QPushButton* m_browse;
    QLabel* m_targetLabel;
    QComboBox* m_target;
    QPushButton* m_verify;
    QLabel* m_summary;
    CheckModel* m_checks;
    QTableView* m_checkView;
    QLabel* m_support;
    QLabel* m_commandLabel;
    QPlainTextEdit* m_command;
    QPushButton* m_copy;
    QPushButton* m_try;
    QPushButton* m_stop;
    QLineEdit* m_prompt;
    QLabel* m_trialState;
    QPlainTextEdit* m_answer;
    QString m_shownRun;
    std::vector<Check> m_found; ///< by the verifier, whatever the target is
};

} // namespace octavo::gui
