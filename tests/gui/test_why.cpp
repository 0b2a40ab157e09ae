// SPDX-License-Identifier: GPL-3.0-or-later
// The Why panel against numbers that are worked out from the run folder's arrays here.
#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QtTest>

#include <algorithm>
#include <cmath>

#include "docks/why_panel.h"
#include "docks/why_plot.h"
#include "plot/plot.h"
#include "session/format.h"
#include "session/session.h"
#include "support/session_in.h"
#include "support/synthetic_run.h"

using namespace octavo;
using namespace octavo::gui;

class TestWhy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const std::filesystem::path run = octavo::testing::path_in(folder_, "run");
        octavo::testing::write_synthetic_run(run, {});
        session_ = octavo::testing::session_in(folder_);
        panel_ = std::make_unique<WhyPanel>(*session_);
        panel_->resize(900, 260);
        panel_->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
        QVERIFY(text().contains(QStringLiteral("Choose a matrix")));
        session_->openRun(QString::fromStdString(run.string()));
        QTRY_VERIFY(session_->view().run());
    }

    void theSentenceCountsTheChannelsThatCarryHalf() {
        for (const char* name : {"model.layers.1.mlp.down_proj", "model.layers.3.self_attn.q_proj"}) {
            session_->selection().setMatrix(QLatin1String(name));
            std::vector<float> errors = *session_->view().array(QLatin1String(name), "column_error");
            std::sort(errors.begin(), errors.end(), std::greater<>());
            double total = 0, sum = 0;
            for (const float error : errors) total += double(error);
            int count = 0;
            while (sum < total / 2) sum += double(errors[std::size_t(count++)]);
            const QString expected = QStringLiteral("%1 of %2 input channels").arg(count).arg(errors.size());
            QVERIFY2(text().contains(expected), qPrintable(text() + QStringLiteral(" <> ") + expected));
        }
    }

    void choicesAreThoseOfTheReport() {
        session_->selection().setMatrix(QStringLiteral("model.layers.2.mlp.down_proj"));
        const MatrixReport& report = *session_->view().report(session_->selection().matrix());
        const QAbstractItemModel& model = *panel_->findChild<QTableView*>()->model();
        QHash<QString, double> errors, bytes;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QString choice = model.index(row, 0).data().toString();
            errors[choice] = model.index(row, 1).data(Qt::UserRole).toDouble();
            bytes[choice] = model.index(row, 3).data(Qt::UserRole).toDouble();
        }
        QCOMPARE(errors.value(QStringLiteral("as written, W8A8")), report.relative_error);
        QCOMPARE(errors.value(QStringLiteral("rounded to nearest")), report.relative_error_rounding);
        QCOMPARE(errors.value(QStringLiteral("kept in 16 bit"), -1), 0.0);
        QCOMPARE(bytes.value(QStringLiteral("kept in 16 bit")), double(report.bytes_before));
        QCOMPARE(bytes.value(QStringLiteral("as written, W8A8")), double(report.bytes_after));
    }

    /// Eigenvalues that fall as 1 / √index, written out once more here.
    void theSpectrumIsDrawnAndRead() {
        session_->selection().setMatrix(QStringLiteral("model.layers.2.self_attn.q_proj"));
        const MatrixReport& report = *session_->view().report(session_->selection().matrix());
        const double n = double(report.columns);
        double mean = 0, energy = 0, directions = 0;
        for (int i = 1; i <= int(n); ++i) mean += 1 / std::sqrt(double(i)) / n;
        for (int i = 1; energy < 0.9 * n * mean; ++i) { // the last one in part
            const double own = std::min(1 / std::sqrt(double(i)), 0.9 * n * mean - energy);
            directions += own * std::sqrt(double(i));
            energy += own;
            if (own < 1 / std::sqrt(double(i))) break;
        }
        const double condition = (1 / mean + report.damping) / (1 / std::sqrt(n) / mean + report.damping);
        QVERIFY2(text().contains(QStringLiteral("condition number of its Hessian is %1").arg(numberText(condition, 2))),
                 qPrintable(text()));
        QVERIFY2(text().contains(QStringLiteral("About %1 %").arg(std::lround(100.0 * directions / n))),
                 qPrintable(text()));
        const auto* plot = panel_->findChild<WhyPlot*>()->plot();
        const auto* table = panel_->findChild<QTableView*>();
        QVERIFY(table->isVisible() && !plot->isVisible());
        panel_->findChild<QComboBox*>()->setCurrentIndex(1);
        QVERIFY(plot->isVisible() && !table->isVisible());
        QCOMPARE(plot->graphCount(), 2);
        QCOMPARE(plot->graph(0)->dataCount(), int(n));
        QVERIFY(std::abs(plot->graph(0)->data()->at(0)->value - 1 / mean) < 1e-5);
        QVERIFY(std::abs(plot->graph(0)->data()->at(int(n) - 1)->key - 100) < 1e-3);
        QCOMPARE(plot->graph(1)->data()->at(0)->value, report.damping);
    }

    void theErrorIsSplit() {
        auto* kind = panel_->findChild<QComboBox*>();
        session_->selection().setMatrix(QStringLiteral("model.layers.2.mlp.down_proj"));
        const auto* plot = panel_->findChild<WhyPlot*>()->plot();
        for (const auto& [index, statistic] : {std::pair(2, "column_error"), std::pair(3, "row_error")}) {
            kind->setCurrentIndex(index);
            const auto errors = session_->view().array(session_->selection().matrix(), statistic);
            double total = 0;
            for (const float error : *errors) total += double(error);
            QCOMPARE(plot->graph(0)->dataCount(), int(errors->size()));
            QVERIFY(std::abs(plot->graph(0)->data()->at(17)->value - 100 * double((*errors)[17]) / total) < 1e-9);
        }
        kind->setCurrentIndex(1);
    }

    /// Column for column: the largest energies first, the shares up to each.
    void theErrorIsAddedUpInActOrder() {
        session_->selection().setMatrix(QStringLiteral("model.layers.2.mlp.down_proj"));
        panel_->findChild<QComboBox*>()->setCurrentIndex(4);
        const MatrixReport& report = *session_->view().report(session_->selection().matrix());
        const auto errors = session_->view().array(session_->selection().matrix(), "column_error");
        const auto energy = session_->view().array(QString::fromStdString(report.site), "mean_square_after");
        const auto* plot = panel_->findChild<WhyPlot*>()->plot();
        QCOMPARE(plot->graph(1)->dataCount(), int(errors->size()));
        const std::size_t largest = std::size_t(std::max_element(energy->begin(), energy->end()) - energy->begin());
        double total = 0;
        for (const float error : *errors) total += double(error);
        QVERIFY(std::abs(plot->graph(1)->data()->at(0)->value - 100 * double((*errors)[largest]) / total) < 1e-6);
        QVERIFY(std::abs(plot->graph(1)->data()->at(int(errors->size()) - 1)->value - 100) < 1e-6);
        for (int i = 2; i < int(energy->size()); ++i) { // ever smaller steps
            const auto at = [&](int place) { return plot->graph(0)->data()->at(place)->value; };
            QVERIFY(at(i) - at(i - 1) <= at(i - 1) - at(i - 2) + 1e-9);
        }
        panel_->findChild<QComboBox*>()->setCurrentIndex(1);
    }

    void anOlderRunHasNoSpectrum() {
        octavo::testing::SyntheticRun shape;
        shape.spectrum = false;
        const std::filesystem::path run = folder_.filePath(QStringLiteral("older")).toStdString();
        octavo::testing::write_synthetic_run(run, shape);
        session_->openRun(QString::fromStdString(run.string()));
        QTRY_COMPARE(session_->view().run()->folder, run);
        session_->selection().setMatrix(QStringLiteral("model.layers.2.mlp.down_proj"));
        QTRY_VERIFY(text().contains(QStringLiteral("recorded no spectrum")));
        QVERIFY(!text().contains(QStringLiteral("condition number")));
        QVERIFY(!panel_->findChild<WhyPlot*>()->plot()->isVisible());
    }

private:
    QString text() const {
        QStringList out;
        for (const QLabel* label : panel_->findChildren<QLabel*>()) out << label->text();
        return out.join(QLatin1Char(' '));
    }

    const QTemporaryDir folder_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<WhyPanel> panel_;
};

QTEST_MAIN(TestWhy)
#include "test_why.moc"
