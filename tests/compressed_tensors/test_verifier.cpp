// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <limits>

#include "compressed_tensors/verifier.h"
#include "support/export_tiny.h"
#include "support/tiny_model.h"

using namespace octavo;
namespace fs = std::filesystem;

namespace {

using Break = std::function<void(const fs::path&)>;

void edit_config(const fs::path& folder, const std::function<void(tiny::Json&)>& edit) {
    tiny::Json config = tiny::Json::parse(tiny::read_text(folder / "config.json"));
    edit(config);
    tiny::write_text(folder / "config.json", config.dump(2));
}

Break config(std::function<void(tiny::Json&)> edit) {
    return [edit](const fs::path& folder) { edit_config(folder, edit); };
}

Break quantization(std::function<void(tiny::Json&)> edit) {
    return config([edit](tiny::Json& json) { edit(json["quantization_config"]); });
}

Break weights(std::function<void(tiny::Json&)> edit) {
    return quantization([edit](tiny::Json& json) { edit(json["config_groups"]["group_0"]["weights"]); });
}

Break edit_tensors(std::function<void(tiny::Tensors&)> edit) {
    return [edit](const fs::path& folder) {
        tiny::Tensors tensors = tiny::read_safetensors(folder / "model.safetensors");
        edit(tensors);
        tiny::write_safetensors(folder / "model.safetensors", tensors);
    };
}

Break tensor(const std::string& name, std::function<void(tiny::Tensor&)> edit) {
    return edit_tensors([=](tiny::Tensors& tensors) {
        for (auto& [found, value] : tensors)
            if (found == name) edit(value);
    });
}

Break without(const std::string& name) {
    return edit_tensors([=](tiny::Tensors& tensors) {
        std::erase_if(tensors, [&](const auto& entry) { return entry.first == name; });
    });
}

Break with(const std::string& name, const tiny::Tensor& value) {
    return edit_tensors([=](tiny::Tensors& tensors) { tensors.push_back({name, value}); });
}

Break bits16(const std::string& name, std::uint16_t bits) {
    return tensor(name, [=](tiny::Tensor& value) { std::memcpy(value.bytes.data(), &bits, 2); });
}

const std::string q = "model.layers.0.self_attn.q_proj", k = "model.layers.0.self_attn.k_proj";

Break first_byte(const std::string& name, char byte) {
    return tensor(name, [=](tiny::Tensor& value) { value.bytes[0] = byte; });
}

Break first_float(const std::string& name, float number) {
    return tensor(name, [=](tiny::Tensor& value) { std::memcpy(value.bytes.data(), &number, 4); });
}

Break input(std::function<void(tiny::Json&)> edit) {
    return quantization([edit](tiny::Json& json) { edit(json["config_groups"]["group_0"]["input_activations"]); });
}

struct Defect {
    const char* name;
    const char* id;
    Break damage;
    Check::Status status = Check::Status::fail;
    const char* scheme = "W8A8";
};

const std::vector<Defect>& defects() {
    using tiny::Json;
    static const std::vector<Defect> all{
        {"weight missing", "tensors.complete", without(q + ".weight")},
        {"scale missing", "tensors.complete", without(q + ".weight_scale")},
        {"norm missing", "tensors.complete", without("model.norm.weight")},
        {"scale of nobody", "tensors.unexpected", with(q + ".input_scale", {"BF16", {1}, std::string(2, '\x3c')})},
        {"scale of an unquantized embedding", "tensors.unexpected",
         with("model.embed_tokens.weight_scale", {"BF16", {1}, std::string(2, '\x3c')})},
        {"head of a tied model has a scale", "head.tied",
         with("lm_head.weight_scale", {"BF16", {1}, std::string(2, '\x3c')})},
        {"scale of the wrong shape", "tensors.shape",
         tensor(q + ".weight_scale", [](tiny::Tensor& t) { t.shape = {t.shape[0]}; })},
        {"weight transposed", "tensors.shape",
         tensor("model.layers.0.mlp.gate_proj.weight", [](tiny::Tensor& t) { std::swap(t.shape[0], t.shape[1]); })},
        {"codes of another type", "tensors.dtype", tensor(q + ".weight", [](tiny::Tensor& t) { t.dtype = "U8"; })},
        {"scale of integers", "tensors.dtype", tensor(q + ".weight_scale", [](tiny::Tensor& t) { t.dtype = "I16"; })},
        {"scale NaN", "scales.finite", bits16(q + ".weight_scale", 0x7fc0)},
        {"scale infinite", "scales.finite", bits16(q + ".weight_scale", 0x7f80)},
        {"scale zero", "scales.zero", bits16(q + ".weight_scale", 0)},
        {"scale negative", "scales.negative", bits16(q + ".weight_scale", 0xbc00)},
        {"norm NaN", "values.finite", bits16("model.norm.weight", 0x7fc1)},
        {"embedding infinite", "values.finite", bits16("model.embed_tokens.weight", 0xff80)},
        {"FP8 code NaN", "codes.finite", tensor(q + ".weight", [](tiny::Tensor& t) { t.bytes[5] = '\xff'; }),
         Check::Status::fail, "FP8_DYNAMIC"},
        {"no quantization_config", "config.quantization",
         config([](Json& json) { json.erase("quantization_config"); })},
        {"no architecture", "config.architecture", config([](Json& json) { json.erase("architectures"); })},
        {"another method", "config.method", quantization([](Json& json) { json["quant_method"] = "gptq"; })},
        {"unknown format", "config.format", quantization([](Json& json) { json["format"] = "marlin-24"; })},
        {"format of other numbers", "config.format",
         quantization([](Json& json) { json["format"] = "pack-quantized"; })},
        {"mixed without formats", "config.format",
         quantization([](Json& json) { json["format"] = "mixed-precision"; })},
        {"wrong status", "config.status",
         quantization([](Json& json) { json["quantization_status"] = "calibration"; })},
        {"no groups", "config.groups", quantization([](Json& json) { json["config_groups"] = Json::object(); })},
        {"no weights in the group", "config.groups",
         quantization([](Json& json) { json["config_groups"]["group_0"]["weights"] = nullptr; })},
        {"group size without groups", "config.groups", weights([](Json& json) { json["group_size"] = 128; })},
        {"unknown key", "config.keys", weights([](Json& json) { json["octavo"] = 1; })},
        {"activation order", "config.actorder", weights([](Json& json) { json["actorder"] = "group"; })},
        {"sparse", "config.sparsity", quantization([](Json& json) {
             json["sparsity_config"] = {{"format", "sparse-24-bitmask"}, {"targets", {"Linear"}}};
         })},
        {"integer cache", "config.kv_cache", quantization([](Json& json) {
             json["kv_cache_scheme"] = {{"num_bits", 8}, {"type", "int"}, {"symmetric", true}, {"strategy", "tensor"}};
         })},
        {"per-group int8", "config.scheme", weights([](Json& json) {
             json["strategy"] = "group";
             json["group_size"] = 16;
         })},
        {"head not ignored", "head.tied", quantization([](Json& json) { json["ignore"] = Json::array(); })},
        {"one of q, k, v ignored", "fused.uniform", quantization([](Json& json) { json["ignore"].push_back(k); })},
        {"quantized but ignored", "tensors.dtype",
         quantization([](Json& json) { json["ignore"].push_back("re:.*o_proj"); })},
        {"target matches nothing", "targets.match",
         quantization([](Json& json) { json["config_groups"]["group_0"]["targets"] = {"Convolution"}; })},
        {"ignored name matches nothing", "ignore.match",
         quantization([](Json& json) { json["ignore"].push_back("model.layers.9.mlp.up_proj"); }),
         Check::Status::warning},
        {"broken expression", "ignore.match", quantization([](Json& json) { json["ignore"].push_back("re:("); })},
        {"stray file of tensors", "folder.strays",
         [](const fs::path& folder) { fs::copy(folder / "model.safetensors", folder / "old.safetensors"); }},
        {"index names a missing file", "index.consistent",
         [](const fs::path& folder) {
             tiny::write_text(folder / "model.safetensors.index.json",
                              R"({"weight_map": {"a": "model-00001-of-00002.safetensors"}})");
         }},
        {"cut short", "folder.opens",
         [](const fs::path& folder) {
             fs::resize_file(folder / "model.safetensors", fs::file_size(folder / "model.safetensors") - 1);
         }},
        {"tokenizer damaged", "tokenizer.loads",
         [](const fs::path& folder) { tiny::write_text(folder / "tokenizer.json", "{\"model\": 1}"); }},
        {"generation configuration damaged", "generation_config.parses",
         [](const fs::path& folder) { tiny::write_text(folder / "generation_config.json", "{,}"); }},
        {"packed weight missing", "tensors.complete", without(q + ".weight_packed"), Check::Status::fail, "W4A16"},
        {"packed weight of another type", "tensors.dtype",
         tensor(q + ".weight_packed", [](tiny::Tensor& t) { t.dtype = "F32"; }), Check::Status::fail, "W4A16"},
        {"packed weight of another shape", "tensors.shape",
         tensor(q + ".weight_packed", [](tiny::Tensor& t) { std::swap(t.shape[0], t.shape[1]); }), Check::Status::fail,
         "W4A16"},
        {"shape missing", "tensors.complete", without(q + ".weight_shape"), Check::Status::fail, "W4A16"},
        {"shape of another matrix", "tensors.packed_shape", first_byte(q + ".weight_shape", 64), Check::Status::fail,
         "W4A16"},
        {"index of an activation order", "tensors.unexpected",
         with(q + ".weight_g_idx", {"I32", {128}, std::string(512, '\0')}), Check::Status::fail, "W4A16"},
        {"group that does not divide", "sizes.divide", weights([](Json& json) { json["group_size"] = 96; }),
         Check::Status::fail, "W4A16"},
        {"packed groups of bytes", "config.format", quantization([](Json& json) { json["format"] = "int-quantized"; }),
         Check::Status::fail, "W4A16"},
        {"zero points missing", "tensors.complete", without(q + ".weight_zero_point"), Check::Status::fail,
         "W4A16_ASYM"},
        {"zero points of nobody", "tensors.unexpected", weights([](Json& json) { json["symmetric"] = true; }),
         Check::Status::fail, "W4A16_ASYM"},
        {"zero points that are not packed", "tensors.dtype",
         tensor(q + ".weight_zero_point", [](tiny::Tensor& t) { t.dtype = "U32"; }), Check::Status::fail, "W4A16_ASYM"},
        {"3-bit zero points", "config.scheme", weights([](Json& json) { json["num_bits"] = 3; }), Check::Status::fail,
         "W4A16_ASYM"},
        {"4-bit code of 8 bits", "codes.range", first_byte(q + ".weight", 8), Check::Status::fail, "W4A8"},
        {"FP8 inputs in groups of 64", "config.scheme", weights([](Json& json) { json["group_size"] = 64; }),
         Check::Status::fail, "W4AFP8"},
        {"block scales of rows", "tensors.shape", weights([](Json& json) {
             json["block_structure"] = {64, 128};
         }),
         Check::Status::fail, "FP8_BLOCK"},
        {"blocks across fused matrices", "sizes.divide", weights([](Json& json) {
             json["block_structure"] = {96, 128};
         }),
         Check::Status::fail, "FP8_BLOCK"},
        {"static scale missing", "tensors.complete", without(q + ".input_scale"), Check::Status::fail, "FP8"},
        {"static scales of q and k differ", "fused.scales", bits16(q + ".input_scale", 0x3f80), Check::Status::fail,
         "FP8"},
        {"static scale negative", "scales.negative", bits16(q + ".input_scale", 0xbf80), Check::Status::fail, "FP8"},
        {"global scale missing", "tensors.complete", without(q + ".weight_global_scale"), Check::Status::fail,
         "NVFP4A16"},
        {"global scales of q and k differ", "fused.scales", first_float(q + ".weight_global_scale", 3),
         Check::Status::fail, "NVFP4A16"},
        {"global scale zero", "scales.zero", first_float(q + ".weight_global_scale", 0), Check::Status::fail,
         "NVFP4A16"},
        {"global scale infinite", "scales.finite",
         first_float(q + ".weight_global_scale", std::numeric_limits<float>::infinity()), Check::Status::fail,
         "NVFP4A16"},
        {"E4M3 scale NaN", "scales.finite", first_byte(q + ".weight_scale", 0x7f), Check::Status::fail, "NVFP4A16"},
        {"E4M3 scale negative", "scales.negative", first_byte(q + ".weight_scale", '\x81'), Check::Status::fail,
         "NVFP4A16"},
        {"E4M3 scale zero", "scales.zero", first_byte(q + ".weight_scale", 0), Check::Status::fail, "NVFP4A16"},
        {"E4M3 scales as exponents", "tensors.dtype",
         tensor(q + ".weight_scale", [](tiny::Tensor& t) { t.dtype = "U8"; }), Check::Status::fail, "NVFP4A16"},
        {"FP4 scales without groups of 16", "config.scheme", weights([](Json& json) { json["group_size"] = 32; }),
         Check::Status::fail, "NVFP4A16"},
        {"global scale of the inputs missing", "tensors.complete", without(q + ".input_global_scale"),
         Check::Status::fail, "NVFP4"},
        {"global scales of the inputs differ", "fused.scales", first_float(q + ".input_global_scale", 3),
         Check::Status::fail, "NVFP4"},
        {"FP4 weights with FP8 inputs", "config.scheme", input([](Json& json) {
             json = {{"num_bits", 8}, {"type", "float"}, {"symmetric", true}, {"strategy", "token"}, {"dynamic", true}};
         }),
         Check::Status::fail, "NVFP4"},
        {"exponent NaN", "scales.finite", first_byte(q + ".weight_scale", '\xff'), Check::Status::fail, "MXFP4"},
        {"exponents as E4M3", "tensors.dtype",
         tensor(q + ".weight_scale", [](tiny::Tensor& t) { t.dtype = "F8_E4M3"; }), Check::Status::fail, "MXFP4"},
        {"scales that nobody said are exponents", "config.scheme",
         weights([](Json& json) { json.erase("scale_dtype"); }), Check::Status::fail, "MXFP8"},
        {"code NaN among exponents", "codes.finite", first_byte(q + ".weight", 0x7f), Check::Status::fail, "MXFP8"},
        {"more layers than tensors", "tensors.complete", config([](Json& json) { json["num_hidden_layers"] = 3; })},
    };
    return all;
}

const Check* find(const std::vector<Check>& checks, const std::string& id) {
    for (const Check& check : checks)
        if (check.id == id) return &check;
    return nullptr;
}

QByteArray told(const std::vector<Check>& checks) {
    std::string out;
    for (const Check& check : checks)
        if (check.status != Check::Status::pass) out += check.id + ": " + check.message.english() + "\n";
    return QByteArray::fromStdString(out);
}

} // namespace

class TestVerifier : public QObject {
    Q_OBJECT

private:
    QTemporaryDir directory_;
    fs::path root() const { return directory_.path().toStdString(); }

private Q_SLOTS:
    void initTestCase() {
        tiny::write(root() / "model");
        // Sizes that every group and block divides.
        tiny::write(root() / "wide", {.heads = 8, .kv_heads = 8, .head_dim = 16, .hidden = 128, .intermediate = 256});
        for (const Scheme& scheme : presets()) {
            const bool narrow = scheme.name == "W8A8" || scheme.name == "FP8_DYNAMIC";
            export_rounded(root() / (narrow ? "model" : "wide"), root() / scheme.name, scheme.name.c_str());
        }
    }

    void intact_data() {
        QTest::addColumn<QString>("scheme");
        for (const Scheme& scheme : presets())
            QTest::newRow(scheme.name.c_str()) << QString::fromStdString(scheme.name);
    }
    void intact() {
        QFETCH(QString, scheme);
        const std::vector<Check> checks = verify_export(root() / scheme.toStdString());
        QCOMPARE(told(checks), QByteArray());
        QVERIFY(passed(checks));
        QVERIFY(checks.size() > 20);
    }

    /// What llm-compressor writes: all twelve keys with nulls, every top-level key.
    void full_key_set() {
        const fs::path folder = root() / "full";
        fs::copy(root() / "W8A8", folder, fs::copy_options::recursive);
        edit_config(folder, [](tiny::Json& json) {
            tiny::Json& q_config = json["quantization_config"];
            for (const char* which : {"weights", "input_activations"}) {
                tiny::Json& args = q_config["config_groups"]["group_0"][which];
                for (const char* key :
                     {"actorder", "block_structure", "group_size", "observer", "scale_dtype", "zp_dtype"})
                    if (!args.contains(key)) args[key] = nullptr;
                args["observer_kwargs"] = tiny::Json::object();
            }
            q_config["config_groups"]["group_0"]["weights"]["actorder"] = "static";
            q_config["config_groups"]["group_0"]["format"] = "int-quantized";
            q_config["global_compression_ratio"] = nullptr;
            q_config["sparsity_config"] = tiny::Json::object();
            q_config["transform_config"] = tiny::Json::object();
            q_config["version"] = "0.18.0";
        });
        QCOMPARE(told(verify_export(folder)), QByteArray());
    }

    void defect_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < defects().size(); ++i) QTest::newRow(defects()[i].name) << static_cast<int>(i);
    }
    void defect() {
        QFETCH(int, index);
        const Defect& defect = defects()[static_cast<std::size_t>(index)];
        const fs::path folder = root() / "broken";
        fs::remove_all(folder);
        fs::copy(root() / defect.scheme, folder, fs::copy_options::recursive);
        defect.damage(folder);
        const std::vector<Check> checks = verify_export(folder);
        const Check* check = find(checks, defect.id);
        QVERIFY2(check, told(checks));
        QVERIFY2(check->status == defect.status, told(checks));
        QCOMPARE(passed(checks), defect.status != Check::Status::fail);
        QVERIFY(!check->message.empty());
        QVERIFY(!check->advice.empty());
    }

    void folder_that_is_not_there() { QVERIFY(!passed(verify_export(root() / "nowhere"))); }

    void target_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("major");
        QTest::addColumn<int>("minor");
        QTest::addColumn<int>("status");
        QTest::newRow("int8 on Ampere") << "W8A8" << 8 << 0 << int(Check::Status::pass);
        QTest::newRow("fp8 on Hopper") << "FP8_DYNAMIC" << 9 << 0 << int(Check::Status::pass);
        QTest::newRow("fp8 on Ampere is weight-only") << "FP8_DYNAMIC" << 8 << 6 << int(Check::Status::warning);
        QTest::newRow("int8 on Volta") << "W8A8" << 7 << 0 << int(Check::Status::fail);
    }
    void target() {
        QFETCH(QString, scheme);
        QFETCH(int, major);
        QFETCH(int, minor);
        QFETCH(int, status);
        const std::vector<Check> checks = verify_export(root() / scheme.toStdString(), ComputeCapability{major, minor});
        const Check* check = find(checks, "target.support");
        QVERIFY(check);
        QCOMPARE(int(check->status), status);
    }
};

QTEST_APPLESS_MAIN(TestVerifier)
#include "test_verifier.moc"
