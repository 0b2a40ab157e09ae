// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <set>

#include "compressed_tensors/kv_cache.h"
#include "compressed_tensors/verifier.h"
#include "defects.h"
#include "support/export_tiny.h"
#include "support/tiny_model.h"

using namespace octavo;
namespace fs = std::filesystem;

namespace {

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

    void export_with_cache() const {
        const ModelFolder model(root() / "model");
        ResolvedRecipe resolved = resolved_for(model, "FP8_DYNAMIC");
        resolved.recipe.kv_cache = KvCache::fp8;
        const std::vector<TensorSpec> scales = kv_cache_tensors(read_model_config(model), KvCache::fp8);
        Exporter exporter(model, resolved, {.target = root() / "cache", .added = scales});
        write_rounded(model, resolved, exporter);
        for (const TensorSpec& scale : scales)
            exporter.write(scale.name, std::vector<std::byte>(scale.bytes(), std::byte{0x3c}));
        exporter.finish();
    }

private Q_SLOTS:
    void initTestCase() {
        tiny::write(root() / "model");
        // Sizes that every group and block divides.
        tiny::write(root() / "wide", {.heads = 8, .kv_heads = 8, .head_dim = 16, .hidden = 128, .intermediate = 256});
        for (const Scheme& scheme : presets()) {
            const bool narrow = scheme.name == "W8A8" || scheme.name == "FP8_DYNAMIC";
            export_rounded(root() / (narrow ? "model" : "wide"), root() / scheme.name, scheme.name.c_str());
        }
        export_with_cache();
    }

    void intact_data() {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("cache") << "cache";
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
        defects::edit_config(folder, [](tiny::Json& json) {
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
        for (std::size_t i = 0; i < defects::all().size(); ++i)
            QTest::newRow(defects::all()[i].name) << static_cast<int>(i);
    }
    void defect() {
        QFETCH(int, index);
        const defects::Defect& defect = defects::all()[static_cast<std::size_t>(index)];
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

    /// A rule that no defect above breaks would be one that nobody has seen fail.
    void every_rule_has_a_defect() {
        std::set<std::string> broken;
        for (const defects::Defect& defect : defects::all()) broken.insert(defect.id);
        for (const Scheme& scheme : presets())
            for (const Check& check : verify_export(root() / scheme.name))
                QVERIFY2(broken.contains(check.id), check.id.c_str());
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
