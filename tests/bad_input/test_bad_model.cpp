// SPDX-License-Identifier: GPL-3.0-or-later
#include "refusal.h"

using tiny::Json;
namespace fs = std::filesystem;

namespace {

constexpr const char* second_norm = "model.layers.1.input_layernorm.weight";

void truncate_to(const fs::path& root, double fraction) {
    const fs::path file = root / "model/model.safetensors";
    fs::resize_file(file, static_cast<std::uintmax_t>(static_cast<double>(fs::file_size(file)) * fraction));
}

void write_index(const fs::path& root, const std::string& file) {
    Json map = Json::object();
    for (const auto& [name, tensor] : tiny::read_safetensors(root / "model/model.safetensors")) map[name] = file;
    tiny::write_text(root / "model/model.safetensors.index.json",
                     Json{{"metadata", Json::object()}, {"weight_map", map}}.dump());
    fs::rename(root / "model/model.safetensors", root / "model/model-00001-of-00001.safetensors");
}

/// Files that are no safetensors files.
const std::vector<Spoiled>& broken_files() {
    static const std::vector<Spoiled> cases{
        {"empty", [](const fs::path& root) { truncate_to(root, 0); }, {"model.safetensors"}},
        {"header cut", [](const fs::path& root) { truncate_to(root, 0.001); }, {"model.safetensors"}},
        {"data cut", [](const fs::path& root) { truncate_to(root, 0.6); }, {"model.safetensors"}},
        {"header size beyond all bounds",
         [](const fs::path& root) {
             std::string whole = tiny::read_text(root / "model/model.safetensors");
             const std::uint64_t huge = std::uint64_t(1) << 60;
             std::memcpy(whole.data(), &huge, 8);
             tiny::write_text(root / "model/model.safetensors", whole);
         },
         {"model.safetensors", "header"}},
        {"header is no JSON",
         [](const fs::path& root) { replace_header(root, [](const Json&) { return std::string("{\"a\": [1, 2"); }); },
         {"model.safetensors"}},
        {"header nested without end",
         [](const fs::path& root) { replace_header(root, [](const Json&) { return std::string(200000, '['); }); },
         {"model.safetensors"}},
    };
    return cases;
}

/// Headers that lie about the data behind them.
const std::vector<Spoiled>& lying_headers() {
    static const std::vector<Spoiled> cases{
        {"overlapping tensors",
         [](const fs::path& root) {
             replace_header(root, [](Json header) {
                 header[second_norm]["data_offsets"] = header["model.layers.0.input_layernorm.weight"]["data_offsets"];
                 return header.dump();
             });
         },
         {"model.safetensors", second_norm}},
        {"tensor out of the file",
         [](const fs::path& root) {
             replace_header(root, [](Json header) {
                 header["model.norm.weight"]["data_offsets"] = {std::uint64_t(1) << 40, (std::uint64_t(1) << 40) + 64};
                 return header.dump();
             });
         },
         {"model.safetensors", "model.norm.weight"}},
        {"offsets that run backwards",
         [](const fs::path& root) {
             replace_header(root, [](Json header) {
                 header["model.norm.weight"]["data_offsets"] = {64, 0};
                 return header.dump();
             });
         },
         {"model.safetensors", "model.norm.weight"}},
        {"shape whose product overflows",
         [](const fs::path& root) {
             replace_header(root, [](Json header) {
                 header["model.norm.weight"]["shape"] = {std::int64_t(1) << 62, 8};
                 return header.dump();
             });
         },
         {"model.safetensors", "model.norm.weight"}},
        {"negative shape",
         [](const fs::path& root) {
             replace_header(root, [](Json header) {
                 header["model.norm.weight"]["shape"] = {-32};
                 return header.dump();
             });
         },
         {"model.safetensors", "model.norm.weight"}},
        {"unknown dtype",
         [](const fs::path& root) {
             replace_header(root, [](Json header) {
                 header["model.norm.weight"]["dtype"] = "BF15";
                 return header.dump();
             });
         },
         {"model.safetensors", "model.norm.weight"}},
        {"name twice",
         [](const fs::path& root) {
             replace_header(root, [](Json header) {
                 const std::string norm = header["model.norm.weight"].dump();
                 return "{\"model.norm.weight\": " + norm + ", " + header.dump().substr(1);
             });
         },
         {"model.safetensors", "model.norm.weight"}},
    };
    return cases;
}

/// Folders whose files do not belong together, or that must not be opened.
const std::vector<Spoiled>& broken_folders() {
    static const std::vector<Spoiled> cases{
        {"no folder", [](const fs::path& root) { fs::remove_all(root / "model"); }, {"model"}},
        {"index names a missing shard",
         [](const fs::path& root) {
             write_index(root, "model-00001-of-00001.safetensors");
             fs::remove(root / "model/model-00001-of-00001.safetensors");
         },
         {"model-00001-of-00001.safetensors"}},
        {"index leads out of the folder",
         [](const fs::path& root) { write_index(root, "../elsewhere.safetensors"); },
         {"model.safetensors.index.json", "../elsewhere.safetensors"}},
        {"index with an absolute path",
         [](const fs::path& root) { write_index(root, "/tmp/elsewhere.safetensors"); },
         {"model.safetensors.index.json", "/tmp/elsewhere.safetensors"}},
        {"index is no JSON",
         [](const fs::path& root) {
             tiny::write_text(root / "model/model.safetensors.index.json", "{\"weight_map\": {");
         },
         {"model.safetensors.index.json"}},
        {"link out of the folder",
         [](const fs::path& root) {
             fs::rename(root / "model/model.safetensors", root / "elsewhere.safetensors");
             fs::create_symlink(root / "elsewhere.safetensors", root / "model/model.safetensors");
         },
         {"model.safetensors", "link"}},
        {"pickled",
         [](const fs::path& root) { fs::rename(root / "model/model.safetensors", root / "model/pytorch_model.bin"); },
         {"model", "pickled", "safetensors version"}},
        {"GGUF",
         [](const fs::path& root) { fs::rename(root / "model/model.safetensors", root / "model/model.gguf"); },
         {"GGUF"}},
        {"tensor missing",
         [](const fs::path& root) {
             tiny::Tensors tensors = tiny::read_safetensors(root / "model/model.safetensors");
             std::erase_if(tensors,
                           [](const auto& entry) { return entry.first == "model.layers.1.mlp.down_proj.weight"; });
             tiny::write_safetensors(root / "model/model.safetensors", tensors);
         },
         {"model.layers.1.mlp.down_proj.weight"}},
        {"tensor that has no place",
         [](const fs::path& root) {
             tiny::Tensors tensors = tiny::read_safetensors(root / "model/model.safetensors");
             tensors.push_back({"model.layers.0.self_attn.q_norm.weight", {"BF16", {8}, std::string(16, '\0')}});
             tiny::write_safetensors(root / "model/model.safetensors", tensors);
         },
         {"model.layers.0.self_attn.q_norm.weight"},
         {"--scheme", "W8A8"}},
    };
    return cases;
}

Spoiled with_config(const char* name, const Json& changes, const QStringList& words,
                    const QStringList& arguments = {}) {
    return {name, [changes](const fs::path& root) { change_config(root, changes); }, words + QStringList{"config.json"},
            arguments};
}

const std::vector<Spoiled>& broken_configs() {
    // Data-free schemes work by tensor names where the architecture is not known, so these are refused for calibrated
    // ones alone.
    static const QStringList calibrated{"--scheme", "W8A8"};
    static const std::vector<Spoiled> cases{
        {"missing", [](const fs::path& root) { fs::remove(root / "model/config.json"); }, {"config.json"}},
        {"no JSON",
         [](const fs::path& root) {
             tiny::write_text(root / "model/config.json", "{\n\"hidden_size\": 32,\n\"heads\" 4}\n");
         },
         {"config.json", "line 3"}},
        {"no object",
         [](const fs::path& root) { tiny::write_text(root / "model/config.json", "[1, 2]"); },
         {"config.json"}},
        {"nested without end",
         [](const fs::path& root) { tiny::write_text(root / "model/config.json", std::string(100000, '[')); },
         {"config.json"}},
        with_config("other width", {{"hidden_size", 64}}, {"model.embed_tokens.weight", "[272, 64]", "[272, 32]"}),
        with_config("more layers", {{"num_hidden_layers", 3}}, {"model.layers.2."}),
        with_config("fewer layers", {{"num_hidden_layers", 1}}, {"model.layers.1."}),
        with_config("other vocabulary", {{"vocab_size", 300}}, {"model.embed_tokens.weight"}),
        with_config("heads that do not divide", {{"num_key_value_heads", 3}}, {"num_key_value_heads"}),
        with_config("width as text", {{"hidden_size", "wide"}}, {"hidden_size"}),
        with_config("layers beyond all bounds", {{"num_hidden_layers", 4000000000}}, {"num_hidden_layers"}),
        with_config("bias that is not there", {{"attention_bias", true}}, {"q_proj.bias"}),
        with_config("unknown architecture", {{"architectures", {"MambaForCausalLM"}}, {"model_type", "mamba"}},
                    {"MambaForCausalLM", "FP8_DYNAMIC"}, calibrated),
        with_config("unknown rotary embedding", {{"rope_scaling", {{"rope_type", "spiral"}, {"factor", 4.0}}}},
                    {"spiral"}, calibrated),
        with_config("unknown activation", {{"hidden_act", "relu2"}}, {"relu2"}, calibrated),
        with_config("softcap", {{"attn_logit_softcapping", 50.0}}, {"attn_logit_softcapping"}, calibrated),
        with_config("already quantized", {{"quantization_config", {{"quant_method", "gptq"}, {"bits", 4}}}},
                    {"quantized already", "16-bit"}),
    };
    return cases;
}

} // namespace

// Model folders that cannot be used: exit code 3, a message that names what is wrong where and what to do, and nothing
// written.
class TestBadModel : public QObject {
    Q_OBJECT

private:
    static void add_rows(const std::vector<Spoiled>& cases) {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("scheme");
        for (std::size_t i = 0; i < cases.size(); ++i)
            for (const char* scheme : {"W8A8", "FP8_DYNAMIC"})
                if (cases[i].arguments.isEmpty() || cases[i].arguments.contains(scheme))
                    QTest::addRow("%s, %s", cases[i].name, scheme) << int(i) << scheme;
    }

    static void check_refused(const std::vector<Spoiled>& cases) {
        QFETCH(int, index);
        QFETCH(QString, scheme);
        const Spoiled& spoiled = cases[static_cast<std::size_t>(index)];
        Refusal refusal;
        spoiled.spoil(refusal.root());
        const std::set<std::string> before = refusal.names();
        QVERIFY2(refusal.quantize({"--scheme", scheme}) == 3, refusal.error());
        const QString wrong = refusal.missing_in_message(spoiled.words);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        QCOMPARE(refusal.names(), before);
    }

private Q_SLOTS:
    void initTestCase() {
        if (!program_is_there()) QSKIP("OCTAVO_CLI does not name the program");
    }

    void the_intact_model_is_accepted() {
        for (const char* scheme : {"W8A8", "FP8_DYNAMIC"}) {
            Refusal refusal;
            QVERIFY2(refusal.quantize({"--scheme", scheme}) == 0, refusal.error());
            QCOMPARE(refusal.names(), (std::set<std::string>{"model", "out", "run"}));
        }
    }

    void broken_file_data() { add_rows(broken_files()); }
    void broken_file() { check_refused(broken_files()); }
    void lying_header_data() { add_rows(lying_headers()); }
    void lying_header() { check_refused(lying_headers()); }
    void broken_folder_data() { add_rows(broken_folders()); }
    void broken_folder() { check_refused(broken_folders()); }
    void broken_config_data() { add_rows(broken_configs()); }
    void broken_config() { check_refused(broken_configs()); }

    void not_finite_weight_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<int>("bits");
        for (const char* scheme : {"W8A8", "FP8_DYNAMIC"})
            for (const char* tensor : {"model.layers.1.mlp.up_proj.weight", "model.layers.0.self_attn.v_proj.weight",
                                       "model.norm.weight", "model.embed_tokens.weight"}) {
                QTest::addRow("%s, NaN in %s", scheme, tensor) << scheme << tensor << 0x7fc0;
                QTest::addRow("%s, infinity in %s", scheme, tensor) << scheme << tensor << 0xff80;
            }
    }
    void not_finite_weight() {
        QFETCH(QString, scheme);
        QFETCH(QString, tensor);
        QFETCH(int, bits);
        Refusal refusal;
        set_value(refusal.root(), tensor.toStdString(), 5, static_cast<std::uint16_t>(bits));
        QVERIFY2(refusal.quantize({"--scheme", scheme}) == 3, refusal.error());
        const QString wrong = refusal.missing_in_message({tensor});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        std::set<std::string> left = refusal.names();
        left.erase("run"); // a matrix is read when its turn comes: then the run folder tells of the failure
        QCOMPARE(left, (std::set<std::string>{"model"}));
    }

    void not_finite_activations_data() {
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QString>("layer");
        QTest::newRow("residual stream") << "model.layers.0.mlp.down_proj.weight"
                                         << "model.layers.0";
        QTest::newRow("inside the MLP") << "model.layers.1.mlp.up_proj.weight"
                                        << "model.layers.1.down_input";
        QTest::newRow("attention's output") << "model.layers.1.self_attn.v_proj.weight"
                                            << "model.layers.1.output_input";
    }
    void not_finite_activations() {
        QFETCH(QString, tensor);
        QFETCH(QString, layer);
        Refusal refusal;
        tiny::Options options;
        options.dtype = "F32";
        tiny::Tensors tensors = tiny::tensors(options);
        for (auto& [name, stored] : tensors) {
            if (name == tensor.toStdString())
                stored.bytes = tiny::bytes_of(std::vector<float>(stored.bytes.size() / 4, 3e38f), "F32");
            // What the huge down_proj reads has to be large as well: a norm would bring a merely huge residual stream
            // back to size.
            if (tensor.endsWith("down_proj.weight") && name == "model.layers.0.mlp.up_proj.weight")
                stored.bytes = tiny::bytes_of(std::vector<float>(stored.bytes.size() / 4, 1e14f), "F32");
        }
        tiny::write(refusal.root() / "model", options);
        tiny::write_safetensors(refusal.root() / "model/model.safetensors", tensors);
        // Without smoothing and quantized activations nothing but the numbers themselves can go wrong.
        for (const QStringList& how : {QStringList{"--smoothing", "off", "--no-quantize-activations"}, QStringList{}}) {
            QVERIFY2(refusal.quantize(QStringList{"--scheme", "W8A8"} + how) == 3, refusal.error());
            const QString wrong = refusal.missing_in_message({"activations hold NaN or infinity", layer});
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            QCOMPARE(refusal.names(), (std::set<std::string>{"model", "run"}));
            fs::remove_all(refusal.root() / "run");
        }
        QVERIFY2(refusal.run(
                     {"evaluate", "ROOT/model", "--device", "cpu", "--sequence-length", "16", "--windows", "2"}) == 3,
                 refusal.error());
        const QString wrong =
            refusal.missing_in_message({"activations hold NaN or infinity", layer.section('.', 0, 2)});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void already_quantized_by_octavo() {
        Refusal refusal;
        QVERIFY2(refusal.quantize({"--scheme", "FP8_DYNAMIC"}) == 0, refusal.error());
        QCOMPARE(refusal.run({"quantize", "ROOT/out", "--output", "ROOT/again", "--run-directory", "ROOT/run-again",
                              "--scheme", "W8A8"}),
                 3);
        const QString wrong = refusal.missing_in_message({"quantized already", "config.json"});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        QCOMPARE(refusal.names(), (std::set<std::string>{"model", "out", "run"}));
    }
};

QTEST_GUILESS_MAIN(TestBadModel)
#include "test_bad_model.moc"
