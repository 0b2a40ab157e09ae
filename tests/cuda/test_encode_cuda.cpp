// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <random>

#include "quantize/kernels/device.h"
#include "quantize/kernels/encode.h"

using namespace octavo;

class TestEncodeCuda : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (kernels::device_count() == 0) QSKIP("no CUDA device");
    }

    void codes_equal_the_cpu_data() {
        QTest::addColumn<bool>("integer");
        QTest::addColumn<int>("dtype");
        for (const bool integer : {true, false})
            for (const Dtype dtype : {Dtype::bf16, Dtype::f16, Dtype::f32})
                QTest::addRow("%s %s", integer ? "int8" : "e4m3", std::string(torch_name(dtype)).c_str())
                    << integer << int(dtype);
    }
    void codes_equal_the_cpu() {
        QFETCH(bool, integer);
        QFETCH(int, dtype);
        constexpr std::int64_t rows = 300, columns = 1031;
        std::mt19937 generator(3);
        std::normal_distribution<float> normal;
        std::vector<float> w(rows * columns);
        for (std::size_t i = 0; i < w.size(); ++i)
            w[i] = normal(generator) * std::ldexp(1.0f, int(i / columns) % 40 - 30);
        std::fill_n(w.begin(), columns, 0.0f);
        QuantizationArgs args;
        args.type = integer ? NumberType::integer : NumberType::floating;
        std::vector<float> scales(rows), expected_scales(rows);
        std::vector<std::uint8_t> codes(w.size()), expected(w.size());
        kernels::encode_rows_on_device(0, w, rows, columns, args, Dtype(dtype), scales, codes);
        const kernels::Grid grid = kernels::grid_of(args, Dtype(dtype), rows, columns);
        kernels::choose_scales(grid, {}, w.data(), rows, columns, expected_scales.data(), nullptr);
        kernels::encode(grid, w.data(), rows, columns, expected_scales.data(), nullptr, expected.data());
        QVERIFY(scales == expected_scales);
        QVERIFY(codes == expected);
    }
};

QTEST_APPLESS_MAIN(TestEncodeCuda)
#include "test_encode_cuda.moc"
