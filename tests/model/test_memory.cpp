// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory_checks.h"

#include <QtTest>

// Memory of large tensors is kept for the next ones; a device that has too little gets less at a time.
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
    void all_at_once_where_it_fits() {
        const PortionsSeen seen = portions_of(10, 10, 2);
        QCOMPARE(seen.done, (std::vector<Range>{{0, 10}, {0, 10}}));
        QCOMPARE(seen.attempts, std::int64_t(2));
    }
    void halves_until_it_fits_and_stays_there() {
        // 10 and 5 are too many; the second run knows that.
        const PortionsSeen seen = portions_of(10, 4, 2);
        const std::vector<Range> once{{0, 2}, {2, 4}, {4, 6}, {6, 8}, {8, 10}};
        std::vector<Range> twice = once;
        twice.insert(twice.end(), once.begin(), once.end());
        QCOMPARE(seen.done, twice);
        QCOMPARE(seen.attempts, std::int64_t(12));
        QCOMPARE(seen.most_after, std::int64_t(2));
        QVERIFY(!seen.refused);
    }
    void one_item_that_does_not_fit_is_refused() {
        const PortionsSeen seen = portions_of(6, 0, 1);
        QVERIFY(seen.refused);
        QVERIFY(seen.done.empty());
        QCOMPARE(seen.attempts, std::int64_t(3)); // 6, 3, 1
    }
    void nothing_to_do() { QCOMPARE(portions_of(0, 0, 1).attempts, std::int64_t(0)); }
    void other_errors_are_not_about_memory() { QVERIFY(other_errors_pass()); }
    void tokens_at_once_follow_free_memory() {
        const std::uint64_t gib = std::uint64_t(1) << 30, token = 400000;
        QCOMPARE(tokens_that_fit(80 * gib, token), std::int64_t(4096)); // never more
        QCOMPARE(tokens_that_fit(12 * gib, token), std::int64_t(2048)); // 1.5 GiB hold 4026
        QCOMPARE(tokens_that_fit(12 * gib + 13107, token), std::int64_t(2048));
        QCOMPARE(tokens_that_fit(gib / 4, token), std::int64_t(512)); // never fewer
        QCOMPARE(tokens_that_fit(0, token), std::int64_t(512));       // not known
        QCOMPARE(tokens_that_fit(gib, 0), std::int64_t(4096));
    }
    void threads_do_not_share_blocks() { QCOMPARE(damaged_by_threads(), 0L); }
};

QTEST_APPLESS_MAIN(TestMemory)
#include "test_memory.moc"
