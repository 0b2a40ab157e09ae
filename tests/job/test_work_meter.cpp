// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <thread>

#include "job/work_meter.h"

using namespace octavo;

class TestWorkMeter : public QObject {
    Q_OBJECT

private:
    static void pass(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); }

private Q_SLOTS:
    void time_is_counted_once() {
        WorkMeter meter;
        const auto started = std::chrono::steady_clock::now();
        {
            const WorkMeter::Timing outer = meter.time("forward");
            pass(4);
            {
                const WorkMeter::Timing inner = meter.time("solve");
                pass(8);
                const WorkMeter::Timing innermost = meter.time("store");
                pass(2);
            }
            pass(4);
        }
        pass(5); // nobody's
        const double whole = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        const std::vector<StageRecord> stages = meter.take();
        QCOMPARE(stages.size(), std::size_t(3));
        QCOMPARE(stages[0].name, std::string("forward"));
        QCOMPARE(stages[1].name, std::string("solve"));
        QCOMPARE(stages[2].name, std::string("store"));
        // Sleeps last at least as long as asked; what they last longer is in `whole` too.
        QVERIFY(stages[0].seconds >= 0.008 && stages[1].seconds >= 0.008 && stages[2].seconds >= 0.002);
        QVERIFY(stages[0].seconds + stages[1].seconds + stages[2].seconds <= whole - 0.005);
        QVERIFY(meter.take().empty());
    }

    void the_limit_adds_up_what_is_known() {
        WorkMeter meter;
        meter.add("forward", {.products = 4e9, .integer_products = 6e9});
        meter.add("forward", {.products = 2e9, .narrow_products = 10e9});
        meter.add("store", {.bytes = 1e9});
        meter.add("smooth", {});
        meter.set_rates({.products = 3e9, .narrow_products = 20e9, .integer_products = 12e9});
        const std::vector<StageRecord> stages = meter.take();
        QCOMPARE(stages[0].limit_seconds, 3.0); // 6 / 3 + 10 / 20 + 6 / 12
        QCOMPARE(stages[1].limit_seconds, 0.0); // the rate of copies was not measured
        QCOMPARE(stages[2].limit_seconds, 0.0);
    }

    void copying_has_a_rate() {
        const double rate = measure_copy_rate(1);
        QVERIFY2(rate > 1e8 && rate < 1e13, qPrintable(QString::number(rate)));
    }
};

QTEST_GUILESS_MAIN(TestWorkMeter)
#include "test_work_meter.moc"
