// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>

#include <atomic>
#include <cmath>

#include "session/command_line.h"
#include "session/event_relay.h"
#include "session/format.h"
#include "session/layer_selection.h"
#include "session/losses.h"
#include "session/model_info.h"
#include "session/modules.h"
#include "session/recipe_editor.h"
#include "session/run_controller.h"
#include "session/run_view.h"
#include "support/synthetic_run.h"

using namespace octavo;
using namespace octavo::gui;

namespace {

std::vector<SelectableMatrix> selectable(int layers) {
    std::vector<SelectableMatrix> out;
    for (int layer = 0; layer < layers; ++layer) {
        const auto add = [&](const char* name, const char* site) {
            const QString full = matrix(layer, name);
            out.push_back({full, matrix(layer, site), layer});
        };
        add("self_attn.q_proj", "attention_input");
        add("self_attn.k_proj", "attention_input");
        add("mlp.down_proj", "down_input");
    }
    out.push_back({QStringLiteral("lm_head"), {}, -1});
    return out;
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany)); }

    void aRunIsNamedByTheSchemesOfItsMatrices() {
        RunRecord record;
        QCOMPARE(schemesText(record), QString());
        record.recipe = {{"scheme", "W4A16"}};
        QCOMPARE(schemesText(record), QStringLiteral("W4A16"));
        record.recipe = {{"scheme", {{"name", "W8A16"}}}};
        QCOMPARE(schemesText(record), QStringLiteral("W8A16"));
        for (const char* scheme : {"W8A16", "", "W4A16", "W8A16"}) record.layers.emplace_back().scheme = scheme;
        QCOMPARE(schemesText(record), QStringLiteral("W4A16 + W8A16"));
    }

    void selectionAgreesWithItself() {
        LayerSelection selection;
        selection.setMatrices(selectable(3));
        QCOMPARE(selection.matrix(), matrix(0, "self_attn.q_proj"));
        QSignalSpy spy(&selection, &LayerSelection::changed);
        selection.setMatrix(matrix(1, "mlp.down_proj"));
        QCOMPARE(selection.layer(), 1);
        QCOMPARE(selection.siteKind(), QStringLiteral("down_input"));
        selection.setChannel(7);
        selection.walk(1);
        QCOMPARE(selection.matrix(), matrix(2, "mlp.down_proj"));
        QCOMPARE(selection.channel(), 7); // the same channel of the next layer
        QCOMPARE(spy.count(), 3);
        selection.walk(1); // the end
        selection.setMatrix(selection.matrix());
        selection.setSite(selection.site());
        QCOMPARE(spy.count(), 3);
        selection.setSiteKind(QStringLiteral("attention_input"));
        QCOMPARE(selection.matrix(), matrix(2, "self_attn.q_proj"));
        QCOMPARE(selection.channel(), -1); // another input, other channels
        selection.select(matrix(0, "attention_input"), matrix(0, "self_attn.k_proj"), 3);
        QCOMPARE(selection.place(), QStringLiteral("self_attn.k_proj"));
        QCOMPARE(selection.channel(), 3);
        selection.setLayer(2);
        QCOMPARE(selection.matrix(), matrix(2, "self_attn.k_proj"));
    }

    void aNewerRequestSupersedes() {
        RunController controller;
        std::atomic<bool> started = false, stopped = false;
        QList<int> answers;
        controller.request<int>(
            Lane::desk, QStringLiteral("x"), this,
            [&](std::stop_token stop) {
                started = true;
                while (!stop.stop_requested()) QThread::msleep(1);
                stopped = true;
                return 1;
            },
            [&](const int& value) { answers << value; });
        QTRY_VERIFY(started); // one that has not begun would not be begun at all
        controller.request<int>(
            Lane::desk, QStringLiteral("x"), this, [](std::stop_token) { return 2; },
            [&](const int& value) { answers << value; });
        controller.request<int>(
            Lane::desk, QStringLiteral("x"), this, [](std::stop_token) { return 3; },
            [&](const int& value) { answers << value; });
        QTRY_COMPARE(answers, QList<int>{3});
        QVERIFY(stopped);
    }

    void errorsComeBackAsValues() {
        RunController controller;
        QSignalSpy failed(&controller, &RunController::failed);
        controller.request<int>(
            Lane::engine, QStringLiteral("bad"), this,
            [](std::stop_token) -> int {
                throw Error(ErrorCode::unusable_data, msg("line %1 is broken", 7), msg("mend it"));
            },
            [](const int&) { QFAIL("no value"); });
        QTRY_COMPARE(failed.count(), 1);
        const auto problem = failed.first().first().value<Problem>();
        QVERIFY(problem.code == ErrorCode::unusable_data);
        QCOMPARE(translated(problem.message), QStringLiteral("line 7 is broken"));
        controller.request<int>(
            Lane::engine, QStringLiteral("bad"), this, [](std::stop_token) -> int { throw std::bad_alloc(); },
            [](const int&) {});
        QTRY_COMPARE(failed.count(), 2);
        const auto memory = failed.last().first().value<Problem>();
        QVERIFY(memory.code == ErrorCode::out_of_memory);
        QCOMPARE(translated(memory.message), QStringLiteral("There is not enough memory"));
        QCOMPARE(translated(memory.advice), QStringLiteral("Use fewer or shorter samples, or close other programs."));
    }

    void nobodyIsCalledAfterTheReceiverIsGone() {
        RunController controller;
        auto receiver = std::make_unique<QObject>();
        bool called = false;
        controller.request<int>(
            Lane::desk, QStringLiteral("a"), receiver.get(), [](std::stop_token) { return 1; },
            [&](const int&) { called = true; });
        receiver.reset();
        bool after = false;
        controller.request<int>(
            Lane::desk, QStringLiteral("b"), this, [](std::stop_token) { return 1; },
            [&](const int&) { after = true; });
        QTRY_VERIFY(after);
        QVERIFY(!called);
    }

    void onlyTheLatestProgressIsKept() {
        EventRelay relay;
        for (int i = 0; i < 1000; ++i) {
            Progress progress;
            progress.phase = "calibrate";
            progress.layer = i;
            relay.on_event(progress);
        }
        relay.on_event(PhaseStarted{"export"});
        const std::vector<Event> events = relay.take();
        QCOMPARE(events.size(), std::size_t(2));
        QCOMPARE(std::get<Progress>(events.back()).layer, 999);
        QVERIFY(relay.take().empty());
    }

    void anEvaluationIsKeptInTheRunFolder() {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("run")).toStdString();
        octavo::testing::SyntheticRun shape;
        shape.metrics = shape.losses = false;
        octavo::testing::write_synthetic_run(path, shape);
        QVERIFY(!read_losses(path));
        EvaluateResult result;
        result.metrics.perplexity = 12.5;
        result.metrics.reference_perplexity = 12.25;
        result.metrics.tokens = 3;
        result.tokens.ids = {5, 6, 7};
        result.tokens.loss = {0.5f, 1.5f, 2.5f};
        result.tokens.reference_loss = {0.25f, 1.25f, 2.25f};
        result.tokens.kl = {0.01f, 0.02f, 0.03f};
        store_evaluation(path, result);
        RunView view;
        view.show(std::make_shared<const Run>(Run::open(path)));
        QVERIFY(view.metrics());
        QCOMPARE(view.metrics()->perplexity, 12.5);
        QVERIFY(view.losses());
        QCOMPARE(view.losses()->ids, (std::vector<std::int32_t>{5, 6, 7}));
        QCOMPARE(view.losses()->kl, (std::vector<float>{0.01f, 0.02f, 0.03f}));
        QCOMPARE(view.reports().size(), std::size_t(shape.layers) * 7);
    }

    void passagesAreReadableWithoutTheModel() {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("run")).toStdString();
        octavo::testing::SyntheticRun shape;
        shape.metrics = shape.losses = false;
        octavo::testing::write_synthetic_run(path, shape);
        EvaluateResult result;
        result.tokens.ids = {5, 6, 7};
        result.tokens.loss = {3, 3, 3};
        result.tokens.reference_loss = {2, 2, 2};
        result.report.texts.emplace_back();
        Passage passage;
        passage.before = "The quick";
        passage.tokens = {{" brown", 0.5, 1}, {" fox", 0.1, 0.2}};
        passage.expected = " red";
        result.report.texts.front().worst = {passage};
        store_evaluation(path, result);
        RunView view;
        view.show(std::make_shared<const Run>(Run::open(path)));
        QVERIFY(view.comparison());
        const Passage& kept = view.comparison()->texts.at(0).worst.at(0);
        QCOMPARE(kept.before, std::string("The quick"));
        QCOMPARE(kept.tokens.at(1).text, std::string(" fox"));
        QCOMPARE(kept.expected, std::string(" red"));
        // With a damaged file the figures stay.
        QFile words(QString::fromStdString((path / comparison_file_name).string()));
        QVERIFY(words.open(QIODevice::WriteOnly | QIODevice::Truncate));
        words.write("{\"schema\": 1, \"texts\": [7, ");
        words.close();
        RunView again;
        again.show(std::make_shared<const Run>(Run::open(path)));
        QVERIFY(!again.comparison());
        QVERIFY(again.losses());
    }

    // A mixture of experts with latent attention: every expert is a place of its own, here and in the next layer.
    void expertsAndLatentsHavePlacesAndNames() {
        std::vector<SelectableMatrix> matrices;
        for (int layer = 0; layer < 2; ++layer) {
            const QString prefix = QStringLiteral("model.layers.%1.").arg(layer);
            matrices.push_back(
                {prefix + QStringLiteral("self_attn.q_b_proj"), prefix + QStringLiteral("query_latent"), layer});
            for (int expert = 0; expert < 3; ++expert)
                for (const char* role : {"gate_proj", "down_proj"})
                    matrices.push_back(
                        {prefix + QStringLiteral("mlp.experts.%1.%2").arg(expert).arg(QLatin1String(role)),
                         prefix + QStringLiteral("experts.%1.%2")
                                      .arg(expert)
                                      .arg(QLatin1String(role[0] == 'g' ? "mlp_input" : "down_input")),
                         layer});
        }
        LayerSelection selection;
        selection.setMatrices(matrices);
        selection.setMatrix(QStringLiteral("model.layers.0.mlp.experts.2.down_proj"));
        QCOMPARE(selection.siteKind(), QStringLiteral("experts.2.down_input"));
        selection.walk(1);
        QCOMPARE(selection.matrix(), QStringLiteral("model.layers.1.mlp.experts.2.down_proj"));
        QCOMPARE(selection.siteName(0, QStringLiteral("experts.1.mlp_input")),
                 QStringLiteral("model.layers.0.experts.1.mlp_input"));
        selection.setSiteKind(QStringLiteral("query_latent"));
        QCOMPARE(selection.matrix(), QStringLiteral("model.layers.1.self_attn.q_b_proj"));
        QCOMPARE(layerLabel(QStringLiteral("model.layers.7.query_latent")),
                 QStringLiteral("7 · latent of the queries (q_b)"));
        QCOMPARE(layerLabel(QStringLiteral("model.layers.7.key_value_latent")),
                 QStringLiteral("7 · latent of keys and values (kv_b)"));
        QCOMPARE(layerLabel(QStringLiteral("model.layers.7.experts.12.down_input")),
                 QStringLiteral("7 · expert 12: down projection input (down)"));
        QCOMPARE(layerLabel(QStringLiteral("model.layers.7.shared_expert.down_input")),
                 QStringLiteral("7 · shared expert: down projection input (down)"));
        QCOMPARE(layerLabel(QStringLiteral("model.layers.7.mlp.experts.12.up_proj")),
                 QStringLiteral("7 · mlp.experts.12.up_proj"));
    }

    // What a run says without its model: the matrices that vLLM fuses are known by their names.
    void aRunAloneKnowsItsFusedSets() {
        RunRecord record;
        for (const char* role : {"q_a_proj", "kv_a_proj_with_mqa", "q_b_proj", "o_proj"})
            record.layers.push_back({std::string("model.layers.0.self_attn.") + role, role, "W8A8", {}, 0});
        for (const char* role : {"w1", "w3", "w2"})
            record.layers.push_back(
                {std::string("model.layers.0.block_sparse_moe.experts.1.") + role, role, "W8A8", {}, 0});
        for (const char* role : {"q_proj", "kv_a_proj_with_mqa"})
            record.layers.push_back({std::string("model.layers.1.self_attn.") + role, role, "W8A8", {}, 1});
        RecipeEditor editor;
        editor.setModules(modulesOf(record));
        const auto partners = [&](const char* name) { return editor.withPartners({QString::fromLatin1(name)}).size(); };
        QCOMPARE(partners("model.layers.0.self_attn.q_a_proj"), 2);
        QCOMPARE(partners("model.layers.0.self_attn.q_b_proj"), 1);
        QCOMPARE(partners("model.layers.0.block_sparse_moe.experts.1.w3"), 2);
        QCOMPARE(partners("model.layers.0.block_sparse_moe.experts.1.w2"), 1);
        QCOMPARE(partners("model.layers.1.self_attn.q_proj"), 1);
    }

    // Every sentence within a sentence is looked up by itself; numbers take the language's point, names do not.
    void messagesWithinMessagesAreTranslated() {
        struct Translator : QTranslator {
            bool isEmpty() const override { return false; }
            QString translate(const char* context, const char* source, const char*, int) const override {
                if (QLatin1String(context) != QLatin1String("core")) return {};
                if (QLatin1String(source) == QLatin1String("it is a folder"))
                    return QStringLiteral("es ist ein Ordner");
                return QLatin1String(source) == QLatin1String("%1: %2") ? QStringLiteral("%1, denn %2") : QString();
            }
        } translator;
        QCoreApplication::installTranslator(&translator);
        QCOMPARE(translated(msg("%1: %2", "/a/8.9/x", msg("it is a folder"))),
                 QStringLiteral("/a/8.9/x, denn es ist ein Ordner"));
        QCoreApplication::removeTranslator(&translator);
        QCOMPARE(translated(msg("between %1 and %2", "0.12", 1.5)), QStringLiteral("between 0,12 and 1,5"));
        QCOMPARE(translated(msg("Octavo %1", "0.1.0")), QStringLiteral("Octavo 0.1.0"));
    }

    void commandLinesSayTheSame() {
        QuantizeRequest request;
        request.model = "/models/My Model";
        request.output = "/out/x";
        request.recipe = Recipe::for_scheme(preset("FP8_DYNAMIC"));
        QCOMPARE(quantizeCommand(request),
                 QStringLiteral("octavo-cli quantize '/models/My Model' --output /out/x --scheme FP8_DYNAMIC"));
        request.recipe = Recipe::for_scheme(preset("W8A8"));
        QVERIFY(
            quantizeCommand(request).endsWith(QStringLiteral("--scheme W8A8 --samples 512 --sequence-length 2048")));
        request.recipe.ignore.push_back("re:.*down_proj");
        const QString text = quantizeCommand(request);
        QVERIFY(text.startsWith(QStringLiteral("cat > recipe.json <<'RECIPE'\n")));
        QVERIFY(text.contains(QStringLiteral("--recipe recipe.json")));
        QCOMPARE(shellWord(QStringLiteral("it's")), QStringLiteral("'it'\\''s'"));
    }

    void numbersOnScreenFollowTheLocale() {
        QCOMPARE(bytesText(1536), QStringLiteral("1,5\u00a0KiB"));
        QCOMPARE(bytesText(269060096), QStringLiteral("256,6\u00a0MiB"));
        QCOMPARE(numberText(0.0154321, 3), QStringLiteral("0,0154"));
        QCOMPARE(numberText(std::nan("")), QStringLiteral("–"));
        QCOMPARE(durationText(3725), QStringLiteral("1:02:05"));
        QCOMPARE(layerLabel(QStringLiteral("model.layers.12.mlp.down_proj")), QStringLiteral("12 · mlp.down_proj"));
        QCOMPARE(layerLabel(QStringLiteral("lm_head")), QStringLiteral("lm_head"));
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "test_session.moc"
