// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <functional>

#include "allocate/study.h"
#include "engine/engine.h"
#include "engine/workshop.h"
#include "support/golden_model.h"

using namespace octavo;

namespace {

struct Listener final : Sink {
    std::function<void(const Event&)> also;
    void on_event(const Event& event) override { also(event); }
};

bool has_forecast(const SensitivityRow& row) { return row.gradient.has_value(); }

std::ptrdiff_t forecasts(const SensitivityTable& table) {
    return std::count_if(table.rows.begin(), table.rows.end(), has_forecast);
}

} // namespace

// Tier 2 of the sensitivity table through the engine's door; gradients and formula by themselves are in
// model/test_gradient.cpp.
class TestForecast : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Workshop> shop_;

    static SensitivityRequest request(const tiny::fs::path& root, const std::vector<std::string>& schemes) {
        SensitivityRequest out;
        out.model = root / "model";
        out.text = root / "text.txt";
        for (const std::string& name : schemes) out.schemes.push_back(preset(name));
        out.windows = 5;
        out.sequence_length = 48;
        out.threads = 1; // a second one would only wait for it
        out.device = "cpu";
        out.gradient = true;
        out.divergence = false;
        return out;
    }
    SensitivityRequest request(const std::vector<std::string>& schemes) const {
        return request(shop_->root(), schemes);
    }

    static SensitivityTable measure(const SensitivityRequest& request) {
        FanOut nobody({});
        return load_engine().measure_sensitivity(request, nobody, {});
    }

    static void write_text(const tiny::fs::path& file) {
        std::string out;
        for (int i = 0; i < 60; ++i) out += "Line " + std::to_string(i * 37 % 101) + ": the quick brown fox, again.\n";
        tiny::write_text(file, out);
    }

    /// Ratio of what was forecast, on the average over six seeds, to what was measured; of each row. `chooses_experts`:
    /// only of rows behind the last choice: tokens that go to other experts after a change are no matter of gradients,
    /// and in models as tiny as these there are many.
    static std::vector<double> ratios(SensitivityRequest asked, bool chooses_experts = false) {
        constexpr int seeds = 6;
        asked.divergence = true;
        const SensitivityTable measured = measure(asked);
        asked.divergence = false;
        std::vector<double> sums(measured.rows.size());
        for (int seed = 0; seed < seeds; ++seed) {
            asked.seed = static_cast<std::uint64_t>(seed);
            const SensitivityTable table = measure(asked);
            for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += table.rows[i].gradient->mean / seeds;
        }
        std::vector<double> out;
        for (std::size_t i = 0; i < sums.size(); ++i) {
            const SensitivityRow& row = measured.rows[i];
            const bool last = row.layer == measured.layers - 1 && row.group.find("self_attn") == std::string::npos;
            if (last || !chooses_experts) out.push_back(sums[i] / row.kl->mean);
        }
        return out;
    }

private Q_SLOTS:
    void initTestCase() {
        tiny::Options options;
        options.layers = 3;
        shop_ = std::make_unique<Workshop>(options);
        shop_->raise_norms();
        write_text(shop_->root() / "text.txt");
    }

    void forecasts_come_near_measurements_data() {
        QTest::addColumn<QString>("fixture");
        QTest::addColumn<bool>("chooses_experts");
        QTest::newRow("tiny") << QString() << false;
        const auto add = [](const char* name, bool chooses_experts) {
            QTest::newRow(name)
                << QString("%1/model/golden/%2.json").arg(qEnvironmentVariable("OCTAVO_TEST_DATA"), QLatin1String(name))
                << chooses_experts;
        };
        for (const char* name : {"gemma2", "phi3_longrope_partial", "starcoder2"}) add(name, false);
        for (const char* name : {"mixtral", "qwen2_moe_dense_layer", "deepseek_v3"}) add(name, true);
    }
    void forecasts_come_near_measurements() {
        QFETCH(QString, fixture);
        const QTemporaryDir folder;
        tiny::fs::path root = folder.path().toStdString();
        if (fixture.isEmpty()) {
            root = shop_->root();
        } else {
            const golden::Json json = golden::Json::parse(tiny::read_text(fixture.toStdString()));
            constexpr std::int64_t vocabulary = 272; // the tokenizer of the tests has 259 tokens
            golden::write(root / "model", json, golden::tensors(json, vocabulary), "BF16", vocabulary);
            tiny::write_tokenizer(root / "model");
            write_text(root / "text.txt");
        }
        QFETCH(bool, chooses_experts);
        const std::vector<double> found = ratios(request(root, {"W8A8", "FP8_DYNAMIC"}), chooses_experts);
        QVERIFY(found.size() >= (chooses_experts ? 2 : 16));
        double logs = 0;
        for (const double ratio : found) {
            QVERIFY2(ratio > 0.3 && ratio < 3, qPrintable(QString::number(ratio)));
            logs += std::log(ratio) / double(found.size());
        }
        QVERIFY2(std::abs(logs) < std::log(1.4), qPrintable(QString::number(std::exp(logs))));
    }

    void smoothing_of_a_run_is_forecast_too() {
        Recipe recipe = recipe_of("W8A8", SmoothingMode::fixed);
        recipe.smoothing.strength = 0.8;
        shop_->run("smoothed", recipe);
        SensitivityRequest asked = request({"W8A8"});
        const SensitivityTable plain = measure(asked);
        asked.runs = {shop_->root() / "run-smoothed"};
        const SensitivityTable smoothed = measure(asked);
        for (std::size_t i = 0; i < plain.rows.size(); ++i)
            QVERIFY(plain.rows[i].gradient->mean != smoothed.rows[i].gradient->mean);
        const std::vector<double> found = ratios(asked);
        for (std::size_t i = 0; i < found.size(); ++i) {
            // What rounding does to keys alike at all tokens adds up in attention; the score leaves it out.
            const double least = smoothed.rows[i].role == "qkv" ? 0.2 : 0.6;
            QVERIFY2(found[i] > least && found[i] < 1.5, qPrintable(QString::number(found[i])));
        }
    }

    void the_same_seed_gives_the_same_table() {
        SensitivityRequest asked = request({"W8A8", "NVFP4A16"});
        const SensitivityTable first = measure(asked), second = measure(asked);
        QCOMPARE(first.tier(), 2);
        QVERIFY(first.complete);
        asked.memory_bytes = 1; // layer inputs go to a file
        asked.file = shop_->root() / "spilled.json";
        const SensitivityTable spilled = measure(asked);
        asked.file.clear();
        asked.seed = 7;
        const SensitivityTable other = measure(asked);
        for (std::size_t i = 0; i < first.rows.size(); ++i) {
            const GradientMeasure& own = *first.rows[i].gradient;
            QCOMPARE(own.windows.size(), std::size_t(5));
            QCOMPARE(own.tokens, std::int64_t(5 * 47));
            QVERIFY(own.low <= own.mean && own.mean <= own.high);
            for (const SensitivityTable* same : {&second, &spilled}) {
                QCOMPARE(same->rows[i].gradient->mean, own.mean);
                QCOMPARE(same->rows[i].gradient->low, own.low);
                QCOMPARE(same->rows[i].gradient->windows, own.windows);
            }
            QVERIFY(other.rows[i].gradient->mean != own.mean);
        }
    }

    void results_come_while_it_runs_and_an_interrupted_table_goes_on() {
        SensitivityRequest asked = request({"W8A8", "FP8_DYNAMIC"});
        asked.file = shop_->root() / "table.json";
        std::stop_source source;
        std::vector<int> layers;
        Listener listener;
        listener.also = [&](const Event& event) {
            const auto* one = std::get_if<SensitivityMeasured>(&event);
            if (!one || !has_forecast(one->row)) return;
            layers.push_back(one->row.layer);
            if (one->row.layer == 1) source.request_stop();
        };
        try {
            load_engine().measure_sensitivity(asked, listener, source.get_token());
            QFAIL("was not stopped");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::cancelled);
        }
        QCOMPARE(layers.front(), 2); // from the last layer to the first
        const SensitivityTable partial = read_sensitivity(asked.file);
        QVERIFY(!partial.complete);
        QVERIFY(forecasts(partial) > 0 && forecasts(partial) < 24);
        const SensitivityTable whole = measure(asked), fresh = measure(request({"W8A8", "FP8_DYNAMIC"}));
        QVERIFY(whole.complete);
        for (std::size_t i = 0; i < whole.rows.size(); ++i)
            QCOMPARE(whole.rows[i].gradient->mean, fresh.rows[i].gradient->mean);
    }

    void a_stop_is_noticed_before_the_first_result() {
        std::stop_source source;
        int forward = 0, results = 0;
        Listener listener;
        listener.also = [&](const Event& event) {
            if (const auto* one = std::get_if<Progress>(&event); one && one->phase == "gradient" && ++forward == 1)
                source.request_stop();
            if (const auto* one = std::get_if<SensitivityMeasured>(&event); one && has_forecast(one->row)) ++results;
        };
        const SensitivityRequest asked = request({"W8A8"});
        QVERIFY_EXCEPTION_THROWN(load_engine().measure_sensitivity(asked, listener, source.get_token()), Error);
        QCOMPARE(forward, 1);
        QCOMPARE(results, 0);
    }

    void both_tiers_share_a_table() {
        SensitivityRequest asked = request({"W8A8"});
        asked.file = shop_->root() / "both.json";
        const SensitivityTable forecast = measure(asked);
        asked.gradient = false;
        asked.divergence = true;
        const SensitivityTable both = measure(asked);
        QCOMPARE(both.tier(), 3);
        QCOMPARE(forecasts(both), std::ptrdiff_t(12));
        QCOMPARE(both.rows[5].gradient->mean, forecast.rows[5].gradient->mean);
        // Another scheme's forecast leaves what is known alone.
        SensitivityRequest more = request({"FP8_DYNAMIC"});
        more.file = asked.file;
        const SensitivityTable joined = measure(more);
        QCOMPARE(joined.rows.size(), std::size_t(24));
        QCOMPARE(joined.tier(), 2);
        QCOMPARE(joined.find(both.rows[5].group, "W8A8")->kl->mean, both.rows[5].kl->mean);
        // Another protocol is not mixed in.
        more.windows = 3;
        QVERIFY_EXCEPTION_THROWN(measure(more), Error);
    }

    void tables_survive_their_file() {
        SensitivityTable table = measure(request({"W8A8"}));
        table.rows[1].gradient.reset();
        table.rows[1].gradient_missing = msg("The gradient here is NaN or infinite");
        const auto file = shop_->root() / "copy.json";
        write_sensitivity(file, table);
        const SensitivityTable read = read_sensitivity(file);
        QCOMPARE(to_json(read).dump(), to_json(table).dump());
        QCOMPARE(read.rows[0].gradient->windows, table.rows[0].gradient->windows);
        QCOMPARE(read.rows[1].gradient_missing.english(), std::string("The gradient here is NaN or infinite"));
        QVERIFY(!read.rows[1].gradient);
        // As a version without this tier wrote it.
        Json old = to_json(table);
        for (Json& row : old["rows"]) {
            row.erase("gradient");
            row.erase("gradient_missing");
        }
        QCOMPARE(sensitivity_table_from_json(old, "x").tier(), 0);
        for (const Json& wrong : {Json(5), Json("x"), Json{{"mean", "x"}}, Json{{"windows", 3}}}) {
            Json bad = to_json(table);
            bad["rows"][0]["gradient"] = wrong;
            try {
                sensitivity_table_from_json(bad, "x");
                QFAIL("was read");
            } catch (const Error& error) {
                QCOMPARE(error.code(), ErrorCode::unusable_run);
                QCOMPARE(error.place().file, std::string("x"));
            }
        }
    }

    void a_text_of_one_window_has_no_interval() {
        SensitivityRequest asked = request({"W8A8"});
        asked.windows = 1;
        for (const SensitivityRow& row : measure(asked).rows) {
            QVERIFY(row.gradient->mean > 0);
            QVERIFY(std::isnan(row.gradient->low) && std::isnan(row.gradient->high));
        }
    }
};

QTEST_APPLESS_MAIN(TestForecast)
#include "test_forecast.moc"
