// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <filesystem>

#include "recipes.h"

using namespace octavo;

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
        QCOMPARE(compared, 20);
        QCOMPARE(presets().size(), std::size_t(20));
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
                                                          {"MXFP8", "mxfp8-quantized"},
                                                          {"MXFP8A16", "mxfp8-quantized"},
                                                          {"W2A16", "pack-quantized"},
                                                          {"W3A16", "pack-quantized"},
                                                          {"W5A16", "pack-quantized"},
                                                          {"W6A16", "pack-quantized"},
                                                          {"W7A16", "pack-quantized"}};
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

    void everyPresetCanBeMade() {
        for (const Scheme& scheme : presets()) QVERIFY2(is_implemented(scheme), scheme.name.c_str());
        Scheme renamed = preset("W8A8");
        renamed.name = "mine";
        QVERIFY(is_implemented(renamed));
        renamed.weights.symmetric = false;
        QVERIFY(!is_implemented(renamed));
        const std::string text = refusal([&] { require_implemented(renamed); });
        QVERIFY(contains(text, "mine") && contains(text, "not one that vLLM serves"));
    }

    // vLLM's rules (_get_scheme_from_parts), each broken once.
    void whatVllmDoesNotServe_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("weights");
        QTest::addColumn<QString>("input");
        QTest::addColumn<bool>("served");
        const char *int8_token = R"({"num_bits": 8, "strategy": "token", "dynamic": true})",
                   *fp8_token = R"({"num_bits": 8, "type": "float", "strategy": "token", "dynamic": true})",
                   *int8_tensor = R"({"num_bits": 8, "strategy": "tensor"})";
        const char* int8_channel = R"({"num_bits": 8, "strategy": "channel"})";
        QTest::newRow("int8, static inputs") << "a" << int8_channel << int8_tensor << true;
        QTest::newRow("int8, asymmetric inputs")
            << "a" << int8_channel << R"({"num_bits": 8, "strategy": "token", "dynamic": true, "symmetric": false})"
            << true;
        QTest::newRow("int8 in groups") << "a"
                                        << R"({"num_bits": 8, "group_size": 64})" << int8_token << false;
        QTest::newRow("dynamic per tensor")
            << "a" << int8_channel << R"({"num_bits": 8, "strategy": "tensor", "dynamic": true})" << false;
        QTest::newRow("int4, int4 inputs") << "a"
                                           << R"({"num_bits": 4, "group_size": 128})"
                                           << R"({"num_bits": 4, "strategy": "token", "dynamic": true})" << false;
        QTest::newRow("int4 with zero points, int8 inputs")
            << "a"
            << R"({"num_bits": 4, "group_size": 128, "symmetric": false})" << int8_token << false;
        QTest::newRow("FP8 inputs, groups of 64") << "a"
                                                  << R"({"num_bits": 4, "group_size": 64})" << fp8_token << false;
        QTest::newRow("3-bit zero points") << "a"
                                           << R"({"num_bits": 3, "group_size": 128, "symmetric": false})"
                                           << "" << false;
        QTest::newRow("int4 per tensor") << "a"
                                         << R"({"num_bits": 4, "strategy": "tensor"})"
                                         << "" << false;
        QTest::newRow("FP8 weights alone") << "a"
                                           << R"({"num_bits": 8, "type": "float", "strategy": "channel"})"
                                           << "" << true;
        QTest::newRow("FP4 in groups of 16 without a global scale")
            << "a"
            << R"({"num_bits": 4, "type": "float", "group_size": 16})"
            << "" << false;
    }
    void whatVllmDoesNotServe() {
        QFETCH(QString, weights);
        QFETCH(QString, input);
        QFETCH(bool, served);
        Json json{{"name", "mine"}, {"weights", Json::parse(weights.toStdString())}};
        if (!input.isEmpty()) json["input_activations"] = Json::parse(input.toStdString());
        QCOMPARE(is_implemented(scheme_from_json(json, "")), served);
    }

    void groupSizes() {
        const Scheme grouped = with_group_size(preset("W4A16"), 64), channel = with_group_size(preset("W4A8"), 0);
        QCOMPARE(grouped.weights.group_size, 64);
        QVERIFY(is_implemented(grouped));
        QVERIFY(channel.weights.strategy == Strategy::channel && channel.weights.group_size == 0 &&
                is_implemented(channel));
        QVERIFY(contains(refusal([] { with_group_size(preset("W4A16"), 48); }), "groups of 48"));
        for (const char* name : {"NVFP4", "MXFP4", "W8A8", "FP8_BLOCK", "W4AFP8"})
            QVERIFY2(contains(refusal([&] { with_group_size(preset(name), 64); }), name), name);
    }

    // By definition: the last cells may be cut short.
    void cells() {
        const auto of = [](const char* name) {
            const ScaleCells cells = scale_cells(preset(name).weights, 300, 1000);
            return std::vector<std::int64_t>{cells.rows, cells.columns, cells.down, cells.across};
        };
        QCOMPARE(of("W8A8"), (std::vector<std::int64_t>{1, 1000, 300, 1}));
        QCOMPARE(of("FP8"), (std::vector<std::int64_t>{300, 1000, 1, 1}));
        QCOMPARE(of("W4A16"), (std::vector<std::int64_t>{1, 128, 300, 8}));
        QCOMPARE(of("FP8_BLOCK"), (std::vector<std::int64_t>{128, 128, 3, 8}));
        QCOMPARE(of("NVFP4"), (std::vector<std::int64_t>{1, 16, 300, 63}));
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
