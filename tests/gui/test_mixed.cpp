// SPDX-License-Identifier: GPL-3.0-or-later
// The page "Mixed precision": what it draws, and that dragging and pinning change the recipe.
#include <QPushButton>
#include <QTabWidget>
#include <QtTest>

#include <array>

#include "pages.h"
#include "pareto/pareto_page.h"
#include "pareto/scheme_map.h"
#include "session/session.h"
#include "support/session_in.h"
#include "support/synthetic_run.h"

using namespace octavo;
using namespace octavo::gui;

namespace {

constexpr int layers = 4;
constexpr std::uint64_t before = 20000, eight = 10100, four = 5300, other = 50000;
/// Sizes of two runs.
constexpr std::uint64_t large_run = other + 6 * eight + 2 * four, small_run = other + 2 * eight + 6 * four;
constexpr std::array schemes{"W8A8", "W4A16"};

/// The damage of a group rises with its layer: down_proj in four bits is by far the worst.
double damageOf(int layer, bool down, bool narrow) { return 1e-4 * (layer + 1) * (down ? 5 : 1) * (narrow ? 20 : 1); }

SensitivityTable table() {
    SensitivityTable out;
    out.fingerprint = "made-up";
    out.layers = layers;
    out.other_bytes = other;
    out.schemes.assign(schemes.begin(), schemes.end());
    out.protocol.windows = 8;
    out.protocol.sequence_length = 256;
    out.complete = true;
    for (int layer = 0; layer < layers; ++layer)
        for (const bool down : {false, true})
            for (const bool narrow : {false, true}) {
                const std::string prefix = "model.layers." + std::to_string(layer) + ".";
                SensitivityRow row;
                row.group = prefix + (down ? "mlp.down_proj" : "mlp.gate_up");
                row.role = down ? "down_proj" : "gate_up";
                row.layer = layer;
                row.modules = down ? std::vector<std::string>{prefix + "mlp.down_proj"}
                                   : std::vector<std::string>{prefix + "mlp.gate_proj", prefix + "mlp.up_proj"};
                row.scheme = schemes[narrow];
                row.parameters = 10000;
                row.bytes_before = before;
                row.bytes = narrow ? four : eight;
                row.bits_per_weight = 8.0 * double(row.bytes) / 10000;
                const double kl = damageOf(layer, down, narrow);
                row.kl = KlMeasure{kl, kl * 0.9, kl * 1.1, 0.98, 2000, {kl}};
                out.rows.push_back(row);
            }
    return out;
}

/// The least damage of all 3⁸ mixes within a size, by trying them.
double leastDamage(double bytes) {
    double best = 1e9;
    for (int code = 0; code < 6561; ++code) {
        double size = double(other), damage = 0;
        for (int group = 0, rest = code; group < 2 * layers; ++group, rest /= 3) {
            size += rest % 3 == 0 ? double(before) : rest % 3 == 1 ? double(eight) : double(four);
            if (rest % 3) damage += damageOf(group / 2, group % 2, rest % 3 == 2);
        }
        if (size <= bytes) best = std::min(best, damage);
    }
    return best;
}

} // namespace

class TestMixed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const std::filesystem::path run = octavo::testing::path_in(folder_, "run");
        octavo::testing::SyntheticRun shape;
        shape.layers = layers;
        shape.bytes_after = large_run;
        octavo::testing::write_synthetic_run(run, shape);
        shape.bytes_after = small_run;
        octavo::testing::write_synthetic_run(run.parent_path() / "without-table", shape);
        write_sensitivity(run / sensitivity_file_name, table());
        session_ = octavo::testing::session_in(folder_);
        window_ = std::make_unique<QTabWidget>();
        for (Page* page : makePages(*session_, window_.get())) {
            window_->addTab(page, page->title());
            if (page->id() == QLatin1String("pareto")) page_ = qobject_cast<ParetoPage*>(page);
        }
        QVERIFY(page_);
        window_->resize(1000, 760);
        window_->setCurrentWidget(page_);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        session_->openRun(QString::fromStdString(run.string()));
        QTRY_VERIFY(page_->mix().chosen());
        page_->refreshNow();
        plot_ = page_->findChild<FrontPlot*>();
    }

    void aRunStandsOnItsOwnSize() {
        QCOMPARE(page_->mix().budget(), double(large_run));
        // The table is the first run's, the size is its own; and back again.
        for (const auto& [name, bytes] : {std::pair("without-table", small_run), std::pair("run", large_run)}) {
            session_->openRun(folder_.filePath(QLatin1String(name)));
            QTRY_COMPARE(page_->mix().budget(), double(bytes));
        }
    }

    void theLineHoldsTheBestMixes() {
        const QCPGraph* line = plot_->graph(0);
        QVERIFY(line->data()->size() > 8);
        for (const QCPGraphData& point : *line->data())
            QVERIFY2(std::abs(point.value - leastDamage(point.key + 0.5)) < 1e-12,
                     qPrintable(QString::number(point.key)));
        // One scheme for all stands beside it, at the sum of its groups.
        double sum = 0;
        for (int group = 0; group < 2 * layers; ++group) sum += damageOf(group / 2, group % 2, true);
        const QCPGraphData narrow = *plot_->graph(1)->data()->constBegin();
        QCOMPARE(narrow.key, double(other + 8 * four));
        QVERIFY(std::abs(narrow.value - sum) < 1e-12);
    }

    void draggingTheChosenMixChangesTheRecipe() {
        const QPoint from = chosenAt();
        const QPoint to(int(plot_->xAxis->coordToPixel(double(other + 4 * eight + 4 * four))), from.y());
        QTest::mousePress(plot_, Qt::LeftButton, Qt::NoModifier, from);
        QMouseEvent move(QEvent::MouseMove, QPointF(to), plot_->mapToGlobal(QPointF(to)), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(plot_, &move);
        QTest::mouseRelease(plot_, Qt::LeftButton, Qt::NoModifier, to);
        const Allocation& chosen = *page_->mix().chosen();
        QVERIFY(chosen.bytes < other + 5 * eight + 3 * four);
        const auto& groups = page_->mix().allocator()->groups();
        for (std::size_t i = 0; i < groups.size(); ++i)
            for (const std::string& name : groups[i].modules)
                QCOMPARE(session_->recipe().schemeOf(QString::fromStdString(name)),
                         QString::fromStdString(chosen.schemes[i]));
        // The drag is one step back.
        const int steps = session_->recipe().undoStack().index();
        QCOMPARE(steps, 1);
        QCOMPARE(session_->recipe().undoStack().undoText(), QStringLiteral("Mixed precision"));
    }

    void aClickPinsAGroup() {
        auto* map = page_->findChild<SchemeMap*>();
        const auto& groups = page_->mix().allocator()->groups();
        const std::string kept = page_->mix().chosen()->schemes[0];
        const QPoint cell(int(map->xAxis->coordToPixel(0)), int(map->yAxis->coordToPixel(0)));
        QTest::mouseClick(map, Qt::LeftButton, Qt::NoModifier, cell);
        QCOMPARE(page_->mix().pins(), std::size_t(1));
        QVERIFY(groups.size() == 2 * layers);
        QTest::keyClick(plot_, Qt::Key_Right);
        for (int i = 0; i < 30; ++i) QTest::keyClick(plot_, Qt::Key_Left);
        QCOMPARE(page_->mix().chosen()->schemes[0], kept);
        QCOMPARE(page_->mix().chosen()->schemes[1], std::string("W4A16")); // at the small end all others are
        for (auto* button : page_->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Re&move pins")) QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(page_->mix().pins(), std::size_t(0));
    }

private:
    QPoint chosenAt() const {
        for (int i = 0; i < plot_->graphCount(); ++i)
            if (plot_->graph(i)->name() == QStringLiteral("chosen mix")) {
                const auto point = plot_->graph(i)->data()->constBegin();
                return {int(plot_->xAxis->coordToPixel(point->key)), int(plot_->yAxis->coordToPixel(point->value))};
            }
        return {};
    }

    const QTemporaryDir folder_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<QTabWidget> window_;
    ParetoPage* page_ = nullptr;
    FrontPlot* plot_ = nullptr;
};

QTEST_MAIN(TestMixed)
#include "test_mixed.moc"
