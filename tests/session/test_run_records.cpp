// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "base/files.h"
#include "session/run_controller.h"
#include "session/run_history.h"
#include "session/run_records.h"
#include "support/synthetic_run.h"

using namespace octavo;
using namespace octavo::gui;

class TestRunRecords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRecordIsReadOnceAndAgainWhenItChanges() {
        const QTemporaryDir folder;
        const std::filesystem::path run = folder.filePath(QStringLiteral("run")).toStdString();
        octavo::testing::write_synthetic_run(run, {});
        RunRecords records;
        const auto first = records.of(run);
        QCOMPARE(records.of(run).get(), first.get());
        RunRecord changed = *first;
        changed.status = "failed, and measured again";
        write_file_atomically(run / "run.json", to_json(changed).dump());
        const auto second = records.of(run);
        QVERIFY(second.get() != first.get());
        QCOMPARE(second->status, changed.status);
        std::filesystem::remove(run / "run.json");
        QVERIFY_EXCEPTION_THROWN(records.of(run), Error);
    }

    void theHistoryReadsOnlyWhatHasChanged() {
        const QTemporaryDir folder;
        const std::filesystem::path run = folder.filePath(QStringLiteral("run")).toStdString(), file = run / "run.json";
        octavo::testing::write_synthetic_run(run, {});
        RunController controller;
        RunHistory history(controller);
        QSignalSpy changed(&history, &RunHistory::changed);
        history.setFolder(folder.path());
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(history.runs().size(), std::size_t(1));
        QVERIFY(history.runs().front().record.layers.empty());
        QCOMPARE(history.runs().front().scheme, QStringLiteral("W8A8"));
        // What cannot be read, and yet looks as before: nobody tries to.
        const auto written = std::filesystem::last_write_time(file);
        write_file_atomically(file, std::string(std::filesystem::file_size(file), '?'));
        std::filesystem::last_write_time(file, written);
        history.refresh();
        QTRY_COMPARE(changed.count(), 2);
        QCOMPARE(history.runs().size(), std::size_t(1));
        write_file_atomically(file, "?");
        history.refresh();
        QTRY_COMPARE(changed.count(), 3);
        QVERIFY(history.runs().empty());
    }
};

QTEST_GUILESS_MAIN(TestRunRecords)
#include "test_run_records.moc"
