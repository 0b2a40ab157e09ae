// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "engine/engine.h"
#include "workshop.h"

using namespace octavo;

namespace {

tiny::Options four_layers() {
    tiny::Options out;
    out.layers = 4;
    return out;
}

Recipe coarse(Correction correction) {
    Recipe out = recipe_of("W4A16", SmoothingMode::off);
    out.scheme = with_group_size(out.scheme, 0);
    out.solver.correction = correction;
    return out;
}

/// Of two tensors' bytes.
template <class Bytes>
double share_changed(const Bytes& one, const Bytes& other) {
    std::size_t changed = one.size() == other.size() ? 0 : one.size();
    for (std::size_t i = 0; i < one.size() && i < other.size(); ++i) changed += one[i] != other[i];
    return static_cast<double>(changed) / static_cast<double>(one.size());
}

/// Divergence on text that has nothing to do with the calibration.
double divergence(const Workshop& shop, const std::string& name) {
    FanOut nobody({});
    EvaluateRequest request;
    request.model = shop.root() / name;
    request.reference = shop.root() / "model";
    request.sequence_length = 24;
    request.windows = 12;
    request.device = "cpu";
    request.threads = 2;
    return load_engine().evaluate(request, nobody, {}).metrics.kl_divergence.value;
}

} // namespace

// The second stream: what the original model computes beside the quantized one.
class TestCorrection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Nothing in front of the first q, k and v is quantized, so that there is nothing to correct.
    void nothing_in_front_nothing_to_correct() {
        const Workshop shop(four_layers());
        for (const auto& [name, correction] :
             {std::pair("none", Correction::none), std::pair("inputs", Correction::inputs),
              std::pair("residual", Correction::residual)})
            shop.run(name, coarse(correction));
        const TensorMap none = tensors_in(shop.root() / "none");
        for (const char* name : {"inputs", "residual"}) {
            const TensorMap with = tensors_in(shop.root() / name);
            for (const char* role : {"q", "k", "v"}) {
                const std::string tensor = std::string("self_attn.") + role + "_proj.weight_packed";
                const auto changed = [&](const std::string& layer) {
                    return share_changed(with.at(layer + tensor).bytes, none.at(layer + tensor).bytes);
                };
                // Not all: a correction needs Hessians of float32 products, where bf16 ones do otherwise.
                QVERIFY2(changed("model.layers.0.") < 0.02, qPrintable(QString::number(changed("model.layers.0."))));
                QVERIFY2(changed("model.layers.3.") > 0.03, qPrintable(QString::number(changed("model.layers.3."))));
            }
        }
        QVERIFY(tensors_in(shop.root() / "inputs").at("model.layers.3.mlp.down_proj.weight_packed").bytes !=
                tensors_in(shop.root() / "residual").at("model.layers.3.mlp.down_proj.weight_packed").bytes);
    }

    void the_model_comes_nearer_to_the_original() {
        const Workshop shop(four_layers());
        shop.run("none", coarse(Correction::none));
        shop.run("residual", coarse(Correction::residual));
        const double none = divergence(shop, "none"), residual = divergence(shop, "residual");
        QVERIFY2(residual < 0.9 * none, qPrintable(QString("%1 became %2").arg(none).arg(residual)));
    }

    void correction_needs_data() {
        Recipe recipe = coarse(Correction::residual);
        QVERIFY(recipe.needs_data());
        recipe.solver.method = SolverMethod::round_to_nearest;
        recipe.solver.scales = ScaleMethod::extremes;
        QVERIFY(recipe.needs_data());
        recipe.solver.correction = Correction::none;
        QVERIFY(!recipe.needs_data());
    }
};

QTEST_APPLESS_MAIN(TestCorrection)
#include "test_correction.moc"
