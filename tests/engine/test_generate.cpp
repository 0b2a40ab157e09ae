// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "engine/engine.h"
#include "workshop.h"

using namespace octavo;

namespace {

using Rows = std::vector<std::vector<std::int32_t>>;

GenerateRequest writing(const Workshop& shop, Rows prompts, std::int64_t length) {
    GenerateRequest out;
    out.model = shop.root() / "model";
    out.prompts = std::move(prompts);
    out.length = length;
    out.stop_at_end = false;
    out.device = "cpu";
    out.threads = 2;
    return out;
}

Rows written(const GenerateRequest& request) {
    FanOut nobody({});
    return load_engine().generate(request, nobody, {});
}

ErrorCode refusal(const GenerateRequest& request) {
    try {
        written(request);
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::internal;
}

} // namespace

// Text that a model writes; that a text in pieces is the text as a whole is for tests/model/test_golden.cpp.
class TestGenerate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_go_on_from_their_prompts() {
        const Workshop shop;
        const Rows prompts{{1, 2, 3}, {4}, {5, 6, 7}, {8, 9, 10, 11, 12, 13}};
        GenerateRequest request = writing(shop, prompts, 6);
        const Rows rows = written(request);
        QCOMPARE(rows.size(), prompts.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE(rows[i].size(), 6u);
            QVERIFY(std::equal(prompts[i].begin(), prompts[i].end(), rows[i].begin()));
            for (const std::int32_t id : rows[i]) QVERIFY(id >= 0 && id < shop.options().vocabulary);
        }
        QVERIFY(rows == written(request)); // same seed
        request.seed = 43;
        QVERIFY(rows != written(request));
    }

    /// The most likely token each time, however that is asked for and wherever the text was cut.
    void without_temperature_the_likeliest() {
        const Workshop shop;
        GenerateRequest request = writing(shop, {{10, 20, 30}}, 12);
        request.temperature = 0;
        const Rows rows = written(request);
        request.temperature = 1;
        request.top_p = 1e-9;
        QVERIFY(rows == written(request));
        const Rows first = written(writing(shop, {{rows[0].begin(), rows[0].begin() + 7}}, 7));
        QVERIFY(first == (Rows{{rows[0].begin(), rows[0].begin() + 7}})); // nothing left to write
        request = writing(shop, {{rows[0].begin(), rows[0].begin() + 7}}, 12);
        request.temperature = 0;
        QVERIFY(rows == written(request)); // the text does not depend on where it was cut
    }

    void ends_with_the_end() {
        const Workshop shop;
        // Hot enough that every token comes up, the end (257) among them.
        GenerateRequest request = writing(shop, Rows(20, {1}), 200);
        request.temperature = 50;
        request.stop_at_end = true;
        std::size_t ended = 0;
        for (const auto& row : written(request)) {
            const auto end = std::find(row.begin() + 1, row.end(), 257);
            QVERIFY(end == row.end() || end == row.end() - 1);
            ended += end != row.end();
        }
        QVERIFY(ended > 5 && ended < 20);
    }

    /// Nearly flat logits: every token comes about equally often.
    void hot_text_is_spread_evenly() {
        const Workshop shop;
        GenerateRequest request = writing(shop, Rows(64, {1}), 101);
        request.temperature = 100;
        std::map<std::int32_t, double> counts;
        double all = 0;
        for (const auto& row : written(request))
            for (auto token = row.begin() + 1; token != row.end(); ++token, ++all) counts[*token] += 1;
        const double expected = all / double(shop.options().vocabulary);
        double chi = 0;
        for (std::int32_t token = 0; token < shop.options().vocabulary; ++token)
            chi += (counts[token] - expected) * (counts[token] - expected) / expected;
        // 271 degrees of freedom: mean 271, deviation 23.
        QVERIFY2(chi > 170 && chi < 390, qPrintable(QString::number(chi)));
    }

    void calibrates_with_its_own_text() {
        const Workshop shop;
        QuantizeRequest request = shop.request("out", recipe_of("W8A8", SmoothingMode::automatic));
        request.calibration_ids.clear();
        request.mixture = {data_source("self:1"), data_source("builtin:1")};
        request.calibration_options = {.samples = 8, .sequence_length = 32, .seed = 7};
        FanOut nobody({});
        const RunRecord record = octavo::quantize(request, nobody, {});
        QCOMPARE(QString::fromStdString(record.dataset.source), QString("self (4), built-in (4)"));
        QCOMPARE(record.dataset.samples, 8);
        request.output = shop.root() / "again";
        request.run_directory = shop.root() / "run-again";
        octavo::quantize(request, nobody, {});
        QVERIFY(shop.files("out") == shop.files("again"));
    }

    void refused() {
        const Workshop shop;
        GenerateRequest request = writing(shop, {{1}, {}}, 4);
        QCOMPARE(refusal(request), ErrorCode::usage);
        request.prompts = {{1}};
        request.temperature = -1;
        QCOMPARE(refusal(request), ErrorCode::usage);
        request.temperature = 1;
        request.top_p = 0;
        QCOMPARE(refusal(request), ErrorCode::usage);
    }
};

QTEST_APPLESS_MAIN(TestGenerate)
#include "test_generate.moc"
