// SPDX-License-Identifier: GPL-3.0-or-later
#include "cuda/device.h"

#include <cmath>

#include "quantize/kernels/encode.h"
#include "quantize/kernels/solve.h"

#ifndef OCTAVO_ON_DEVICE
#include "quantize/kernels/cuda/solve.cuh"
#endif

using namespace octavo;

namespace {

/// A block in the middle of a matrix, and what the solve makes of it.
struct Problem {
    std::int64_t rows, columns, stride, begin;
    kernels::Grid grid;
    std::vector<float> weight, correction, factor, scales, zeros;
    std::vector<std::int32_t> cells;
};

struct Result {
    std::vector<float> error, row_loss;
    std::vector<std::uint8_t> codes;
    std::vector<double> column_loss;

    explicit Result(const Problem& p)
        : error(twin::unwritten<float>(p.weight.size())), row_loss(static_cast<std::size_t>(p.rows), 0.5f),
          codes(twin::unwritten<std::uint8_t>(p.weight.size())),
          column_loss(static_cast<std::size_t>(p.columns), 0.25) {}
    bool operator==(const Result&) const = default;
};

Problem problem(const std::string& scheme, std::int64_t rows, std::int64_t columns) {
    Problem p{rows, columns, columns + 37, 16, {}, {}, {}, {}, {}, {}, {}};
    const QuantizationArgs args = preset(scheme).weights;
    p.grid = kernels::grid_of(args, Dtype::f32, rows, p.stride);
    p.weight = twin::normal_numbers(static_cast<std::size_t>(rows * p.stride), 5);
    if (p.grid.scales == kernels::Scales::e4m3) p.grid.global_scale = kernels::global_scale_for(4, Dtype::f32);
    const ScaleCells cells = scale_cells(args, rows, p.stride);
    std::vector<float> stored(static_cast<std::size_t>(cells.down * cells.across));
    std::vector<std::int8_t> zeros(stored.size());
    kernels::choose_scales(p.grid, {}, p.weight.data(), rows, p.stride, stored.data(), zeros.data());
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t cell = 0; cell < cells.across; ++cell) {
            const auto at = static_cast<std::size_t>(row / p.grid.cell_rows * cells.across + cell);
            p.scales.push_back(p.grid.effective(stored[at]));
            if (!args.symmetric) p.zeros.push_back(zeros[at]);
        }
    for (std::int64_t column = p.begin; column < p.begin + columns; ++column)
        p.cells.push_back(static_cast<std::int32_t>(column / p.grid.cell_columns));
    p.correction = twin::normal_numbers(static_cast<std::size_t>(rows * columns), 6);
    for (float& value : p.correction) value *= 0.1f;
    // Any lower triangle is the factor of some Hessian.
    p.factor.resize(static_cast<std::size_t>(columns * columns));
    const std::vector<float> noise = twin::normal_numbers(p.factor.size(), 7);
    for (std::int64_t i = 0; i < columns; ++i)
        for (std::int64_t j = i; j < columns; ++j) {
            const auto at = static_cast<std::size_t>(i * columns + j);
            p.factor[at] = i == j ? 1.0f + std::abs(noise[at]) : 0.2f * noise[at];
        }
    return p;
}

kernels::SolveBlock block_of(const Problem& p) {
    kernels::SolveBlock block;
    block.columns = p.columns;
    block.stride = p.stride;
    block.across = p.grid.across;
    return block;
}

Result solved_on_cpu(const Problem& p) {
    Result out(p);
    kernels::SolveBlock block = block_of(p);
    block.weight = p.weight.data() + p.begin;
    block.error = out.error.data() + p.begin;
    block.codes = out.codes.data() + p.begin;
    block.correction = p.correction.data();
    block.factor_columns = p.factor.data();
    block.scales = p.scales.data();
    block.zero_points = p.zeros.empty() ? nullptr : p.zeros.data();
    block.cells = p.cells.data();
    block.row_loss = out.row_loss.data();
    block.column_loss = out.column_loss.data();
    kernels::solve_block(block, p.grid, 0, p.rows);
    return out;
}

Result solved_by_twin(const Problem& p) {
    Result out(p);
    const twin::Array weight(p.weight), correction(p.correction), factor(p.factor), scales(p.scales);
    const twin::Array zeros(p.zeros.empty() ? std::vector<float>{0} : p.zeros);
    const twin::Array cells(p.cells);
    const twin::Array error(out.error), row_loss(out.row_loss);
    const twin::Array codes(out.codes);
    const twin::Array column_loss(out.column_loss);
    const std::int64_t blocks = (p.rows + kernels::solve_rows_per_block - 1) / kernels::solve_rows_per_block;
    const twin::Array share(twin::unwritten<double>(static_cast<std::size_t>(blocks * p.columns)));
    kernels::SolveBlock block = block_of(p);
    block.weight = weight.data() + p.begin;
    block.error = error.data() + p.begin;
    block.codes = codes.data() + p.begin;
    block.correction = correction.data();
    block.factor_columns = factor.data();
    block.scales = scales.data();
    block.zero_points = p.zeros.empty() ? nullptr : zeros.data();
    block.cells = cells.data();
    block.row_loss = row_loss.data();
    block.column_loss = column_loss.data();
    RUN_KERNEL(solve_block, block, p.grid, p.rows, share.data());
    out.error = error.values();
    out.codes = codes.values();
    out.row_loss = row_loss.values();
    out.column_loss = column_loss.values();
    return out;
}

template <class T>
double total(const std::vector<T>& values) {
    double sum = 0;
    for (const T value : values) sum += static_cast<double>(value);
    return sum;
}

bool is_near(double a, double b) { return std::abs(a - b) <= 1e-3 * std::abs(b); }

} // namespace

class TestSolveTwin : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!twin::is_there()) QSKIP("no CUDA device");
    }

    void solves_as_the_cpu_does_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::newRow("int8, a row alone") << "W8A8" << 1 << 128;
        QTest::newRow("int8, wide block") << "W8A8" << 17 << 256;
        QTest::newRow("int8, one column") << "W8A8" << 9 << 1;
        QTest::newRow("int4 by groups") << "W4A16" << 24 << 200;
        QTest::newRow("int4 with zero points") << "W4A16_ASYM" << 19 << 129;
        QTest::newRow("e4m3") << "FP8_DYNAMIC" << 21 << 97;
        QTest::newRow("e4m3 by blocks") << "FP8_BLOCK" << 16 << 160;
        QTest::newRow("e2m1 by groups") << "NVFP4A16" << 33 << 64;
        QTest::newRow("e2m1, powers of two") << "MXFP4A16" << 8 << 31;
    }
    void solves_as_the_cpu_does() {
        QFETCH(QString, scheme);
        QFETCH(int, rows);
        QFETCH(int, columns);
        const Problem p = problem(scheme.toStdString(), rows, columns);
        const Result expected = solved_on_cpu(p);
        std::vector<Result> results;
        twin::in_any_order([&] { results.push_back(solved_by_twin(p)); });
        const Result& own = results.front();
        for (const Result& other : results) QVERIFY(other == own); // the same bytes
        std::size_t different = 0;
        for (std::size_t i = 0; i < own.codes.size(); ++i) different += own.codes[i] != expected.codes[i];
        QVERIFY2(static_cast<double>(different) <= 1e-3 * static_cast<double>(own.codes.size()),
                 qPrintable(QString::number(different)));
        QVERIFY(is_near(total(own.row_loss), total(expected.row_loss)));
        for (std::size_t i = 0; i < own.row_loss.size() && different == 0; ++i)
            QVERIFY(is_near(double(own.row_loss[i]), double(expected.row_loss[i])));
        for (std::size_t i = 0; i < own.column_loss.size() && different == 0; ++i)
            QVERIFY(is_near(own.column_loss[i], expected.column_loss[i]));
        for (std::size_t i = 0; i < own.error.size() && different == 0; ++i)
            QVERIFY(std::abs(own.error[i] - expected.error[i]) <= 1e-5f);
    }
};

QTEST_APPLESS_MAIN(TestSolveTwin)
#include "test_solve_twin.moc"
