// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QtTest>

#include "session/command_line.h"
#include "session/session.h"
#include "setup/input_options.h"
#include "setup/mixture_dialog.h"
#include "setup/setup_panel.h"
#include "setup/solver_options.h"
#include "support/session_in.h"
#include "support/tiny_model.h"

using namespace octavo;
using namespace octavo::gui;

/// The set-up panel writes what the command line would have been told.
class TestSetup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        tiny::write(folder_.filePath(QStringLiteral("model")).toStdString(), {});
        session_ = octavo::testing::session_in(folder_);
        panel_ = std::make_unique<SetupPanel>(*session_, &quantize_);
        panel_->resize(360, 1100);
        panel_->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
        session_->openModel(folder_.filePath(QStringLiteral("model")));
        QTRY_VERIFY(session_->model());
    }
    void init() { session_->recipe().setPreset(preset("W8A8")); }
    void cleanupTestCase() {
        panel_.reset();
        session_.reset();
    }

    void inputsTakeAFixedScale() {
        auto* box = panel_->findChild<InputOptionsBox*>();
        auto* kind = box->findChild<QComboBox*>();
        auto* percentile = box->findChild<QDoubleSpinBox*>();
        QVERIFY(box->isVisible() && !percentile->isEnabled());
        choose(kind, QStringLiteral("One fixed scale and zero point"));
        QVERIFY(recipe().scheme == with_static_input(preset("W8A8"), false));
        QVERIFY(percentile->isEnabled());
        percentile->setValue(99.9);
        QCOMPARE(recipe().activation_percentile, 99.9);
        QVERIFY(!session_->recipe().problem());
        choose(kind, QStringLiteral("A scale per token"));
        QVERIFY(recipe().scheme == preset("W8A8"));
        QCOMPARE(recipe().activation_percentile, 100.0);
        QVERIFY(!session_->recipe().problem());
        session_->recipe().undoStack().undo();
        QCOMPARE(recipe().activation_percentile, 99.9);
        session_->recipe().setPreset(preset("FP8"));
        QVERIFY(box->isVisible() && !kind->isEnabled() && percentile->isEnabled());
        session_->recipe().setPreset(preset("W4A16"));
        QVERIFY(!box->isVisible());
    }

    void theSolverHasItsOptions() {
        auto* box = panel_->findChild<SolverOptionsBox*>();
        const auto boxes = box->findChildren<QComboBox*>();
        QCOMPARE(boxes.size(), 3);
        choose(boxes[1], QStringLiteral("By least error"));
        choose(boxes[2], QStringLiteral("Of the residual stream"));
        box->findChild<QSpinBox*>()->setValue(3);
        for (QCheckBox* check : box->findChildren<QCheckBox*>()) check->setChecked(true);
        const SolverOptions& solver = recipe().solver;
        QVERIFY(solver.method == SolverMethod::gptq && solver.scales == ScaleMethod::least_squares);
        QVERIFY(solver.correction == Correction::residual && solver.relative && solver.activation_order);
        QCOMPARE(solver.sweeps, 3);
        choose(boxes[0], QStringLiteral("Round to nearest"));
        QVERIFY(recipe().solver.method == SolverMethod::round_to_nearest);
        QVERIFY(!boxes[2]->isEnabled() && boxes[1]->isEnabled());
    }

    void weightsAloneMayBeScaledFirst() {
        session_->recipe().setPreset(preset("W4A16"));
        QCheckBox* scaling = nullptr;
        for (auto* check : panel_->findChildren<QCheckBox*>())
            if (check->text().contains(QStringLiteral("AWQ"))) scaling = check;
        QVERIFY(scaling && scaling->isVisible() && scaling->isChecked()); // by default
        QVERIFY(recipe().smoothing.rule == SmoothingRule::awq && recipe().smoothing.mode == SmoothingMode::automatic);
        scaling->setChecked(false);
        QVERIFY(recipe().smoothing.mode == SmoothingMode::off);
        QVERIFY(recipe().needs_data()); // for the scales
        session_->recipe().undoStack().undo();
        QVERIFY(scaling->isChecked() && recipe().smoothing.mode == SmoothingMode::automatic);
    }

    void dataMayBeMixed() {
        QComboBox* source = nullptr;
        for (auto* box : panel_->findChildren<QComboBox*>())
            if (box->accessibleName() == QStringLiteral("Calibration data")) source = box;
        QVERIFY(source);
        choose(source, QStringLiteral("Text that the model writes"));
        QCOMPARE(session_->request().mixture.size(), 1u);
        QVERIFY(session_->request().mixture.front().kind == DataSource::Kind::self);
        QCOMPARE(source->currentText(), QStringLiteral("Text that the model writes"));
        choose(source, QStringLiteral("Mix several…"));
        auto* dialog = panel_->window()->findChild<MixtureDialog*>();
        QVERIFY(dialog);
        auto* parts = dialog->findChild<QTableWidget*>();
        QCOMPARE(parts->rowCount(), 1);
        for (auto* button : dialog->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Add built-in chats")) button->click();
        QCOMPARE(parts->rowCount(), 2);
        qobject_cast<QDoubleSpinBox*>(parts->cellWidget(1, 1))->setValue(3);
        QCOMPARE(parts->item(0, 2)->text(), QStringLiteral("25.0 %"));
        QCOMPARE(parts->item(1, 2)->text(), QStringLiteral("75.0 %"));
        dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
        QCOMPARE(session_->request().mixture.size(), 2u);
        QCOMPARE(session_->request().mixture.back().weight, 3.0);
        QCOMPARE(source->currentText(), QStringLiteral("2 data sets"));
        const QString command = quantizeCommand(session_->request());
        QVERIFY2(command.contains(QStringLiteral("--data self:1 --data builtin:3")), qPrintable(command));
        choose(source, QStringLiteral("Built-in chats"));
        QVERIFY(session_->request().mixture.empty());
    }

private:
    const Recipe& recipe() const { return session_->recipe().recipe(); }
    /// As a person does: the entry becomes current, then it is activated.
    static void choose(QComboBox* box, const QString& text) {
        const int index = box->findText(text);
        QVERIFY2(index >= 0, qPrintable(text));
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    }

    QTemporaryDir folder_;
    QAction quantize_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<SetupPanel> panel_;
};

QTEST_MAIN(TestSetup)
#include "test_setup.moc"
