// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory_checks.h"

#include <QtTest>

// Memory of large tensors is kept for the next ones.
class TestMemory final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocks_are_used_again() {
        const RecyclingSeen seen = recycling();
        QVERIFY(seen.same_block);
        QVERIFY(seen.smaller_fits);
        QVERIFY(seen.much_smaller_not);
        QVERIFY(seen.aligned);
        QVERIFY(seen.whole);
        QVERIFY2(seen.kept_at_most > 0 && seen.kept_at_most <= 96 << 20,
                 qPrintable(QString::number(seen.kept_at_most)));
        QCOMPARE(seen.kept_after_release, 0.0);
    }
    void threads_do_not_share_blocks() { QCOMPARE(damaged_by_threads(), 0L); }
};

QTEST_APPLESS_MAIN(TestMemory)
#include "test_memory.moc"
