// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <set>
#include <unistd.h>

#include "base/files.h"
#include "compressed_tensors/decompress.h"
#include "support/export_tiny.h"
#include "support/tiny_model.h"

using namespace octavo;
namespace fs = std::filesystem;

namespace {

/// Everything below a folder with its contents, hidden files too.
std::map<std::string, std::string> snapshot(const fs::path& folder) {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            out[entry.path().lexically_relative(folder).string()] = tiny::read_text(entry.path());
        else
            out[entry.path().lexically_relative(folder).string() + "/"];
    return out;
}

template <class Work>
std::optional<ErrorCode> code_of(Work&& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    return {};
}

} // namespace

class TestExporter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        directory_ = std::make_unique<QTemporaryDir>();
        root_ = directory_->path().toStdString();
        tiny::write(root_ / "model");
    }

    void tensors_and_config() {
        const auto before = snapshot(root_ / "model");
        export_rounded(root_ / "model", root_ / "out", "W8A8");
        QCOMPARE(snapshot(root_ / "model"), before);
        const tiny::Json config = tiny::Json::parse(tiny::read_text(root_ / "out/config.json"));
        tiny::Json plain = config;
        plain.erase("quantization_config");
        QCOMPARE(plain.dump(), tiny::config({}).dump());
        const tiny::Json expected = tiny::Json::parse(
            R"({"quant_method": "compressed-tensors", "format": "int-quantized", "quantization_status": "compressed", "config_groups": {"group_0": {
            "targets": ["Linear"], "weights": {"num_bits": 8, "type": "int", "symmetric": true, "strategy": "channel", "dynamic": false, "observer": "memoryless_minmax"},
            "input_activations": {"num_bits": 8, "type": "int", "symmetric": true, "strategy": "token", "dynamic": true}, "output_activations": null}},
            "ignore": ["lm_head"], "kv_cache_scheme": null})");
        QCOMPARE(config["quantization_config"].dump(), expected.dump());

        const tiny::Tensors source = tiny::read_safetensors(root_ / "model/model.safetensors"),
                            out = tiny::read_safetensors(root_ / "out/model.safetensors");
        std::map<std::string, tiny::Tensor> found(out.begin(), out.end());
        for (const auto& [name, tensor] : source) {
            QVERIFY2(found.contains(name), name.c_str());
            const bool matrix = name.find("_proj.weight") != std::string::npos;
            QCOMPARE(found[name].dtype, matrix ? "I8" : "BF16");
            QCOMPARE(found[name].shape, tensor.shape);
            if (!matrix) QVERIFY(found[name].bytes == tensor.bytes);
            if (matrix) QCOMPARE(found[name + "_scale"].shape, (std::vector<std::int64_t>{tensor.shape[0], 1}));
        }
        QCOMPARE(out.size(), source.size() + 14);
        QVERIFY(!found.contains("lm_head.weight"));
        for (const char* file : {"tokenizer.json", "tokenizer_config.json", "generation_config.json"})
            QVERIFY(tiny::read_text(root_ / "out" / file) == tiny::read_text(root_ / "model" / file));
    }

    void sizes_are_known_before_the_export() {
        const ModelFolder model(root_ / "model");
        for (const char* scheme : {"W8A8", "FP8", "FP8_DYNAMIC", "NVFP4A16", "NVFP4"}) {
            const ResolvedRecipe resolved = resolved_for(model, scheme);
            export_rounded(root_ / "model", root_ / scheme, scheme);
            std::map<std::string, std::uint64_t> written;
            for (const auto& [name, tensor] : tiny::read_safetensors(root_ / scheme / "model.safetensors"))
                written[name.substr(0, name.rfind('.'))] += tensor.bytes.size();
            for (std::size_t i = 0; i < resolved.modules.size(); ++i)
                if (const Module& module = resolved.modules[i]; resolved.schemes[i])
                    QCOMPARE(
                        compressed_bytes_of(module, *resolved.schemes[i], model.spec(module.name + ".weight").dtype),
                        written[module.name]);
        }
    }

    void shards_hold_the_same_tensors() {
        export_rounded(root_ / "model", root_ / "one", "FP8_DYNAMIC");
        export_rounded(root_ / "model", root_ / "many", "FP8_DYNAMIC", 8000);
        const tiny::Json index = tiny::Json::parse(tiny::read_text(root_ / "many/model.safetensors.index.json"));
        const auto whole = tiny::read_safetensors(root_ / "one/model.safetensors");
        std::size_t total = 0;
        for (const auto& [name, tensor] : whole) {
            const std::string file = index["weight_map"].at(name);
            for (const auto& [other, part] : tiny::read_safetensors(root_ / "many" / file))
                if (other == name)
                    QVERIFY(part.bytes == tensor.bytes && part.dtype == tensor.dtype && part.shape == tensor.shape);
            total += tensor.bytes.size();
        }
        QCOMPARE(index["weight_map"].size(), whole.size());
        QCOMPARE(index["metadata"]["total_size"].get<std::size_t>(), total);
        QVERIFY(!fs::exists(root_ / "many/model.safetensors"));
        QCOMPARE(ModelFolder(root_ / "many").weight_bytes(), total);
    }

    void changed_tensors_replace_the_source() {
        const ModelFolder model(root_ / "model");
        const ResolvedRecipe resolved = resolved_for(model, "W8A8");
        Exporter exporter(model, resolved, {.target = root_ / "out"});
        write_rounded(model, resolved, exporter);
        const std::vector<std::byte> norm(64, std::byte(0x3f));
        exporter.write("model.norm.weight", norm);
        QCOMPARE(code_of([&] { exporter.write("model.norm.weight", norm); }), ErrorCode::internal);
        QCOMPARE(code_of([&] { exporter.write("model.layers.0.mlp.up_proj.weight", norm); }), ErrorCode::internal);
        QCOMPARE(code_of([&] { exporter.write("model.embed_tokens.weight", norm); }), ErrorCode::internal);
        exporter.finish();
        const ModelFolder out(root_ / "out");
        const auto data = out.data("model.norm.weight");
        QVERIFY(std::equal(data.begin(), data.end(), norm.begin(), norm.end()));
    }

    void unfinished_leaves_nothing() {
        const auto before = snapshot(root_);
        {
            const ModelFolder model(root_ / "model");
            const ResolvedRecipe resolved = resolved_for(model, "W8A8");
            Exporter exporter(model, resolved, {.target = root_ / "deep/er/out"});
            QCOMPARE(code_of([&] { exporter.publish(); }), ErrorCode::internal);
            QCOMPARE(code_of([&] { exporter.complete(); }), ErrorCode::internal); // nothing was written
            Exporter second(model, resolved, {.target = root_ / "deep/other"});
            write_rounded(model, resolved, second);
            QCOMPARE(code_of([&] {
                         second.complete([](auto, auto) { throw Error(ErrorCode::cancelled, msg("Cancelled")); });
                     }),
                     ErrorCode::cancelled);
        }
        QCOMPARE(snapshot(root_), before);
    }

    /// A killed process cannot clean up; an export that is still going is not its leavings.
    void what_a_killed_process_left_goes() {
        const ModelFolder model(root_ / "model");
        const ResolvedRecipe resolved = resolved_for(model, "W8A8");
        fs::create_directories(root_ / ".out.partial-4194305/sub"); // no process has this number
        tiny::write_text(root_ / ".out.partial-4194305/model.safetensors", "half");
        fs::create_directory(root_ / ".output.partial-4194305"); // of another target
        const auto names = [&] {
            std::set<std::string> out;
            for (const auto& entry : fs::directory_iterator(root_)) out.insert(entry.path().filename().string());
            return out;
        };
        const std::string own = ".out.partial-" + std::to_string(::getpid());
        {
            const Exporter first(model, resolved, {.target = root_ / "out"});
            QCOMPARE(names(), (std::set<std::string>{"model", ".output.partial-4194305", own}));
            Exporter second(model, resolved, {.target = root_ / "out"});
            QCOMPARE(names(), (std::set<std::string>{"model", ".output.partial-4194305", own, own + "-2"}));
            write_rounded(model, resolved, second);
            second.finish();
        }
        QCOMPARE(names(), (std::set<std::string>{"model", ".output.partial-4194305", "out"}));
    }

    void refused_targets() {
        fs::create_directories(root_ / "taken");
        tiny::write_text(root_ / "taken/letter.txt", "mine");
        tiny::write_text(root_ / "file", "");
        const auto before = snapshot(root_);
        const ModelFolder model(root_ / "model");
        const ResolvedRecipe resolved = resolved_for(model, "W8A8");
        const auto refused = [&](const fs::path& target, bool overwrite) {
            return code_of([&] { Exporter(model, resolved, {.target = target, .overwrite = overwrite}); });
        };
        QCOMPARE(refused(root_ / "taken", false), ErrorCode::unusable_target);
        QCOMPARE(refused(root_ / "taken", true), ErrorCode::unusable_target);
        QCOMPARE(refused(root_ / "file", true), ErrorCode::unusable_target);
        QCOMPARE(refused(root_ / "model", true), ErrorCode::unusable_target);
        QCOMPARE(refused(root_ / "model/out", false), ErrorCode::unusable_target);
        QCOMPARE(refused(root_, true), ErrorCode::unusable_target);
        QCOMPARE(refused("/proc/out", false), ErrorCode::unusable_target);
        QCOMPARE(snapshot(root_), before);
    }

    void overwriting_replaces_the_whole_folder() {
        export_rounded(root_ / "model", root_ / "out", "W8A8");
        tiny::write_text(root_ / "out/old.txt", "old");
        const ModelFolder model(root_ / "model");
        const ResolvedRecipe resolved = resolved_for(model, "FP8_DYNAMIC");
        {
            Exporter exporter(model, resolved, {.target = root_ / "out", .overwrite = true});
            write_rounded(model, resolved, exporter);
            exporter.complete();
            QVERIFY(fs::exists(root_ / "out/old.txt")); // untouched until it is published
            exporter.publish();
        }
        QVERIFY(!fs::exists(root_ / "out/old.txt"));
        QCOMPARE(ModelFolder(root_ / "out").spec("model.layers.0.mlp.up_proj.weight").dtype, Dtype::f8_e4m3);
        QCOMPARE(std::distance(fs::directory_iterator(root_), {}), 2);
    }

    /// A sparse file looks larger than the disk without taking room on it.
    void full_disk_is_noticed_first() {
        tiny::Tensors tensors = tiny::tensors({});
        const std::uint64_t elements = (free_bytes(root_) / 2 / 1024 + 1) * 1024;
        tiny::Json header;
        std::uint64_t offset = 0;
        for (const auto& [name, tensor] : tensors) {
            header[name] = {{"dtype", tensor.dtype},
                            {"shape", tensor.shape},
                            {"data_offsets", {offset, offset + tensor.bytes.size()}}};
            offset += tensor.bytes.size();
        }
        header["model.layers.0.self_attn.rotary_emb.inv_freq"] = {
            {"dtype", "BF16"}, {"shape", {elements}}, {"data_offsets", {offset, offset + elements * 2}}};
        const std::string text = header.dump();
        const std::uint64_t size = text.size();
        const fs::path file = root_ / "model/model.safetensors";
        tiny::write_text(file, std::string(reinterpret_cast<const char*>(&size), 8) + text);
        std::error_code status;
        fs::resize_file(file, 8 + size + offset + elements * 2, status);
        if (status) QSKIP("this file system has no room for the name of such a file");
        const ModelFolder model(root_ / "model");
        QCOMPARE(code_of([&] { Exporter(model, resolved_for(model, "W8A8"), {.target = root_ / "out"}); }),
                 ErrorCode::disk_full);
        QCOMPARE(std::distance(fs::directory_iterator(root_), {}), 1);
    }

    void tied_head_cannot_be_quantized() {
        const ModelFolder model(root_ / "model");
        Recipe recipe = Recipe::for_scheme(preset("W8A8"));
        recipe.ignore.clear();
        const ResolvedRecipe resolved = resolve(recipe, linear_modules(read_model_config(model)));
        QCOMPARE(code_of([&] { Exporter(model, resolved, {.target = root_ / "out"}); }), ErrorCode::unusable_recipe);
    }

    void decompress_gives_code_times_scale_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<double>("bound");    // of the error, relative to the largest weight of the row
        const double e4m3 = 1.0 / 28 + 0.004; // half a step of 32 at 448, and the scale's rounding
        for (const Scheme& one : presets()) {
            const QuantizationArgs& args = one.weights;
            // Half a step, in units of the largest weight of the cell; half the widest step of E2M1 is one of six.
            // Powers of two cut off or waste up to one part in eight, E4M3 scales are off by up to one in sixteen.
            double bound = args.type == NumberType::integer ? (args.symmetric ? 0.51 : 1.02) / double(args.half_range())
                           : args.bits == 8                 ? e4m3
                                                            : 1.0 / 6;
            if (args.scale_dtype == "torch.uint8") bound += 0.15;
            if (args.scale_dtype == "torch.float8_e4m3fn") bound += 0.07;
            QTest::newRow(one.name.c_str()) << QString::fromStdString(one.name) << bound;
        }
    }
    void decompress_gives_code_times_scale() {
        QFETCH(QString, scheme);
        QFETCH(double, bound);
        tiny::write(root_ / "wide", {.heads = 8, .kv_heads = 8, .head_dim = 16, .hidden = 128, .intermediate = 256});
        export_rounded(root_ / "wide", root_ / "out", scheme.toStdString().c_str());
        const ModelFolder source(root_ / "wide"), folder(root_ / "out");
        const std::vector<Module> modules = linear_modules(read_model_config(source));
        const ResolvedRecipe read = read_quantization(folder, modules);
        QVERIFY(read_quantization(source, modules).schemes.empty());
        for (std::size_t i = 0; i < modules.size(); ++i) {
            if (modules[i].role == "lm_head") {
                QVERIFY(!read.schemes[i]);
                continue;
            }
            QVERIFY(read.schemes[i]);
            QCOMPARE(read.schemes[i]->name, scheme.toStdString());
            const bool is_static = read.schemes[i]->input && read.schemes[i]->input->dynamic != Dynamic::yes;
            const std::optional<InputScale> fixed = read_input_scale(folder, modules[i], *read.schemes[i]);
            QCOMPARE(fixed.has_value(), is_static);
            if (fixed) QCOMPARE(fixed->scale, 0.5f);
            const std::vector<float> values = decompress(folder, modules[i], *read.schemes[i]);
            std::vector<float> original(values.size());
            to_float(Dtype::bf16, source.data(modules[i].name + ".weight"), original);
            for (std::int64_t row = 0; row < modules[i].rows; ++row) {
                double largest = 0, error = 0;
                for (std::int64_t column = 0; column < modules[i].columns; ++column) {
                    const auto at = static_cast<std::size_t>(row * modules[i].columns + column);
                    largest = std::max(largest, std::abs(double(original[at])));
                    error = std::max(error, std::abs(double(original[at]) - double(values[at])));
                }
                // 127.5 · the rounded scale may lie half a percent below the largest weight, whose code is then
                // clamped.
                QVERIFY2(error <= (bound + 0.008) * largest, qPrintable(QString::number(error / largest)));
            }
        }
    }

    /// By names alone, as for an architecture that nobody knows: packed matrices are found too, with their sizes.
    void packed_matrices_are_found_by_name() {
        tiny::write(root_ / "wide", {.heads = 8, .kv_heads = 8, .head_dim = 16, .hidden = 128, .intermediate = 256});
        for (const char* scheme : {"W3A16", "NVFP4A16", "W4A8"}) {
            export_rounded(root_ / "wide", root_ / scheme, scheme);
            const std::vector<Module> expected = linear_modules(ModelFolder(root_ / "wide")),
                                      found = linear_modules(ModelFolder(root_ / scheme));
            QCOMPARE(found.size(), expected.size());
            for (std::size_t i = 0; i < found.size(); ++i) {
                QCOMPARE(found[i].name, expected[i].name);
                QCOMPARE(found[i].rows, expected[i].rows);
                QCOMPARE(found[i].columns, expected[i].columns);
            }
        }
    }

private:
    std::unique_ptr<QTemporaryDir> directory_;
    fs::path root_;
};

QTEST_APPLESS_MAIN(TestExporter)
#include "test_exporter.moc"
