// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "base/files.h"
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
};

QTEST_APPLESS_MAIN(TestRunRecords)
#include "test_run_records.moc"
