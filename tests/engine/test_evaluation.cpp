// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "base/files.h"
#include "engine/evaluation.h"
#include "support/synthetic_run.h"

using namespace octavo;

class TestEvaluation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void evaluation_of_another_export_is_refused() {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("run").toStdString();
        octavo::testing::write_synthetic_run(path);
        RunRecord record = Run::open(path).record;
        const auto keep = [&] { write_file_atomically(path / "run.json", to_json(record).dump()); };
        record.output = folder.filePath("export").toStdString();
        keep();
        check_evaluated_run(path, record.output + "/../export");
        QVERIFY_THROWS_EXCEPTION(Error, check_evaluated_run(path, folder.filePath("other").toStdString()));
        record.status = "running";
        keep();
        QVERIFY_THROWS_EXCEPTION(Error, check_evaluated_run(path, record.output));
        QVERIFY_THROWS_EXCEPTION(Error, check_evaluated_run(folder.path().toStdString(), record.output));
    }
};

QTEST_APPLESS_MAIN(TestEvaluation)
#include "test_evaluation.moc"
