// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <random>

#include "allocate/rounding_choices.h"
#include "architecture/architecture.h"
#include "base/error.h"
#include "number/number.h"
#include "support/tiny_model.h"

using namespace octavo;

class TestRoundingChoices : public QObject {
    Q_OBJECT

private:
    QTemporaryDir directory_;
    std::unique_ptr<ModelFolder> folder_;
    Module module_;
    std::vector<float> weights_, mean_square_, smoothing_, smoothed_;

    std::vector<RoundingChoice> choices(const Scheme& scheme, bool smoothed = false) const {
        return rounding_choices(*folder_, module_, scheme,
                                {mean_square_, smoothed ? std::span<const float>(smoothed_) : std::span<const float>()},
                                2, {});
    }

    /// Int4 with scales from the extremes of `group` columns, by the definition, in fp64 but for the stored scale.
    double by_hand(std::int64_t group, bool smoothed) const {
        double signal = 0, noise = 0;
        const auto columns = std::size_t(module_.columns);
        for (std::size_t begin = 0; begin < weights_.size(); begin += std::size_t(group)) {
            const auto weight = [&](std::size_t i) {
                return double(weights_[i]) * (smoothed ? double(smoothing_[i % columns]) : 1.0);
            };
            double absmax = 0;
            for (std::size_t i = begin; i < begin + std::size_t(group); ++i)
                absmax = std::max(absmax, std::abs(weight(i)));
            const double scale = double(rounded_to(Dtype::bf16, float(absmax / 7.5)));
            for (std::size_t i = begin; i < begin + std::size_t(group); ++i) {
                const double code = std::clamp(std::nearbyint(weight(i) / scale), -8.0, 7.0);
                const double square = double(smoothed ? smoothed_[i % columns] : mean_square_[i % columns]);
                signal += square * weight(i) * weight(i);
                noise += square * std::pow(weight(i) - code * scale, 2);
            }
        }
        return noise / signal;
    }

    static const RoundingChoice& find(const std::vector<RoundingChoice>& all, int group, bool searched) {
        for (const RoundingChoice& one : all)
            if (one.group_size == group && one.searched == searched) return one;
        throw std::runtime_error("no such choice");
    }

private Q_SLOTS:
    void initTestCase() {
        tiny::Options options;
        options.hidden = 128;
        const tiny::fs::path root = directory_.path().toStdString();
        tiny::write(root, options);
        folder_ = std::make_unique<ModelFolder>(root);
        for (const Module& module : linear_modules(read_model_config(*folder_)))
            if (module.name == "model.layers.1.mlp.up_proj") module_ = module;
        QCOMPARE(module_.columns, std::int64_t(128));
        const std::string name = module_.name + ".weight";
        weights_.resize(std::size_t(module_.rows * module_.columns));
        to_float(folder_->spec(name).dtype, folder_->data(name), weights_);
        std::mt19937 generator(9);
        for (std::int64_t k = 0; k < module_.columns; ++k) {
            mean_square_.push_back(0.1f + float(generator() % 1000) / 100);
            smoothing_.push_back(std::exp2(float(generator() % 5) - 2)); // exact in all that follows
            smoothed_.push_back(mean_square_.back() / (smoothing_.back() * smoothing_.back()));
        }
    }

    void errors_are_those_of_the_definition_data() {
        QTest::addColumn<bool>("smoothed");
        QTest::newRow("as it is") << false;
        QTest::newRow("smoothed") << true;
    }
    void errors_are_those_of_the_definition() {
        QFETCH(bool, smoothed);
        const auto all = choices(preset("W4A16_G64"), smoothed);
        QCOMPARE(all.front().group_size, 64); // the scheme's own
        for (const int group : {0, 32, 64, 128}) {
            const double expected = by_hand(group ? group : module_.columns, smoothed);
            const double found = find(all, group, false).error;
            QVERIFY2(std::abs(found / expected - 1) < 1e-3,
                     qPrintable(QString("%1: %2 %3").arg(group).arg(found).arg(expected)));
            QVERIFY(find(all, group, true).error < found);
        }
    }

    void smaller_groups_err_less_and_take_more() {
        const auto all = choices(preset("W4A16_G128"));
        QVERIFY(find(all, 32, true).error < find(all, 128, true).error);
        QVERIFY(find(all, 32, true).bytes > find(all, 128, true).bytes);
        QCOMPARE(find(all, 32, true).bytes, find(all, 32, false).bytes);
    }

    void fixed_formats_have_their_scales_to_choose_alone() {
        QCOMPARE(choices(preset("FP8_DYNAMIC")).size(), std::size_t(2));
        QCOMPARE(choices(preset("FP8")).size(), std::size_t(1)); // one scale per tensor
        QCOMPARE(choices(preset("NVFP4")).size(), std::size_t(2));
    }

    void statistics_of_another_model_are_refused() {
        const std::vector<float> short_one(7, 1.0f);
        QVERIFY_THROWS_EXCEPTION(Error, rounding_choices(*folder_, module_, preset("W8A8"), {short_one, {}}, 1, {}));
        Module other = module_;
        other.rows += 1;
        QVERIFY_THROWS_EXCEPTION(Error, rounding_choices(*folder_, other, preset("W8A8"), {mean_square_, {}}, 1, {}));
    }
};

QTEST_APPLESS_MAIN(TestRoundingChoices)
#include "test_rounding_choices.moc"
