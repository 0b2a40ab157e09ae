// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "device/device_checks.h"
#include "engine/workshop.h"

#ifndef OCTAVO_ON_DEVICE
#include "device/imitated_device.h"
#endif

using namespace octavo;

namespace {

#ifdef OCTAVO_ON_DEVICE
const DevicePlace place{};
#else
const DevicePlace place{"cpu", &imitate_device};
#endif

struct Compared {
    long codes = 0, different = 0;
};

Compared compare_codes(const TensorMap& a, const TensorMap& b) {
    Compared out;
    for (const auto& [name, tensor] : a) {
        if (tensor.dtype != "I8") continue;
        const auto& other = b.at(name).bytes;
        for (std::size_t i = 0; i < tensor.bytes.size(); ++i) out.different += tensor.bytes[i] != other.at(i);
        out.codes += static_cast<long>(tensor.bytes.size());
    }
    return out;
}

double total_error(const RunRecord& record) {
    double sum = 0;
    for (const MatrixReport& matrix : record.layers) sum += matrix.relative_error;
    return sum;
}

} // namespace

// Whole calibrated jobs on the CPU and on a device.
class TestDeviceRun : public QObject {
    Q_OBJECT

private:
    static constexpr int rows = 4, length = 15; ///< few: the host imitates a device slowly

    static void write_few_ids(const Workshop& shop) {
        tiny::Json ids = tiny::Json::array();
        for (int row = 0; row < rows; ++row) {
            ids.push_back(tiny::Json::array());
            for (int i = 0; i < length; ++i) ids.back().push_back((37 * row + 11 * i) % 250);
        }
        tiny::write_text(shop.root() / "ids.json", ids.dump());
    }

    static void check_near(const RunRecord& own, const RunRecord& expected) {
        const Compared codes = compare_codes(tensors_in(expected.output), tensors_in(own.output));
        QVERIFY(codes.codes > 0);
        QVERIFY2(codes.different <= codes.codes / 50,
                 qPrintable(QString("%1 of %2 codes differ").arg(codes.different).arg(codes.codes)));
        QVERIFY2(qAbs(total_error(own) / total_error(expected) - 1) <= 0.02,
                 qPrintable(QString("%1 instead of %2").arg(total_error(own)).arg(total_error(expected))));
    }

    static RunRecord run_there(const Workshop& shop, const std::string& name, const Recipe& recipe,
                               std::optional<std::uint64_t> activation_memory = {}) {
        QuantizeRequest request = shop.request(name, recipe);
        request.device = place.device;
        request.activation_memory = activation_memory;
        FanOut nobody({});
        if (place.imitate) place.imitate(true);
        RunRecord out;
        try {
            out = quantize(request, nobody, {});
        } catch (...) {
            if (place.imitate) place.imitate(false);
            throw;
        }
        if (place.imitate) place.imitate(false);
        return out;
    }

private Q_SLOTS:
    void initTestCase() {
        if (!is_there(place)) QSKIP("no CUDA device");
    }

    void same_model_as_on_the_cpu_data() {
        QTest::addColumn<bool>("order");
        QTest::newRow("in order") << false;
        QTest::newRow("act-order") << true;
    }
    void same_model_as_on_the_cpu() {
        QFETCH(bool, order);
        const Workshop shop;
        write_few_ids(shop);
        Recipe recipe = recipe_of("W8A8", SmoothingMode::off);
        recipe.solver.activation_order = order;
        const RunRecord expected = shop.run("cpu", recipe), own = run_there(shop, "there", recipe);
        QCOMPARE(own.status, std::string("done"));
        QCOMPARE(run_there(shop, "again", recipe).status, std::string("done"));
        QVERIFY(shop.files("there") == shop.files("again"));
        check_near(own, expected); // its inputs are multiplied in bf16: what is solved is not quite the same
    }

    void same_bytes_when_activations_stay_with_the_host() {
        const Workshop shop;
        write_few_ids(shop);
        const Recipe recipe = recipe_of("W8A8", SmoothingMode::off);
        QCOMPARE(run_there(shop, "there", recipe).status, std::string("done"));
        QCOMPARE(run_there(shop, "spilled", recipe, 0).status, std::string("done"));
        QVERIFY(shop.files("there") == shop.files("spilled"));
    }

#ifndef OCTAVO_ON_DEVICE
    void goes_on_in_smaller_parts_when_memory_runs_out() {
        const Workshop shop;
        write_few_ids(shop);
        const Recipe recipe = recipe_of("W8A8", SmoothingMode::off);
        const RunRecord expected = run_there(shop, "whole", recipe);
        imitate_too_little_memory_for(rows * length); // for a chunk of all tokens
        const RunRecord own = run_there(shop, "parts", recipe);
        const long times = times_out_of_memory();
        imitate_too_little_memory_for(0);
        QCOMPARE(own.status, std::string("done"));
        QCOMPARE(times, 2L); // rows of a chunk, tokens of an MLP: the next one is smaller from the start
        check_near(own, expected);
    }
#endif
};

QTEST_GUILESS_MAIN(TestDeviceRun)
#include "test_device_run.moc"
