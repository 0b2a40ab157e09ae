// SPDX-License-Identifier: GPL-3.0-or-later
// The Why panel against numbers that are worked out from the run folder's arrays here.
#include <QLabel>
#include <QTableView>
#include <QtTest>

#include <algorithm>

#include "docks/why_panel.h"
#include "session/session.h"
#include "support/synthetic_run.h"

using namespace octavo;
using namespace octavo::gui;

class TestWhy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        qputenv("OCTAVO_DATA", folder_.filePath(QStringLiteral("data")).toUtf8());
        const std::filesystem::path run = folder_.filePath(QStringLiteral("run")).toStdString();
        octavo::testing::write_synthetic_run(run, {});
        session_ = std::make_unique<Session>();
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
