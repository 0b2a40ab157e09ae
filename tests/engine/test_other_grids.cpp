// SPDX-License-Identifier: GPL-3.0-or-later
// What other grids are said to do to a matrix of a finished run, against runs that have those grids.
#include <QTest>

#include "allocate/rounding_choices.h"
#include "engine/workshop.h"

using namespace octavo;

class TestOtherGrids : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Workshop> shop_;

    Recipe recipe(const char* scheme, ScaleMethod scales) const {
        Recipe out = recipe_of(scheme, SmoothingMode::off, SolverMethod::gptq);
        out.solver.scales = scales;
        return out;
    }
    Run run(const std::string& name, const Recipe& recipe) const {
        shop_->run(name, recipe);
        return Run::open(shop_->root() / ("run-" + name));
    }
    static double rounding(const Run& run, const std::string& matrix) {
        for (const MatrixReport& report : run.record.layers)
            if (report.name == matrix) return report.relative_error_rounding;
        return 0;
    }

private Q_SLOTS:
    void initTestCase() {
        tiny::Options options;
        options.hidden = 128;
        options.intermediate = 64;
        shop_ = std::make_unique<Workshop>(options);
    }

    void forecasts_are_near_what_runs_find() {
        const auto least = ScaleMethod::weighted_least_squares;
        const Run own = run("own", recipe("W4A16_G32", least)), row = run("row", recipe("W4A16_CHANNEL", least)),
                  extremes = run("extremes", recipe("W4A16_G32", ScaleMethod::extremes));
        for (const std::string matrix : {"model.layers.0.self_attn.q_proj", "model.layers.1.mlp.gate_proj"}) {
            const std::vector<OtherGrid> grids = other_grids(own, matrix, 1, {});
            QCOMPARE(grids.size(), std::size_t(4)); // a row, 128, 64; extremes
            for (const OtherGrid& grid : grids) {
                if (grid.other_groups && grid.choice.group_size != 0) continue;
                const double measured = rounding(grid.other_groups ? row : extremes, matrix) / rounding(own, matrix);
                QVERIFY2(measured > 1.02,
                         qPrintable(
                             QString("%1: %2").arg(grid.choice.group_size).arg(measured))); // else nothing is foretold
                QVERIFY2(std::abs(grid.factor / measured - 1) < 0.15,
                         qPrintable(QString("%1 for %2").arg(grid.factor).arg(measured)));
            }
        }
    }

    void what_cannot_be_told_is_left_out() {
        const Run no_data = run("fp8", recipe_of("FP8_DYNAMIC", SmoothingMode::off, SolverMethod::round_to_nearest));
        QVERIFY(other_grids(no_data, "model.layers.0.self_attn.q_proj", 1, {}).empty());
        const Run data = run("w8", recipe("W8A16_CHANNEL", ScaleMethod::weighted_least_squares));
        QVERIFY(other_grids(data, "lm_head", 1, {}).empty());
        Run gone = data;
        gone.record.model.path = (shop_->root() / "nowhere").string();
        QVERIFY_THROWS_EXCEPTION(Error, other_grids(gone, "model.layers.0.self_attn.q_proj", 1, {}));
    }
};

QTEST_APPLESS_MAIN(TestOtherGrids)
#include "test_other_grids.moc"
