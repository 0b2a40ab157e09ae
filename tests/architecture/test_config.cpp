// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "architecture/architecture.h"
#include "base/error.h"
#include "support/golden_model.h"

using namespace octavo;

// What a config.json may ask for that would change the result: refused by name.
class TestConfig final : public QObject {
    Q_OBJECT

private:
    static golden::Json fixture(const QString& name) {
        return golden::Json::parse(tiny::read_text(qEnvironmentVariable("OCTAVO_TEST_DATA").toStdString() +
                                                   "/model/golden/" + name.toStdString() + ".json"));
    }

    static ModelConfig read(const golden::Json& json) {
        const QTemporaryDir scratch;
        golden::write(scratch.path().toStdString(), json, golden::tensors(json));
        return read_model_config(ModelFolder(scratch.path().toStdString()));
    }

private Q_SLOTS:
    void refused_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("changes");
        QTest::addColumn<QString>("word");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* changes, const char* word,
                            ErrorCode code = ErrorCode::unsupported_architecture) {
            QTest::addRow("%s %s", name, changes) << name << changes << word << int(code);
        };
        row("stablelm", R"({"use_parallel_residual": true})", "use_parallel_residual");
        row("stablelm", R"({"qk_layernorm": true})", "qk_layernorm");
        row("olmoe", R"({"clip_qkv": 8.0})", "clip_qkv");
        row("qwen3_moe", R"({"use_sliding_window": true})", "use_sliding_window");
        row("qwen3_moe", R"({"num_experts": 9})", "num_local_experts");
        row("deepseek_v3", R"({"topk_method": "greedy"})", "topk_method");
        row("deepseek_v3", R"({"scoring_func": "softmax"})", "scoring_func");
        row("deepseek_v3", R"({"moe_layer_freq": 2})", "moe_layer_freq");
        row("deepseek_v2_groups_yarn", R"({"norm_topk_prob": true})", "norm_topk_prob");
        row("deepseek_v2_groups_yarn", R"({"n_group": 3})", "n_group", ErrorCode::unusable_model);
        row("gemma3", R"({"attn_logit_softcapping": 30.0})", "attn_logit_softcapping");
        row("gemma3", R"({"use_bidirectional_attention": true})", "use_bidirectional_attention");
        row("gemma3", R"({"layer_types": ["chunked_attention"]})", "layer_types", ErrorCode::unusable_model);
        row("granite", R"({"attention_multiplier_of_keys": 2})", "attention_multiplier_of_keys");
        row("qwen3", R"({"attention_multiplier": 0.5})", "attention_multiplier");
        row("qwen3", R"({"rope_parameters": {"rope_type": "proportional", "rope_theta": 1e6}})", "proportional");
        row("qwen3", R"({"rope_parameters": {"rope_type": "yarn", "factor": 2.0, "extrapolation": 3}})",
            "extrapolation");
        row("qwen3", R"({"rope_parameters": {"rope_type": "default", "partial_rotary_factor": 0.5}})",
            "partial_rotary_factor");
        row("phi3_longrope_partial", R"({"rope_parameters": {"rope_type": "llama3", "factor": 8}})", "llama3");
        row("glm4", R"({"rope_parameters": {"rope_type": "default", "partial_rotary_factor": 0.07}})",
            "partial_rotary_factor", ErrorCode::unusable_model);
        row("smollm3", R"({"no_rope_layers": [1, 0]})", "no_rope_layers", ErrorCode::unusable_model);
        row("llama_dynamic_rope",
            R"({"architectures": ["StrangeForCausalLM"], "auto_map": {"AutoModelForCausalLM": "strange.Model"}})",
            "auto_map");
        row("llama_dynamic_rope",
            R"({"architectures": ["LlavaForConditionalGeneration"], "text_config": {"model_type": "opt"}})", "opt");
    }
    void refused() {
        QFETCH(QString, name);
        QFETCH(QString, changes);
        QFETCH(QString, word);
        QFETCH(int, code);
        golden::Json json = fixture(name);
        json["config"].merge_patch(golden::Json::parse(changes.toStdString()));
        // A rotary embedding is replaced, not added to.
        const golden::Json wanted = golden::Json::parse(changes.toStdString());
        if (wanted.contains("rope_parameters")) json["config"]["rope_parameters"] = wanted["rope_parameters"];
        try {
            read(json);
            QFAIL("accepted");
        } catch (const Error& error) {
            const QString said = QString::fromStdString(error.message().english());
            QVERIFY2(said.contains(word), qPrintable(said));
            QCOMPARE(int(error.code()), code);
            QVERIFY(!error.advice().english().empty());
        }
    }

    /// What changes nothing, or is the class's own code in a folder from before transformers had it.
    void accepted() {
        for (const auto& [name, changes] :
             {std::pair("phi3_longrope_partial", R"({"auto_map": {"AutoConfig": "configuration_phi3.Phi3Config"}})"),
              std::pair("olmoe", R"({"clip_qkv": null, "router_aux_loss_coef": 0.02})"),
              std::pair("gemma3", R"({"_sliding_window_pattern": 6, "final_logit_softcapping": null})"),
              std::pair("deepseek_v3",
                        R"({"aux_loss_alpha": 0.001, "ep_size": 1, "seq_aux": true, "moe_layer_freq": 1})"),
              std::pair("stablelm", R"({"use_parallel_residual": false, "qk_layernorm": false})")}) {
            golden::Json json = fixture(name);
            json["config"].update(golden::Json::parse(changes));
            read(json);
        }
    }

    /// A norm behind attention or MLP scales what is added to the residual stream: no group may take it for the norm in
    /// front.
    void norms_behind_are_no_producers() {
        for (const char* name : {"olmo2", "olmo3_yarn", "gemma2", "gemma3", "glm4"}) {
            const ModelConfig config = read(fixture(name));
            QVERIFY(!config.attention_output_norm.empty() && !config.mlp_output_norm.empty());
            for (const SmoothingGroup& group : smoothing_groups(config)) {
                QVERIFY(!group.producer.ends_with("." + config.attention_output_norm));
                QVERIFY(!group.producer.ends_with("." + config.mlp_output_norm));
            }
        }
    }

    void every_linear_reads_a_site() {
        for (const auto& file : golden::files(qEnvironmentVariable("OCTAVO_TEST_DATA").toStdString())) {
            const ModelConfig config = read(golden::Json::parse(tiny::read_text(file)));
            for (const Module& module : linear_modules(config))
                QCOMPARE(site_of(module).empty(), module.class_name == "Router" || module.role == "lm_head");
        }
    }
};

QTEST_APPLESS_MAIN(TestConfig)
#include "test_config.moc"
