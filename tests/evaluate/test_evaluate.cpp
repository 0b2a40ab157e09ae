// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <numeric>
#include <set>

#include "base/resources.h"
#include "engine/engine.h"
#include "engine/workshop.h"
#include "job/job.h"

using namespace octavo;

namespace {

std::string lines(int from, int to) {
    std::string out;
    for (int i = from; i < to; ++i)
        out += "Row " + std::to_string(i * 37 % 101) + ": if (x <= y) { return \"brown fox\"; }\n";
    return out;
}

} // namespace

class TestEvaluate : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Workshop> shop_;

    EvaluateRequest request() const {
        EvaluateRequest out;
        out.model = shop_->root() / "fp8";
        out.reference = shop_->root() / "model";
        out.texts = {shop_->root() / "a.txt"};
        out.sequence_length = 40;
        out.threads = 1; // a second one would only wait for it
        out.device = "cpu";
        return out;
    }

    static EvaluateResult evaluate(const EvaluateRequest& request) {
        FanOut nobody({});
        return load_engine().evaluate(request, nobody, {});
    }

    static Error refusal(const std::function<void()>& work) {
        try {
            work();
        } catch (const Error& error) {
            return error;
        }
        return Error(ErrorCode::internal, msg("nothing was refused"));
    }

private Q_SLOTS:
    void initTestCase() {
        shop_ = std::make_unique<Workshop>();
        shop_->run("fp8", recipe_of("FP8_DYNAMIC", SmoothingMode::off, SolverMethod::round_to_nearest));
        tiny::write_text(shop_->root() / "a.txt", lines(0, 12));
        tiny::write_text(shop_->root() / "b.txt", lines(30, 36));
    }

    void several_texts_give_what_each_gives_alone() {
        EvaluateRequest both = request(), second = request();
        both.texts.push_back(shop_->root() / "b.txt");
        second.texts = {shop_->root() / "b.txt"};
        const EvaluateResult together = evaluate(both), a = evaluate(request()), b = evaluate(second);
        QCOMPARE(together.report.texts.size(), std::size_t(2));
        const auto same = [](const Metrics& x, const Metrics& y) {
            return x.tokens == y.tokens && x.text == y.text && x.windows == y.windows &&
                   std::abs(x.kl_divergence.value / y.kl_divergence.value - 1) < 1e-4 &&
                   std::abs(x.perplexity / y.perplexity - 1) < 1e-5;
        };
        QVERIFY(same(together.report.texts[0].metrics, a.metrics));
        QVERIFY(same(together.report.texts[1].metrics, b.metrics));
        QCOMPARE(together.metrics.tokens, a.metrics.tokens + b.metrics.tokens);
    }

    void breakdowns_add_up_to_the_whole() {
        const EvaluateResult result = evaluate(request());
        const Comparison& one = result.report.texts.at(0);
        const TokenLosses& tokens = result.tokens;
        const double count = double(tokens.loss.size());
        for (const auto* parts : {&one.classes, &one.positions}) {
            double sum = 0, kl = 0, same = 0;
            for (const Breakdown& part : *parts) {
                sum += double(part.tokens);
                kl += part.kl_divergence.value * double(part.tokens);
                same += part.same_top * double(part.tokens);
            }
            QCOMPARE(sum, count);
            QVERIFY(std::abs(kl / count / result.metrics.kl_divergence.value - 1) < 1e-6);
            QVERIFY(std::abs(same / count - result.metrics.same_top) < 1e-9);
        }
        QCOMPARE(std::accumulate(one.kl_histogram.begin(), one.kl_histogram.end(), std::int64_t(0)),
                 std::int64_t(tokens.loss.size()));
        QCOMPARE(int(one.window_kl.size()), result.metrics.windows);
        double worse = 0;
        for (std::size_t i = 0; i < tokens.ids.size(); ++i)
            worse += tokens.reference_top[i] == tokens.ids[i] && tokens.top[i] != tokens.ids[i];
        QVERIFY(std::abs(one.flips_worse - worse / count) < 1e-9);
        QVERIFY(one.top5_agreement > 0.5 && one.top5_agreement <= 1);
        QVERIFY(std::any_of(one.classes.begin(), one.classes.end(), [](auto& part) { return part.name == "digits"; }));
        QVERIFY(std::any_of(one.classes.begin(), one.classes.end(), [](auto& part) { return part.name == "code"; }));
    }

    void a_model_agrees_with_itself() {
        EvaluateRequest self = request();
        self.model = self.reference;
        const Comparison one = evaluate(self).report.texts.at(0);
        QCOMPARE(one.top5_agreement, 1.0);
        QCOMPARE(one.flips_worse + one.flips_better, 0.0);
        QCOMPARE(one.kl_histogram.at(0), one.metrics.tokens);
    }

    void the_worst_passages_are_found_and_can_be_read() {
        const EvaluateResult result = evaluate(request());
        const Comparison& one = result.report.texts.at(0);
        QVERIFY(!one.worst.empty());
        double before = 1e9;
        const std::string text = tiny::read_text(shop_->root() / "a.txt");
        for (const Passage& passage : one.worst) {
            QVERIFY(passage.kl <= before);
            before = passage.kl;
            std::string readable = passage.before;
            double sum = 0;
            for (const PassageToken& token : passage.tokens) {
                readable += token.text;
                sum += token.kl;
            }
            // Bytes are tokens here, so the passage is found in the text, and at its place.
            const std::size_t at = std::size_t(passage.window * 40 + passage.position);
            QCOMPARE(text.substr(at - passage.before.size(), readable.size()), readable);
            QVERIFY(std::abs(sum / double(passage.tokens.size()) - passage.kl) < 1e-9);
        }
    }

    void models_that_do_not_belong_together_are_refused() {
        tiny::Options options;
        options.seed = 77;
        const Workshop stranger(options);
        EvaluateRequest mixed = request();
        mixed.reference = stranger.root() / "model";
        const Error error = refusal([&] { evaluate(mixed); });
        QCOMPARE(error.code(), ErrorCode::unusable_model);
        QVERIFY(error.message().english().find("embeddings") != std::string::npos);
    }

    /// The reference's token ids may lie beyond the model's embedding: that is no fault of the tokenizer.
    void models_of_other_shapes_are_refused_as_such_data() {
        QTest::addColumn<int>("layers");
        QTest::addColumn<qint64>("vocabulary");
        QTest::newRow("larger vocabulary") << 2 << qint64(304);
        QTest::newRow("smaller vocabulary") << 2 << qint64(264);
        QTest::newRow("more layers") << 3 << qint64(272);
    }
    void models_of_other_shapes_are_refused_as_such() {
        QFETCH(int, layers);
        QFETCH(qint64, vocabulary);
        tiny::Options options;
        options.layers = layers;
        options.vocabulary = vocabulary;
        const Workshop stranger(options);
        EvaluateRequest mixed = request();
        mixed.reference = stranger.root() / "model";
        const Error error = refusal([&] { evaluate(mixed); });
        QCOMPARE(error.code(), ErrorCode::unusable_model);
        QCOMPARE(error.place().file, mixed.reference.string());
        const std::string shape = std::to_string(layers) + " and " + std::to_string(vocabulary);
        QVERIFY2(error.message().english().find(shape) != std::string::npos, error.message().english().c_str());
    }

    void a_text_shorter_than_a_window_is_scored_and_said() {
        struct Listener final : Sink {
            std::string warnings;
            void on_event(const Event& event) override {
                if (const auto* line = std::get_if<LogLine>(&event); line && line->level == LogLevel::warning)
                    warnings += line->message.english();
            }
        } listener;
        EvaluateRequest both = request();
        tiny::write_text(shop_->root() / "short.txt", "Row 37");
        both.texts.push_back(shop_->root() / "short.txt");
        const EvaluateResult result = load_engine().evaluate(both, listener, {});
        QCOMPARE(result.report.texts.at(1).metrics.windows, 1);
        QVERIFY(listener.warnings.find("short.txt is shorter than a window of 40 tokens") != std::string::npos);
        QVERIFY(listener.warnings.find("a.txt") == std::string::npos);
    }

    void the_built_in_questions_are_sound() {
        std::ifstream file(resource("questions.jsonl"));
        std::set<std::string> questions;
        std::array<int, 4> places{};
        for (std::string line; std::getline(file, line);) {
            const auto one = nlohmann::json::parse(line);
            const auto choices = one.at("choices").get<std::set<std::string>>();
            QVERIFY2(choices.size() == 4 && one.at("choices").size() == 4, line.c_str());
            QVERIFY2(questions.insert(one.at("question")).second, line.c_str());
            ++places.at(one.at("answer").get<std::size_t>());
        }
        QCOMPARE(questions.size(), std::size_t(200));
        for (const int count : places) QVERIFY(count > 30); // always taking one place wins nothing
    }

    void questions_are_answered_and_paired() {
        std::string file;
        for (int i = 0; i < 6; ++i)
            file += Json{{"question", "Row " + std::to_string(i) + ":"},
                         {"choices", {"if (x", "brown", "qzj"}},
                         {"answer", i % 2 ? Json("B") : Json(0)}}
                        .dump() +
                    "\n";
        tiny::write_text(shop_->root() / "questions.jsonl", file);
        EvaluateRequest asked = request();
        asked.questions = shop_->root() / "questions.jsonl";
        const auto choices = evaluate(asked).report.choices;
        QVERIFY(choices && choices->reference_accuracy);
        QCOMPARE(choices->questions, std::int64_t(6));
        const double change = double(choices->gained - choices->lost) / 6;
        QVERIFY(std::abs(choices->accuracy.value - choices->reference_accuracy->value - change) < 1e-9);
        asked.model = asked.reference;
        const auto same = evaluate(asked).report.choices;
        QCOMPARE(same->lost + same->gained, std::int64_t(0));
        QCOMPARE(same->p_value, 1.0);
    }

    /// A choice's likelihood by the long way: the losses that the evaluation reports for the same tokens.
    void the_answer_is_the_choice_of_the_largest_likelihood_per_byte() {
        const std::string question = "The fox";
        const std::vector<std::string> choices{"is brown", "no", "1234567"};
        std::size_t best = 0;
        double largest = -1e9;
        for (std::size_t i = 0; i < choices.size(); ++i) {
            tiny::write_text(shop_->root() / "one.txt", question + " " + choices[i]);
            EvaluateRequest single = request();
            single.model = single.reference;
            single.reference.clear();
            single.texts = {shop_->root() / "one.txt"};
            const std::vector<float> loss = evaluate(single).tokens.loss;
            // The last bytes are the choice with its space.
            const double sum = std::accumulate(loss.end() - std::ptrdiff_t(choices[i].size()) - 1, loss.end(), 0.0);
            const double score = -sum / double(choices[i].size());
            if (score > largest) {
                largest = score;
                best = i;
            }
        }
        for (std::size_t right = 0; right < choices.size(); ++right) {
            Json line{{"question", question}, {"choices", choices}, {"answer", right}};
            tiny::write_text(shop_->root() / "one.jsonl", line.dump() + "\n");
            EvaluateRequest asked = request();
            asked.model = asked.reference;
            asked.reference.clear();
            asked.questions = shop_->root() / "one.jsonl";
            const auto result = evaluate(asked).report.choices;
            QCOMPARE(result->accuracy.value, right == best ? 1.0 : 0.0);
        }
    }

    void broken_question_files_name_the_line_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no JSON") << QByteArray("{\"question\": ");
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("no choices") << QByteArray("{\"question\": \"a\", \"answer\": 0}");
        QTest::newRow("one choice") << QByteArray("{\"question\": \"a\", \"choices\": [\"x\"], \"answer\": 0}");
        QTest::newRow("empty choice") << QByteArray("{\"question\": \"a\", \"choices\": [\"x\", \"\"], \"answer\": 0}");
        QTest::newRow("answer too large")
            << QByteArray("{\"question\": \"a\", \"choices\": [\"x\", \"y\"], \"answer\": 2}");
        QTest::newRow("negative answer") << QByteArray(
            "{\"question\": \"a\", \"choices\": [\"x\", \"y\"], \"answer\": -1}");
        QTest::newRow("answer unknown") << QByteArray(
            "{\"question\": \"a\", \"choices\": [\"x\", \"y\"], \"answer\": \"z\"}");
    }
    void broken_question_files_name_the_line() {
        QFETCH(QByteArray, line);
        const std::string good = "{\"question\": \"a\", \"choices\": [\"x\", \"y\"], \"answer\": \"y\"}\n\n";
        tiny::write_text(shop_->root() / "broken.jsonl", good + line.toStdString() + "\n");
        EvaluateRequest asked = request();
        asked.questions = shop_->root() / "broken.jsonl";
        const Error error = refusal([&] { evaluate(asked); });
        QCOMPARE(error.code(), ErrorCode::unusable_data);
        QCOMPARE(error.place().line, 3L);
    }
};

QTEST_APPLESS_MAIN(TestEvaluate)
#include "test_evaluate.moc"
