// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of results has besides figures: memory of serving, and original and export answering the same prompt.
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTextBlock>
#include <QTextBrowser>

#include <thread>

#include "results/answers_tab.h"
#include "results/memory_plot.h"
#include "results/serving_tab.h"
#include "support/flow.h"

using namespace octavo;
using namespace octavo::gui;

class TestResultsTabs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        tiny::write(flow_.file("model"));
        flow_.start();
        flow_.openModel(flow_.path("model"));
        flow_.setCalibration(4, 48);
        run_ = flow_.quantize();
        QTRY_VERIFY(flow_.session().view().metrics());
        tab_ = flow_.page("results")->findChild<AnswersTab*>();
        QVERIFY(tab_);
        for (auto* tabs : flow_.page("results")->findChildren<QTabWidget*>())
            if (tabs->indexOf(tab_) >= 0) tabs->setCurrentWidget(tab_);
        QVERIFY(tab_->isVisible());
    }

    void saysWhatItIsFor() {
        QVERIFY(texts().contains(QStringLiteral("side by side")));
        QVERIFY(button()->isEnabled());
        tab_->findChild<QLineEdit*>()->clear();
        QVERIFY(!button()->isEnabled()); // nothing to ask
        tab_->findChild<QLineEdit*>()->setText(QStringLiteral("Why?"));
        QVERIFY(button()->isEnabled());
    }

    void theFoldersAnswer() {
        tab_->findChild<QSpinBox*>()->setValue(12);
        QSignalSpy found(&flow_.controller(), &RunController::answersFound),
            finished(&flow_.controller(), &RunController::answersFinished);
        QTest::mouseClick(button(), Qt::LeftButton);
        QVERIFY(flow_.controller().isRunning());
        QVERIFY(finished.wait(60000));
        QCOMPARE(found.count(), 1);
        const auto answers = found.first().at(1).value<std::vector<Answers>>();
        QCOMPARE(answers.size(), 1u);
        QCOMPARE(answers.front().prompt, std::string("Why?"));
        QVERIFY(answers.front().original.tokens <= 12 && answers.front().original.tokens > 0);
        QVERIFY(texts().contains(QString::fromStdString(reading(answers.front()).english())));
        QVERIFY(button()->isEnabled());
        QVERIFY2(!flow_.window().messages()->isVisible(), qPrintable(flow_.message()));
        QVERIFY(flow_.session().view().metrics()); // the run is still the one that is shown
    }

    /// What the core found, as it stands in the two columns and in the line below.
    void theFirstDifferentTokenIsMarked() {
        Answers one;
        one.original = {"The sky is ", "blue", ", <they> say.\nYes", 9};
        one.candidate = {"The sky is ", "grey", " today", 5};
        one.divergence = Divergence{3, 17, 18, 0.5, 0.4375, 0.375, 0.4};
        PromptsRequest asked;
        const AnswerWork work = [&](const PromptsRequest& request, Sink&, std::stop_token) {
            asked = request;
            return std::vector{one};
        };
        ask(work);
        QCOMPARE(QString::fromStdString(asked.original.string()), flow_.path("model"));
        QVERIFY(tiny::fs::exists(asked.candidate / "model.safetensors"));
        QCOMPARE(asked.prompts.size(), 1u);
        QCOMPARE(asked.prompts[0][0].content, std::string("Why?"));
        QCOMPARE(asked.tokens, 12);
        const QTextBrowser* const columns[] = {tab_->findChild<QTextBrowser*>(QStringLiteral("original")),
                                               tab_->findChild<QTextBrowser*>(QStringLiteral("export"))};
        QCOMPARE(columns[0]->toPlainText(), QStringLiteral("The sky is blue, <they> say.\nYes"));
        QCOMPARE(columns[1]->toPlainText(), QStringLiteral("The sky is grey today"));
        QCOMPARE(marked(columns[0]), QStringLiteral("blue"));
        QCOMPARE(marked(columns[1]), QStringLiteral("grey"));
        QVERIFY(texts().contains(QStringLiteral("near a tie")));
        const auto* chances = tab_->findChild<QTableView*>();
        QVERIFY(chances->isVisible());
        const auto number = [&](int row, int column) {
            return chances->model()->index(row, column).data(Qt::UserRole).toDouble();
        };
        QCOMPARE(number(0, 1), 0.5);
        QCOMPARE(number(0, 2), 0.375);
        QCOMPARE(number(1, 1), 0.4375);
        QCOMPARE(number(1, 2), 0.4);

        one.divergence->original_of_candidate = 0.01;
        ask(work);
        QVERIFY(texts().contains(QStringLiteral("clear preference")));

        one = {"Why?", {"Both.", "", "", 2}, {"Both.", "", "", 2}, {}};
        ask(work);
        QVERIFY(texts().contains(QStringLiteral("are the same")));
        QVERIFY(!chances->isVisible());
        QCOMPARE(marked(columns[0]), QString());
    }

    void canBeCancelled() {
        const AnswerWork work = [](const PromptsRequest&, Sink& sink, std::stop_token stop) -> std::vector<Answers> {
            sink.on_event(PhaseStarted{"generate"});
            while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            throw Error(ErrorCode::cancelled, msg("Cancelled"));
        };
        tab_->setWork(work);
        QSignalSpy finished(&flow_.controller(), &RunController::answersFinished);
        QTest::mouseClick(button(), Qt::LeftButton);
        QTRY_VERIFY(button()->text().contains(QStringLiteral("ancel")));
        QVERIFY(button()->isEnabled());
        QTest::mouseClick(button(), Qt::LeftButton);
        QVERIFY(finished.count() > 0 || finished.wait(5000));
        QCOMPARE(finished.first().at(1).toBool(), false);
        QTRY_VERIFY(button()->text().contains(QStringLiteral("nswers")));
        QVERIFY(!flow_.window().messages()->isVisible());
        QVERIFY(texts().contains(QStringLiteral("side by side")));
    }

    void saysWhenTheExportIsGone() {
        const QString output = runJson(run_)[QStringLiteral("output")].toString();
        QVERIFY(QFile::rename(output, output + QStringLiteral("-elsewhere")));
        tab_->refresh();
        QVERIFY(!button()->isEnabled());
        QVERIFY(texts().contains(QStringLiteral("no longer in ") + output));
        QVERIFY(QFile::rename(output + QStringLiteral("-elsewhere"), output));
        tab_->refresh();
        QVERIFY(button()->isEnabled());
    }

    void servingFollowsThePlan() {
        auto* tab = flow_.page("results")->findChild<ServingTab*>();
        for (auto* tabs : flow_.page("results")->findChildren<QTabWidget*>())
            if (tabs->indexOf(tab) >= 0) tabs->setCurrentWidget(tab);
        const auto card = ServingRules::instance().find("L4");
        flow_.session().setTarget(card);
        auto* context = flow_.field<QSpinBox>(tab, QStringLiteral("Context"));
        auto* sequences = flow_.field<QSpinBox>(tab, QStringLiteral("Sequences"));
        auto* cache = flow_.field<QComboBox>(tab, QStringLiteral("KV cache"));
        auto* cards = flow_.field<QComboBox>(tab, QStringLiteral("Cards"));
        QVERIFY(context && sequences && cache && cards);
        context->setValue(100);
        QCOMPARE(flow_.session().servingContext(), std::int64_t(100));
        sequences->setValue(5);
        Flow::settle();
        QVERIFY(tab->plot()->isVisible());
        // 100 tokens are 7 blocks of 16; two layers with two key/value heads of 8 channels, keys and values in 16 bit.
        const double kv = 5 * 7 * 16 * 2 * 2 * 8 * 2 * 2;
        QCOMPARE(bar(tab, "kv cache", 1), kv);
        const QJsonObject kinds = runJson(run_)[QStringLiteral("bytes_by_kind")].toObject();
        for (const auto& [row, when] : {std::pair(0, "before"), std::pair(1, "after")})
            for (const char* kind : {"mlp", "attention", "embeddings", "norms"})
                QCOMPARE(bar(tab, kind, row), kinds[QLatin1String(when)].toObject()[QLatin1String(kind)].toDouble());
        QVERIFY(bar(tab, "activations", 0) >= 512.0 * 1024 * 1024);
        QCOMPARE(bar(tab, "graphs", 0), bar(tab, "graphs", 1));
        QVERIFY(says(tab, QStringLiteral("Sequences of 100 tokens that fit at once")));

        cache->setCurrentIndex(2);
        QCOMPARE(bar(tab, "kv cache", 0), kv / 2);
        QVERIFY(!says(tab, QStringLiteral("cannot be split")));
        cards->setCurrentIndex(cards->findText(QStringLiteral("8")));
        QVERIFY(says(tab, QStringLiteral("4 attention heads cannot be split over 8 cards")));
        QCOMPARE(bar(tab, "kv cache", 0), kv / 4); // two heads: more cards than that share no further
        sequences->setValue(4096);
        context->setValue(1 << 22);
        Flow::settle();
        QVERIFY(says(tab, QStringLiteral("exceeds the limit")));
    }

    void cleanupTestCase() { flow_.close(); }

private:
    QPushButton* button() const { return tab_->findChild<QPushButton*>(); }

    /// Bytes of a kind as they are drawn.
    static double bar(ServingTab* tab, const char* kind, int row) {
        const MemoryPlot* plot = tab->plot();
        for (int i = 0; i < plot->plottableCount(); ++i)
            if (auto* bars = qobject_cast<QCPBars*>(const_cast<MemoryPlot*>(plot)->plottable(i));
                bars && bars->name() == MemoryPlot::kindLabel(kind))
                return bars->data()->at(row)->value;
        return 0;
    }

    static bool says(QWidget* root, const QString& text) {
        for (const QLabel* label : root->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(text)) return true;
        return false;
    }

    QString texts() const {
        QStringList out;
        for (const QLabel* label : tab_->findChildren<QLabel*>())
            if (label->isVisible()) out << label->text();
        return out.join(QLatin1Char('\n'));
    }

    void ask(const AnswerWork& work) {
        tab_->setWork(work);
        QSignalSpy finished(&flow_.controller(), &RunController::answersFinished);
        QTest::mouseClick(button(), Qt::LeftButton);
        QVERIFY(finished.count() > 0 || finished.wait(10000));
    }

    /// The text that stands on a ground of its own.
    static QString marked(const QTextBrowser* column) {
        QString out;
        for (QTextBlock block = column->document()->begin(); block.isValid(); block = block.next())
            for (auto part = block.begin(); !part.atEnd(); ++part)
                if (part.fragment().charFormat().background().style() != Qt::NoBrush) out += part.fragment().text();
        return out;
    }

    Flow flow_;
    QString run_;
    AnswersTab* tab_ = nullptr;
};

QTEST_MAIN(TestResultsTabs)
#include "test_results_tabs.moc"
