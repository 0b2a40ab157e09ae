// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <filesystem>

#include "recipe/scheme.h"

using namespace octavo;

namespace {

template <class Call>
std::string refusal(Call call) {
    try {
        call();
    } catch (const Error& error) {
        return error.code() == ErrorCode::unusable_recipe ? error.what() : std::string("wrong code: ") + error.what();
    }
    return {};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

class TestScheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // presets.json was written by the Python package (preset_name_to_scheme(name).model_dump_json()).
    void presetsAreThoseOfCompressedTensors() {
        const Json reference =
            read_json(std::filesystem::path(qgetenv("OCTAVO_TEST_DATA").toStdString()) / "recipe" / "presets.json",
                      ErrorCode::io);
        int compared = 0;
        for (const auto& [name, expected] : reference.items()) {
            if (!expected.is_object()) continue;
            const Scheme& scheme = preset(name);
            Json weights = to_json(scheme.weights, true);
            QVERIFY(weights["observer"] ==
                    Json("memoryless_minmax")); // the package leaves it open in a preset and fills in this default
            weights["observer"] = expected["weights"]["observer"];
            for (const auto& [key, value] : expected["weights"].items())
                QVERIFY2(weights[key] == value, (name + " weights " + key).c_str());
            QCOMPARE(weights.size(), expected["weights"].size());
            QCOMPARE(scheme.input.has_value(), !expected["input_activations"].is_null());
            if (scheme.input) {
                const Json input = to_json(*scheme.input, true);
                for (const auto& [key, value] : expected["input_activations"].items())
                    QVERIFY2(input[key] == value, (name + " input " + key).c_str());
            }
            ++compared;
        }
        QCOMPARE(compared, 14);
        QCOMPARE(presets().size(), std::size_t(14));
    }

    void formatsAreThoseThatVllmServes() {
        const std::map<std::string, std::string> expected{{"W8A8", "int-quantized"},
                                                          {"FP8_DYNAMIC", "float-quantized"},
                                                          {"FP8", "float-quantized"},
                                                          {"FP8_BLOCK", "float-quantized"},
                                                          {"W4A16", "pack-quantized"},
                                                          {"W4A16_ASYM", "pack-quantized"},
                                                          {"W8A16", "pack-quantized"},
                                                          {"W4A8", "int-quantized"},
                                                          {"W4AFP8", "pack-quantized"},
                                                          {"NVFP4", "nvfp4-pack-quantized"},
                                                          {"NVFP4A16", "nvfp4-pack-quantized"},
                                                          {"MXFP4", "mxfp4-pack-quantized"},
                                                          {"MXFP4A16", "mxfp4-pack-quantized"},
                                                          {"MXFP8", "mxfp8-quantized"}};
        for (const Scheme& scheme : presets()) {
            QCOMPARE(std::string(name_of(scheme.format)), expected.at(scheme.name));
            QVERIFY(format_from_name(name_of(scheme.format)) == scheme.format);
            QCOMPARE(scheme.needs_data, scheme.name == "FP8" || scheme.name == "NVFP4");
        }
    }

    void namesIgnoreCaseAndUnknownOnesGetASuggestion() {
        QCOMPARE(preset("fp8_dynamic").name, std::string("FP8_DYNAMIC"));
        QCOMPARE(preset("int8").name, std::string("W8A8"));
        const std::string text = refusal([] { preset("FP8_DINAMIC"); });
        QVERIFY(contains(text, "Did you mean FP8_DYNAMIC") && contains(text, "W4A16_ASYM"));
    }

    void onlyWhatTheEngineCanDoIsImplemented() {
        for (const Scheme& scheme : presets())
            QCOMPARE(is_implemented(scheme), scheme.name == "W8A8" || scheme.name == "FP8_DYNAMIC");
        Scheme renamed = preset("W8A8");
        renamed.name = "mine";
        QVERIFY(is_implemented(renamed));
        renamed.weights.symmetric = false;
        QVERIFY(!is_implemented(renamed));
        const std::string text = refusal([] { require_implemented(preset("NVFP4")); });
        QVERIFY(contains(text, "NVFP4") && contains(text, "not implemented in this version") &&
                contains(text, "W8A8, FP8_DYNAMIC"));
    }

    void halfRange() { // (2^b − 1)/2 for integers, the largest finite number of E4M3 and E2M1
        QCOMPARE(preset("W8A8").weights.half_range(), 127.5f);
        QCOMPARE(preset("W4A16").weights.half_range(), 7.5f);
        QCOMPARE(preset("FP8").weights.half_range(), 448.0f);
        QCOMPARE(preset("NVFP4").weights.half_range(), 6.0f);
    }

    // reference: b + scale bits per group, worked out by hand for a 1024 × 2048 matrix.
    void effectiveBits() {
        const auto bits = [](const char* name) { return effective_bits(preset(name), 1024, 2048); };
        QCOMPARE(bits("W8A8"), 8 + 16.0 / 2048);
        QCOMPARE(bits("FP8"), 8 + 16.0 / (1024.0 * 2048));
        QCOMPARE(bits("FP8_BLOCK"), 8 + 16.0 / (128 * 128));
        QCOMPARE(bits("W4A16"), 4.125);
        QCOMPARE(bits("W4A16_ASYM"), 4.15625);
        QCOMPARE(bits("W4A8"), 8.125); // a whole byte per weight
        QCOMPARE(bits("NVFP4"), 4.5 + 32 / (1024.0 * 2048));
        QCOMPARE(bits("MXFP4"), 4.25);
        QCOMPARE(bits("MXFP8"), 8.25);
    }

    void argumentsSurviveBothJsonForms() {
        for (const Scheme& scheme : presets()) {
            for (const bool with_nulls : {false, true}) {
                QVERIFY(quantization_args_from_json(to_json(scheme.weights, with_nulls), "") == scheme.weights);
                if (scheme.input)
                    QVERIFY(quantization_args_from_json(to_json(*scheme.input, with_nulls), "") == *scheme.input);
            }
            QVERIFY(scheme_from_json(to_json(scheme), "") == scheme);
            QVERIFY(scheme_from_json(Json(scheme.name), "") == scheme);
        }
    }

    void minimalFormHasOnlyKeysThatOldLoadersKnow() {
        const Json w8a8 = to_json(preset("W8A8").weights);
        for (const auto& [key, value] : w8a8.items()) {
            QVERIFY2(key != "scale_dtype" && key != "zp_dtype" && key != "actorder" && key != "observer_kwargs",
                     key.c_str());
            QVERIFY2(!value.is_null(), key.c_str());
        }
        QVERIFY(to_json(preset("NVFP4").weights)["scale_dtype"] == Json("torch.float8_e4m3fn"));
        QVERIFY(to_json(preset("FP8_BLOCK").weights)["block_structure"] == Json::parse("[128, 128]"));
    }

    void refusesArgumentsThatCompressedTensorsRefuses_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown key") << R"({"num_bit": 8})"
                                     << "Did you mean \"num_bits\"";
        QTest::newRow("type") << R"({"type": "fp"})"
                              << "type";
        QTest::newRow("bits") << R"({"num_bits": 9})"
                              << "num_bits";
        QTest::newRow("float bits") << R"({"num_bits": 6, "type": "float"})"
                                    << "num_bits";
        QTest::newRow("group without size") << R"({"strategy": "group"})"
                                            << "group_size";
        QTest::newRow("size without group") << R"({"strategy": "channel", "group_size": 64})"
                                            << "group_size";
        QTest::newRow("block") << R"({"strategy": "block"})"
                               << "block_structure";
        QTest::newRow("block of three") << R"({"strategy": "block", "block_structure": [1, 2, 3]})"
                                        << "block_structure";
        QTest::newRow("block overflow") << R"({"strategy": "block", "block_structure": [128, 99999999999999999999]})"
                                        << "block_structure";
        QTest::newRow("static token") << R"({"strategy": "token"})"
                                      << "dynamic";
        QTest::newRow("local") << R"({"strategy": "tensor", "dynamic": "local"})"
                               << "dynamic";
        QTest::newRow("act order") << R"({"strategy": "channel", "actorder": "group"})"
                                   << "actorder";
        QTest::newRow("no object") << R"([1])"
                                   << "JSON object";
    }
    void refusesArgumentsThatCompressedTensorsRefuses() {
        QFETCH(QString, json);
        QFETCH(QString, named);
        const std::string text =
            refusal([&] { quantization_args_from_json(Json::parse(json.toStdString()), "recipe.json"); });
        QVERIFY2(contains(text, named.toStdString()) && contains(text, "recipe.json"), text.c_str());
    }

    void readsOldSpellings() {
        const QuantizationArgs block =
            quantization_args_from_json(Json::parse(R"({"type": "float", "block_structure": "128x64"})"), "");
        QVERIFY(block.strategy == Strategy::block && block.block == (std::array<int, 2>{128, 64}));
        QVERIFY(quantization_args_from_json(Json::parse(R"({"group_size": -1, "actorder": "static"})"), "").strategy ==
                Strategy::channel);
        QVERIFY(quantization_args_from_json(Json::parse(R"({"group_size": 32})"), "").strategy == Strategy::group);
    }
};

QTEST_APPLESS_MAIN(TestScheme)
#include "test_scheme.moc"
