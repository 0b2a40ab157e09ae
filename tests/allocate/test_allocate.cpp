// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>

#include "allocate/allocate.h"
#include "allocate/predict.h"
#include "base/error.h"

using namespace octavo;

namespace {

constexpr std::uint64_t other = 1000;

SensitivityRow row(int layer, const char* role, std::vector<std::string> modules, const char* scheme,
                   std::uint64_t bytes, double kl) {
    SensitivityRow out;
    const std::string prefix = "model.layers." + std::to_string(layer) + ".";
    for (std::string& name : modules) name = prefix + name;
    out.modules = std::move(modules);
    out.role = role;
    out.group = out.modules.size() > 1 ? prefix + role : out.modules.front();
    out.layer = layer;
    out.scheme = scheme;
    out.parameters = 800;
    out.bytes = bytes;
    out.bytes_before = 1600;
    out.bits_per_weight = 8.0 * static_cast<double>(bytes) / 800;
    out.kl = KlMeasure{kl, kl / 2, kl * 2, 0.9, 100, {}};
    return out;
}

/// Two groups in each of two layers, two schemes.
SensitivityTable example() {
    SensitivityTable out;
    out.other_bytes = other;
    out.layers = 2;
    out.schemes = {"W8A8", "FP8_DYNAMIC"};
    double damage = 0.01;
    for (int layer = 0; layer < 2; ++layer)
        for (const bool fused : {true, false}) {
            const std::vector<std::string> modules =
                fused ? std::vector<std::string>{"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"}
                      : std::vector<std::string>{"self_attn.o_proj"};
            out.rows.push_back(row(layer, fused ? "qkv" : "o_proj", modules, "W8A8", 808, damage));
            out.rows.push_back(row(layer, fused ? "qkv" : "o_proj", modules, "FP8_DYNAMIC", 900, damage * 0.3));
            damage *= 2;
        }
    out.complete = true;
    return out;
}

/// Runs `work`; the message of the Error that it has to throw.
template <class Work>
QString refusal(const Work& work) {
    try {
        work();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::unusable_recipe) return "wrong code";
        return QString::fromStdString(error.message().english() + " " + error.advice().english());
    }
    return {};
}

/// Of the groups, [16, columns] each.
std::vector<Module> modules_in(const Allocator& allocator, std::int64_t columns) {
    std::vector<Module> out;
    for (const auto& group : allocator.groups())
        for (const std::string& name : group.modules)
            out.push_back({.name = name,
                           .rows = 16,
                           .columns = columns,
                           .layer = group.layer,
                           .fused_set = group.modules.size() > 1 ? group.name : ""});
    return out;
}

} // namespace

class TestAllocate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_budget_is_kept_and_spent_where_it_helps_most() {
        const Allocator allocator(example(), {});
        QCOMPARE(allocator.tier(), 3);
        QCOMPARE(allocator.groups().size(), std::size_t(4));
        // All in W8A8 but one group in 16 bit: it must be the worst one, the last.
        const double bits = 8.0 * (3 * 808 + 1600) / 3200;
        for (const bool exactly : {false, true}) {
            const Allocation found = allocator.solve({Budget::Kind::bits_per_weight, bits}, exactly);
            QVERIFY(found.bits_per_weight <= bits);
            QVERIFY(found.bytes <= other + 3 * 808 + 1600);
            // Brute force over 3^4 choices.
            double best = 1e9;
            const SensitivityTable table = example();
            for (int code = 0; code < 81; ++code) {
                double bytes = 0, damage = 0;
                for (int group = 0, rest = code; group < 4; ++group, rest /= 3) {
                    const SensitivityRow& w8 = table.rows[static_cast<std::size_t>(2 * group)];
                    const SensitivityRow& fp8 = table.rows[static_cast<std::size_t>(2 * group + 1)];
                    bytes += rest % 3 == 0 ? 1600 : static_cast<double>(rest % 3 == 1 ? w8.bytes : fp8.bytes);
                    damage += rest % 3 == 0 ? 0 : rest % 3 == 1 ? w8.kl->mean : fp8.kl->mean;
                }
                if (8 * bytes / 3200 <= bits + 1e-12) best = std::min(best, damage);
            }
            QVERIFY(found.damage >= best - 1e-12);
            if (exactly) QVERIFY(std::abs(found.damage - best) < 1e-12);
        }
    }

    void damage_budgets_give_the_smallest_model() {
        const Allocator allocator(example(), {});
        const Allocation all = allocator.uniform("W8A8");
        QVERIFY(std::abs(all.damage - 0.15) < 1e-12);
        QCOMPARE(all.bytes, other + 4 * 808);
        const Allocation found = allocator.solve({Budget::Kind::damage, 0.15}, true);
        QCOMPARE(found.bytes, all.bytes);
        const Allocation none = allocator.solve({Budget::Kind::damage, 0}, true);
        QCOMPARE(none.bytes, other + 4 * 1600);
        QCOMPARE(none.damage, 0.0);
    }

    void the_calibration_scales_what_is_predicted() {
        SensitivityTable table = example();
        table.calibration = 2;
        QVERIFY(std::abs(Allocator(table, {}).uniform("W8A8").damage - 0.30) < 1e-12);
    }

    void budgets_that_cannot_be_met_say_what_can() {
        const Allocator allocator(example(), {});
        const QString bits = refusal([&] { allocator.solve({Budget::Kind::bits_per_weight, 4}); });
        QVERIFY2(bits.contains("8.08"), qPrintable(bits)); // 8 · 808 / 800
        const QString bytes = refusal([&] { allocator.solve({Budget::Kind::bytes, 2000}); });
        QVERIFY2(bytes.contains("4232"), qPrintable(bytes));
        AllocationOptions quantized;
        quantized.allow_16_bit = false;
        const QString damage = refusal([&] { Allocator(example(), quantized).solve({Budget::Kind::damage, 0.001}); });
        QVERIFY2(damage.contains("0.045"), qPrintable(damage)); // 0.3 · 0.15
    }

    void pins_are_kept() {
        AllocationOptions options;
        options.pins = {{"model.layers.0.self_attn.k_proj", "16"}, {"re:.*layers\\.1\\..*o_proj", "fp8_dynamic"}};
        const Allocator allocator(example(), options);
        const Allocation found = allocator.solve({Budget::Kind::bits_per_weight, 16});
        QCOMPARE(found.schemes[0], std::string());
        QCOMPARE(found.schemes[3], std::string("FP8_DYNAMIC"));
        const Allocation least = allocator.at(0);
        QCOMPARE(least.schemes[0], std::string());
        QCOMPARE(least.schemes[1], std::string("W8A8"));
    }

    void senseless_pins_are_refused() {
        const auto with = [](std::vector<std::pair<std::string, std::string>> pins) {
            AllocationOptions options;
            options.pins = std::move(pins);
            return refusal([&] { Allocator(example(), options); });
        };
        QVERIFY(with({{"re:.*", "16"}}).contains("Every group is pinned"));
        QVERIFY(with({{"model.layers.0.self_attn.o_prj", "16"}}).contains("o_proj"));
        QVERIFY(with({{"model.layers.0.self_attn.o_proj", "NVFP4"}}).contains("cannot be pinned"));
        QVERIFY(refusal([] { Allocator(SensitivityTable{}, {}); }).contains("empty"));
    }

    void the_recipe_names_every_matrix_and_resolves() {
        AllocationOptions options;
        options.pins = {{"model.layers.1.qkv", "16"}, {"model.layers.0.self_attn.o_proj", "FP8_DYNAMIC"}};
        const Allocator allocator(example(), options);
        const Allocation found = allocator.at(0);
        const Recipe recipe = recipe_from_json(to_json(recipe_of(allocator.groups(), found)));
        const std::vector<Module> modules = modules_in(allocator, 16);
        const ResolvedRecipe resolved = resolve(recipe, modules);
        for (std::size_t i = 0; i < allocator.groups().size(); ++i)
            for (const std::string& name : allocator.groups()[i].modules) {
                const auto& scheme = resolved.scheme_of(name);
                QCOMPARE(scheme ? scheme->name : std::string(), found.schemes[i]);
            }
        QVERIFY(recipe.needs_data()); // W8A8 is among them
    }

    /// Groups of 32 are a choice between those of 64 or 128 and 8 bits, and survive the recipe.
    void group_sizes_are_choices() {
        SensitivityTable table = example();
        for (SensitivityRow& row : table.rows) row.scheme = row.scheme == "W8A8" ? "W4A16" : "W4A16_G32";
        table.schemes = {"W4A16", "W4A16_G32"};
        AllocationOptions options;
        options.pins = {{"model.layers.1.qkv", "w4a16-g32"}};
        options.target = ServingRules::instance().find("8.0");
        const Allocator allocator(table, options);
        const Allocation found = allocator.at(0);
        const std::vector<Module> modules = modules_in(allocator, 256);
        const ResolvedRecipe resolved =
            resolve(recipe_from_json(to_json(recipe_of(allocator.groups(), found))), modules);
        int narrow = 0;
        for (std::size_t i = 0; i < allocator.groups().size(); ++i) {
            narrow += found.schemes[i] == "W4A16_G32";
            for (const std::string& name : allocator.groups()[i].modules) {
                const auto& scheme = resolved.scheme_of(name);
                QCOMPARE(scheme ? scheme->name : std::string(), found.schemes[i]);
                if (scheme) QCOMPARE(scheme->weights.group_size, found.schemes[i] == "W4A16_G32" ? 32 : 128);
            }
        }
        QVERIFY(narrow > 0);
    }

    void targets_leave_out_what_they_do_not_run() {
        AllocationOptions options;
        options.target = ServingRules::instance().find("7.5");
        QVERIFY(options.target.has_value());
        const Allocator allocator(example(), options);
        for (const auto& group : allocator.groups())
            for (const std::string& scheme : group.schemes)
                if (!scheme.empty())
                    QVERIFY(ServingRules::instance().support(scheme, options.target->capability).support !=
                            Support::unsupported);
    }

    void forecasts_serve_where_nothing_was_measured() {
        SensitivityTable table = example();
        for (SensitivityRow& one : table.rows) {
            one.gradient = GradientMeasure{7 * one.kl->mean, 0, 1, 100, {}};
            one.relative_error_rounding = 0.5;
            one.weight_sqnr_db = 30;
        }
        std::vector<MatrixReport> layers;
        double measured = 0;
        for (const SensitivityRow& one : table.rows) {
            if (one.scheme != "W8A8") continue;
            measured += one.kl->mean;
            for (const std::string& name : one.modules) {
                layers.emplace_back().name = name;
                layers.back().scheme = "W8A8";
            }
        }
        QCOMPARE(table.tier(), 3); // what was measured counts most
        QCOMPARE(predicted_divergence(table, layers).value(), measured);
        table.rows[2].kl.reset(); // one gap is enough: values of two kinds are not added up
        QCOMPARE(table.tier(), 2);
        QVERIFY(std::abs(predicted_divergence(table, layers).value() / (7 * measured) - 1) < 1e-12);
        table.calibration = 0.5;
        const Allocator allocator(table, {});
        QCOMPARE(allocator.tier(), 2);
        QVERIFY(std::abs(allocator.uniform("W8A8").damage / (3.5 * measured) - 1) < 1e-12);
        table.rows[3].gradient.reset();
        QCOMPARE(table.tier(), 1);
        table.rows[3].relative_error_rounding.reset();
        QCOMPARE(table.tier(), 0);
    }

    void a_run_is_foretold_from_the_groups_alone() {
        const SensitivityTable table = example();
        std::vector<MatrixReport> layers;
        double expected = 0;
        for (const SensitivityRow& one : table.rows) {
            const bool last = one.layer == 1 && one.role == "o_proj"; // stays in 16 bit
            if (one.scheme != "W8A8") continue;
            if (!last) expected += one.kl->mean;
            for (const std::string& name : one.modules) {
                MatrixReport report;
                report.name = name;
                report.scheme = last ? "" : "W8A8";
                layers.push_back(report);
            }
        }
        QCOMPARE(predicted_divergence(table, layers).value(), expected);
        layers.front().scheme = "FP8_DYNAMIC"; // its partners are not: no row describes that
        QVERIFY(!predicted_divergence(table, layers));
        for (MatrixReport& report : layers) report.scheme = "W4A16"; // never measured
        QVERIFY(!predicted_divergence(table, layers));
        QVERIFY(!predicted_divergence(table, {}));
    }
};

QTEST_APPLESS_MAIN(TestAllocate)
#include "test_allocate.moc"
