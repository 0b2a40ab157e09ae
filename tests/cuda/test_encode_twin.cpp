// SPDX-License-Identifier: GPL-3.0-or-later
#include "cuda/device.h"

#include <cmath>

#include "number/packing.h"
#include "quantize/kernels/encode.h"

#ifndef OCTAVO_ON_DEVICE
#include "quantize/kernels/cuda/encode.cuh"
#endif

using namespace octavo;

namespace {

/// Rows whose sizes are far apart, one of zeros, one without negative numbers, one with minus zeros.
std::vector<float> weights(std::int64_t rows, std::int64_t columns) {
    std::vector<float> out = twin::normal_numbers(static_cast<std::size_t>(rows * columns), 8);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::int64_t row = static_cast<std::int64_t>(i) / columns;
        out[i] *= std::ldexp(1.0f, static_cast<int>(row % 40) - 30);
        if (row == 1) out[i] = i % 2 ? 0.0f : -0.0f;
        if (row == 2) out[i] = std::abs(out[i]);
        if (row == 3 && i % 5 == 0) out[i] = -0.0f;
    }
    return out;
}

struct Encoded {
    std::vector<float> scales, decoded;
    std::vector<std::int8_t> zeros;
    std::vector<std::uint8_t> codes;
    bool operator==(const Encoded&) const = default;

    Encoded(const ScaleCells& cells, std::size_t elements, bool symmetric)
        : scales(twin::unwritten<float>(static_cast<std::size_t>(cells.down * cells.across))),
          decoded(twin::unwritten<float>(elements)), zeros(twin::unwritten<std::int8_t>(symmetric ? 1 : scales.size())),
          codes(twin::unwritten<std::uint8_t>(elements)) {}
};

} // namespace

class TestEncodeTwin : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!twin::is_there()) QSKIP("no CUDA device");
    }

    void scales_and_codes_equal_the_cpu_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        for (const char* scheme : {"W8A8", "FP8_DYNAMIC", "FP8_BLOCK", "W4A16", "W4A16_ASYM", "W3A16", "W2A16",
                                   "NVFP4A16", "MXFP4A16", "MXFP8A16"}) {
            QTest::addRow("%s", scheme) << scheme << 45 << 256;
            QTest::addRow("%s, cut short", scheme) << scheme << 5 << 1216;
        }
    }
    void scales_and_codes_equal_the_cpu() {
        QFETCH(QString, scheme);
        QFETCH(int, rows);
        QFETCH(int, columns);
        const QuantizationArgs args = preset(scheme.toStdString()).weights;
        const std::vector<float> w = weights(rows, columns);
        for (const Dtype dtype : {Dtype::bf16, Dtype::f16, Dtype::f32}) {
            kernels::Grid grid = kernels::grid_of(args, dtype, rows, columns);
            if (grid.scales == kernels::Scales::e4m3)
                grid.global_scale = kernels::global_scale_for(
                    kernels::absolute_maximum(w.data(), static_cast<std::int64_t>(w.size())), dtype);
            const auto blank = [&] { return Encoded(scale_cells(args, rows, columns), w.size(), args.symmetric); };
            Encoded expected = blank();
            std::int8_t* zeros = args.symmetric ? nullptr : expected.zeros.data();
            kernels::choose_scales(grid, {}, w.data(), rows, columns, expected.scales.data(), zeros);
            kernels::encode(grid, w.data(), rows, columns, expected.scales.data(), zeros, expected.codes.data());
            kernels::decode(grid, expected.codes.data(), rows, columns, expected.scales.data(), zeros,
                            expected.decoded.data());
            twin::in_any_order([&] {
                Encoded own = blank();
                const twin::Array weight(w), scales(own.scales), decoded(own.decoded);
                const twin::Array zero_points(own.zeros);
                const twin::Array codes(own.codes);
                std::int8_t* found = args.symmetric ? nullptr : zero_points.data();
                RUN_KERNEL(choose_scales, grid, weight.data(), rows, columns, scales.data(), found);
                RUN_KERNEL(encode, grid, weight.data(), rows, columns, scales.data(), found, codes.data());
                RUN_KERNEL(decode, grid, codes.data(), rows, columns, scales.data(), found, decoded.data());
                own.scales = scales.values();
                own.zeros = zero_points.values();
                own.codes = codes.values();
                own.decoded = decoded.values();
                QCOMPARE(own.scales, expected.scales);
                QVERIFY(own.zeros == expected.zeros);
                QVERIFY(own.codes == expected.codes);
                QVERIFY(own.decoded == expected.decoded);
            });
        }
    }

#ifdef OCTAVO_ON_DEVICE
    /// What round_matrix() calls: there and back.
    void memory_of_the_host_is_encoded() {
        constexpr std::int64_t rows = 45, columns = 384;
        const std::vector<float> w = weights(rows, columns);
        const kernels::Grid grid = kernels::grid_of(preset("W4A16_ASYM").weights, Dtype::bf16, rows, columns);
        std::vector<float> scales(rows * 3), expected_scales(scales.size());
        std::vector<std::int8_t> zeros(scales.size()), expected_zeros(scales.size());
        std::vector<std::uint8_t> codes(w.size()), expected(w.size());
        kernels::encode_on_device(0, grid, w, rows, columns, scales, zeros, codes);
        kernels::choose_scales(grid, {}, w.data(), rows, columns, expected_scales.data(), expected_zeros.data());
        kernels::encode(grid, w.data(), rows, columns, expected_scales.data(), expected_zeros.data(), expected.data());
        QCOMPARE(scales, expected_scales);
        QVERIFY(zeros == expected_zeros);
        QVERIFY(codes == expected);
    }
#endif

    /// One scale for all: a block per cell with every thread a device allows.
    void a_cell_may_be_the_whole_matrix() {
        constexpr std::int64_t rows = 70, columns = 1031;
        QuantizationArgs args;
        args.strategy = Strategy::tensor;
        const std::vector<float> w = weights(rows, columns);
        const kernels::Grid grid = kernels::grid_of(args, Dtype::bf16, rows, columns);
        std::vector<float> expected(1);
        kernels::choose_scales(grid, {}, w.data(), rows, columns, expected.data(), nullptr);
        twin::in_any_order([&] {
            const twin::Array weight(w), scale(twin::unwritten<float>(1));
            RUN_KERNEL(choose_scales, grid, weight.data(), rows, columns, scale.data(),
                       static_cast<std::int8_t*>(nullptr));
            QCOMPARE(scale.values(), expected);
        });
    }

    /// Every code of every kind, as it is read back.
    void codes_mean_what_they_mean_on_the_cpu() {
        std::vector<std::uint8_t> all(256);
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i);
        for (const kernels::Numbers numbers :
             {kernels::Numbers::integer, kernels::Numbers::e4m3, kernels::Numbers::e2m1}) {
            kernels::Grid grid;
            grid.numbers = numbers;
            grid.cell_columns = 256;
            const std::array<float, 256> expected = kernels::code_values(numbers);
            const twin::Array codes(all);
            const twin::Array scale(std::vector<float>{1}), out(twin::unwritten<float>(256));
            RUN_KERNEL(decode, grid, codes.data(), 1, 256, scale.data(), static_cast<const std::int8_t*>(nullptr),
                       out.data());
            const std::vector<float> own = out.values();
            for (std::size_t i = 0; i < all.size(); ++i)
                QVERIFY(std::isnan(expected[i])
                            ? std::isnan(own[i])
                            : std::signbit(own[i]) == std::signbit(expected[i]) && own[i] == expected[i]);
        }
    }

    void packs_as_the_cpu_does_data() {
        QTest::addColumn<int>("bits");
        for (int bits = 1; bits <= 8; ++bits) QTest::addRow("%d bits", bits) << bits;
    }
    void packs_as_the_cpu_does() {
        QFETCH(int, bits);
        constexpr std::size_t rows = 7, columns = 103; // rows end within a word
        const auto flip = static_cast<std::uint8_t>(1u << (bits - 1));
        std::mt19937 generator(9);
        std::vector<std::uint8_t> all(rows * columns);
        for (std::uint8_t& code : all) code = static_cast<std::uint8_t>(generator());
        const std::size_t row_bytes = (columns * static_cast<std::size_t>(bits) + 31) / 32 * 4;
        std::vector<std::byte> expected(rows * row_bytes);
        for (std::size_t row = 0; row < rows; ++row)
            pack_codes(std::span(all).subspan(row * columns, columns), bits, flip,
                       std::span(expected).subspan(row * row_bytes, row_bytes));
        twin::in_any_order([&] {
            const twin::Array codes(all), packed(twin::unwritten<std::uint8_t>(expected.size()));
            RUN_KERNEL(pack_codes, codes.data(), std::int64_t(rows), std::int64_t(columns), bits, flip,
                       std::int64_t(row_bytes), packed.data());
            const std::vector<std::uint8_t> own = packed.values();
            QVERIFY(std::memcmp(own.data(), expected.data(), own.size()) == 0);
        });
    }
};

QTEST_APPLESS_MAIN(TestEncodeTwin)
#include "test_encode_twin.moc"
