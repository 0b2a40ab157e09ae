// SPDX-License-Identifier: GPL-3.0-or-later
// What a run knows when more than the usual was measured: scales per channel, KL divergence per group, the KV cache.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QTabWidget>
#include <QtTest>

#include "compare/compare_page.h"
#include "compare/run_overlay.h"
#include "export/check_model.h"
#include "models/layer_tree_model.h"
#include "models/value_table.h"
#include "pages.h"
#include "results/memory_plot.h"
#include "results/passage_delegate.h"
#include "results/text_damage.h"
#include "sensitivity/ranking.h"
#include "session/losses.h"
#include "session/session.h"
#include "smoothing/error_plot.h"
#include "support/session_in.h"
#include "support/synthetic_run.h"

using namespace octavo;
using namespace octavo::gui;

namespace {

constexpr std::uint64_t kvBytes = 23040;
int emptyPainters = 0; ///< complaints of QCustomPlot about pixmaps without a pixel
QtMessageHandler formerHandler = nullptr;

void countPainters(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    if (text.contains(QStringLiteral("Paint device returned engine == 0")) ||
        text.contains(QStringLiteral("inactive painter")))
        ++emptyPainters;
    formerHandler(type, context, text);
}

SensitivityRow row(int layer, const std::string& group, std::vector<std::string> roles, double kl) {
    const std::string prefix = "model.layers." + std::to_string(layer) + ".";
    SensitivityRow out;
    out.group = prefix + group;
    out.role = group.substr(group.find('.') + 1);
    out.layer = layer;
    for (const std::string& role : roles) out.modules.push_back(prefix + role);
    out.scheme = "W8A8";
    out.bytes = 100;
    out.bytes_before = 190;
    out.kl = KlMeasure{kl, kl * 0.8, kl * 1.3, 0.97, 2040, {kl, kl}};
    return out;
}

} // namespace

class TestPagesMeasured : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        formerHandler = qInstallMessageHandler(countPainters);
        path_ = octavo::testing::path_in(folder_, "run");
        octavo::testing::SyntheticRun shape;
        shape.balanced = true;
        shape.kv_bytes_per_token = kvBytes;
        shape.windows = {0, 500, 0, 500, 0, 500};
        octavo::testing::write_synthetic_run(path_, shape);
        // The second group is the worst; the first is measured under a scheme that the run did not use, too.
        table_.rows = {row(0, "self_attn.qkv", {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"}, 0.002),
                       row(3, "mlp.down_proj", {"mlp.down_proj"}, 0.02),
                       row(1, "mlp.down_proj", {"mlp.down_proj"}, 0.001)};
        SensitivityRow other = table_.rows[0];
        other.scheme = "FP8_DYNAMIC";
        other.kl->mean = 5;
        table_.rows.push_back(other);
        table_.protocol.windows = 8;
        table_.protocol.sequence_length = 256;
        write_sensitivity(path_ / sensitivity_file_name, table_);
        session_ = octavo::testing::session_in(folder_);
        window_ = std::make_unique<QTabWidget>();
        for (Page* page : makePages(*session_, window_.get())) window_->addTab(page, page->title());
        window_->resize(1000, 700);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        session_->openRun(QString::fromStdString(path_.string()));
        QTRY_VERIFY(session_->view().run());
    }

    void scalesPerChannelAreSaidAndMarked() {
        session_->selection().setSite(QStringLiteral("model.layers.2.mlp_input"));
        Page* page = open(QStringLiteral("smoothing"));
        const auto* plot = page->findChild<ErrorPlot*>();
        QVERIFY(plot->balanced());
        const float expected = session_->view().array(session_->selection().site(), "balanced_error")->at(0);
        QCOMPARE(plot->balanced()->data()->at(0)->value, double(expected));
        QVERIFY(says(page, QStringLiteral("every channel scaled by itself")));
        QVERIFY(says(page, QStringLiteral("scale per channel")));
        // The slider shows a pure strength: then nothing is said of the scales that were used.
        page->findChild<QSlider*>()->setValue(20);
        QTRY_VERIFY(!says(page, QStringLiteral("scale per channel")));
    }

    void divergenceIsRankedWithIntervals() {
        Page* page = open(QStringLiteral("sensitivity"));
        const QCPErrorBars* intervals = nullptr;
        const QCPBars* bars = nullptr;
        for (Plot* plot : page->findChildren<Plot*>())
            for (int i = 0; i < plot->plottableCount(); ++i) {
                if (auto* one = qobject_cast<QCPErrorBars*>(plot->plottable(i)); one && one->data()->size() > 0)
                    intervals = one;
                if (auto* one = qobject_cast<QCPBars*>(plot->plottable(i)); one && one->dataCount() > 0) bars = one;
            }
        QVERIFY(intervals && bars);
        QCOMPARE(bars->dataCount(), 3); // a group once, under the scheme of the run
        QCOMPARE(bars->data()->at(0)->value, 0.02);
        QCOMPARE(bars->data()->at(1)->value, 0.002);
        QVERIFY(std::abs(intervals->data()->at(0).errorMinus - 0.004) < 1e-12);
        QVERIFY(std::abs(intervals->data()->at(0).errorPlus - 0.006) < 1e-12);
    }

    void worstGroupsGoTo16BitAsAWhole() {
        Page* page = open(QStringLiteral("sensitivity"));
        page->findChild<QSpinBox*>()->setValue(2);
        for (auto* button : page->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("&Keep in 16 bit")) QTest::mouseClick(button, Qt::LeftButton);
        for (const char* name : {"3.mlp.down_proj", "0.self_attn.q_proj", "0.self_attn.k_proj", "0.self_attn.v_proj"})
            QCOMPARE(session_->recipe().schemeOf(QStringLiteral("model.layers.") + QLatin1String(name)), QString());
        QCOMPARE(session_->recipe().schemeOf(QStringLiteral("model.layers.1.mlp.down_proj")), QStringLiteral("W8A8"));
        session_->recipe().undoStack().undo();
        page->findChild<QSpinBox*>()->setValue(0);
    }

    void theTreeShowsDivergenceOnceEveryGroupHasIt() {
        LayerTreeModel model(*session_);
        const auto shown = [&](const QString& name) {
            return model.indexOf(name)
                .siblingAtColumn(LayerTreeModel::DamageColumn)
                .data(LayerTreeModel::RawRole)
                .toDouble();
        };
        const RunView& view = session_->view();
        double errors = 0, divergence = 0;
        for (const MatrixReport& report : view.reports()) errors += report.relative_error;
        const QString down = QStringLiteral("model.layers.3.mlp.down_proj"),
                      query = QStringLiteral("model.layers.0.self_attn.q_proj");
        QVERIFY(std::abs(shown(down) - 100 * view.report(down)->relative_error / errors) < 1e-9);
        QStringList alone;
        for (const MatrixReport& report : view.reports()) alone << QString::fromStdString(report.name);
        for (const SensitivityRow& known : table_.rows)
            for (const std::string& module : known.modules) alone.removeAll(QString::fromStdString(module));
        for (const QString& name : alone) {
            SensitivityRow one =
                row(name.section(QLatin1Char('.'), 2, 2).toInt(), name.section(QLatin1Char('.'), 3).toStdString(),
                    {name.section(QLatin1Char('.'), 3).toStdString()}, 0.001);
            session_->view().addSensitivity(QString::fromStdString(path_.string()), one);
        }
        divergence = 0.002 + 0.02 + 0.001 * (1 + double(alone.size()));
        QVERIFY(std::abs(shown(down) - 100 * 0.02 / divergence) < 1e-6);
        QVERIFY(std::abs(shown(query) - 100 * 0.002 / 3 / divergence) < 1e-6); // a third of its group
        session_->view().reloadSensitivity();
        QVERIFY(std::abs(shown(down) - 100 * view.report(down)->relative_error / errors) < 1e-9);
    }

    void rowsShowWhileTheyAreMeasured() {
        Page* page = open(QStringLiteral("sensitivity"));
        session_->view().addSensitivity(QStringLiteral("/another/run"),
                                        row(4, "mlp.down_proj", {"mlp.down_proj"}, 0.5));
        session_->view().addSensitivity(QString::fromStdString(path_.string()),
                                        row(5, "mlp.down_proj", {"mlp.down_proj"}, 0.3));
        page->refreshNow();
        const Ranking ranking(*session_->view().sensitivity(), session_->view().reports());
        QCOMPARE(ranking.entries().size(), std::size_t(4));
        QCOMPARE(ranking.worst(1).first(), QStringLiteral("model.layers.5.mlp.down_proj"));
        const auto* table = page->findChild<ValueTable*>();
        QCOMPARE(table->rowCount(), 4);
        session_->view().reloadSensitivity();
        page->refreshNow();
        QCOMPARE(table->rowCount(), 3);
    }

    void forecastsAreRankedWithIntervals() {
        Page* page = open(QStringLiteral("sensitivity"));
        const QString folder = QString::fromStdString(path_.string());
        for (SensitivityRow one : table_.rows) {
            // The other way round than what was measured.
            one.gradient = GradientMeasure{0.01 / one.kl->mean, 0.005 / one.kl->mean, 0.03 / one.kl->mean, 2040, {}};
            session_->view().addSensitivity(folder, one);
        }
        auto* measures = page->findChild<QComboBox*>();
        measures->setCurrentIndex(int(Ranking::Measure::forecast));
        QVERIFY(QMetaObject::invokeMethod(measures, "activated", Q_ARG(int, measures->currentIndex())));
        page->refreshNow();
        const Ranking ranking(*session_->view().sensitivity(), session_->view().reports(), Ranking::Measure::forecast);
        QCOMPARE(ranking.entries().size(), std::size_t(3));
        QCOMPARE(ranking.worst(1).first(), QStringLiteral("model.layers.1.mlp.down_proj"));
        QCOMPARE(ranking.entries()[0].damage, 10.0);
        QCOMPARE(ranking.entries()[0].low, 5.0);
        QCOMPARE(ranking.entries()[0].divergence.value(), 0.001);
        const QCPBars* bars = nullptr;
        for (Plot* plot : page->findChildren<Plot*>())
            for (int i = 0; i < plot->plottableCount(); ++i)
                if (auto* one = qobject_cast<QCPBars*>(plot->plottable(i)); one && one->dataCount() > 0) bars = one;
        QVERIFY(bars);
        QCOMPARE(bars->data()->at(0)->value, 10.0);
        session_->view().reloadSensitivity();
        page->refreshNow();
        QCOMPARE(page->findChild<ValueTable*>()->rowCount(), 0); // the file has none
    }

    void memoryCountsTheCacheWithoutAModel() {
        Page* page = open(QStringLiteral("results"));
        QVERIFY(!session_->model());
        session_->setServingContext(1000);
        page->refreshNow();
        auto* plot = page->findChild<MemoryPlot*>(QStringLiteral("memory"));
        double cache = 0;
        for (int i = 0; i < plot->plottableCount(); ++i)
            if (plot->plottable(i)->name() == MemoryPlot::kindLabel("kv cache"))
                cache = qobject_cast<QCPBars*>(plot->plottable(i))->data()->at(1)->value;
        QCOMPARE(cache, double(kvBytes) * 750); // every other layer keeps 500 tokens and no more
    }

    void checksFollowTheTarget() {
        Page* page = open(QStringLiteral("export"));
        session_->setTarget(TargetGpu{"V100", {7, 0}, 0, 0});
        page->refreshNow();
        const auto* checks = page->findChild<CheckModel*>();
        const int before = checks->count(Check::Status::pass);
        session_->setTarget(TargetGpu{"L4", {8, 9}, 0, 0});
        page->refreshNow();
        QCOMPARE(checks->count(Check::Status::pass), before + 1); // vLLM starts at 7.5; INT8 is native on 8.9
        session_->setTarget(std::nullopt);
    }

    void runsAreOverlaidAlongTheText() {
        auto* page = qobject_cast<ComparePage*>(open(QStringLiteral("compare")));
        const QString mine = QString::fromStdString(path_.string());
        QTRY_VERIFY(!session_->history().runs().empty());
        page->refreshNow();
        page->choose({mine});
        auto* overlay = page->findChild<RunOverlay*>();
        for (QComboBox* box : page->findChildren<QComboBox*>())
            if (const int at = box->findText(QStringLiteral("loss along the text")); at >= 0) {
                box->setCurrentIndex(at);
                Q_EMIT box->activated(at);
            }
        QTRY_COMPARE(overlay->graphCount(), 1);
        const auto expected = differenceAlongText(*read_losses(path_), 400);
        QCOMPARE(overlay->graph(0)->dataCount(), int(expected.size()));
        QCOMPARE(overlay->graph(0)->data()->at(7)->value, expected[7].second);
    }

    void worstPassagesAreRead() {
        Page* page = open(QStringLiteral("results"));
        page->refreshNow();
        auto* damage = page->findChild<TextDamage*>();
        const ValueTable* table = damage->table();
        QCOMPARE(table->rowCount(), 2);
        // Window 3 of 512 tokens, of which 511 are scored; its first token cannot be.
        QCOMPARE(table->index(0, 0).data(ValueTable::RawRole).toInt(), 3 * 511 + 37);
        QCOMPARE(table->index(0, 1).data(ValueTable::RawRole).toDouble(), 0.31);
        QCOMPARE(table->index(0, 3).data().toString(), QStringLiteral("\" not\" → \" always\""));
        QCOMPARE(table->index(0, 4).data().toString(), QStringLiteral("does not glitter"));
        // The worst token stands out, and nothing of the text is taken for markup.
        Passage passage;
        passage.tokens = {{" <b>", 0.1, 0}, {" x", 2.0, 0}};
        passage.worst = 1;
        const QString html = passageHtml(passage, page->palette(), false);
        QVERIFY2(html.contains(QStringLiteral(" &lt;b&gt;")), qPrintable(html));
        QCOMPARE(html.count(QStringLiteral("font-weight:bold")), 1);
        QVERIFY(html.indexOf(QStringLiteral("font-weight:bold")) > html.indexOf(QStringLiteral("&lt;b&gt;")));
    }

    void plotsWithoutRoomDrawNothing() {
        Plot plot;
        plot.addLine(QStringLiteral("x"), Tone::after)->addData({0, 1}, {0, 1});
        plot.resize(200, 120);
        plot.show();
        plot.replot();
        plot.resize(0, 0);
        plot.replot();
        plot.resize(200, 0);
        plot.replot();
        QCOMPARE(emptyPainters, 0); // neither here nor on any page so far
    }

private:
    Page* open(const QString& id) {
        for (int i = 0; i < window_->count(); ++i)
            if (auto* page = qobject_cast<Page*>(window_->widget(i)); page && page->id() == id) {
                window_->setCurrentIndex(i);
                page->refreshNow();
                return page;
            }
        return nullptr;
    }
    static bool says(Page* page, const QString& words) {
        for (const auto* label : page->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(words)) return true;
        return false;
    }

    QTemporaryDir folder_;
    std::filesystem::path path_;
    SensitivityTable table_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<QTabWidget> window_;
};

QTEST_MAIN(TestPagesMeasured)
#include "test_pages_measured.moc"
