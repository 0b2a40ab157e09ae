// SPDX-License-Identifier: GPL-3.0-or-later
#include "model_checks.h"

#include <QtTest>

// The decoder's arithmetic against definitions written out in double.
class TestDecoder final : public QObject {
    Q_OBJECT

private:
    static void below(double found, double limit) { QVERIFY2(found < limit, qPrintable(QString::number(found))); }

private Q_SLOTS:
    void rotary_tables_data() {
        QTest::addColumn<QString>("type");
        for (const char* type : {"default", "linear", "llama3"}) QTest::newRow(type) << type;
    }
    void rotary_tables() {
        QFETCH(QString, type);
        // Angles up to 512 in float32 are known to 3e-5.
        below(rotary_deviation(type.toStdString()), 1e-4);
    }
    void llama3_keeps_stretches_and_blends() { QVERIFY(llama3_blends()); }

    void attention_data() {
        QTest::addColumn<int>("heads");
        QTest::addColumn<int>("kv_heads");
        QTest::addColumn<int>("head_dim");
        QTest::addColumn<int>("window");
        QTest::newRow("one kv head each") << 4 << 4 << 8 << 0;
        QTest::newRow("grouped, odd") << 9 << 3 << 10 << 0;
        QTest::newRow("one kv head") << 5 << 1 << 16 << 0;
        QTest::newRow("window") << 6 << 2 << 8 << 4;
        QTest::newRow("window of one token") << 4 << 4 << 8 << 1;
        QTest::newRow("window as long as the longest row") << 6 << 2 << 8 << 12;
        QTest::newRow("window longer than any row") << 6 << 3 << 8 << 100;
    }
    void attention() {
        QFETCH(int, heads);
        QFETCH(int, kv_heads);
        QFETCH(int, head_dim);
        QFETCH(int, window);
        below(attention_deviation(heads, kv_heads, head_dim, window), 2e-6);
    }
    void attention_of_rounded_numbers_data() { attention_data(); }
    void attention_of_rounded_numbers() {
        QFETCH(int, heads);
        QFETCH(int, kv_heads);
        QFETCH(int, head_dim);
        QFETCH(int, window);
        const std::vector<double> off = narrow_attention_deviations(heads, kv_heads, head_dim, window);
        if (off.empty()) QSKIP("This CPU has no products of bf16 numbers.");
        below(off[0], 1e-2);
        QCOMPARE(off[1], 0.0);
    }

    void products_of_codes() {
        for (const int tokens : {1, 47, 200}) {
            const std::vector<double> off = code_product_deviations(tokens, 72, 140);
            for (std::size_t i = 0; i < 3; ++i) below(off[i], 2e-6);
            QCOMPARE(off[3], 0.0);
            below(off[4], 1e-12);
        }
        // Sizes that kernels of our own leave to LibTorch.
        for (const double off : code_product_deviations(33, 70, 34)) below(off, 2e-6);
    }

    void norm() {
        for (const int columns : {1, 15, 16, 17, 576}) below(norm_deviation(columns), 1e-6);
    }
    void columns_of_a_wider_matrix() { QCOMPARE(view_deviation(), 0.0); }
    void gated_activations() {
        for (const char* activation : {"silu", "gelu", "gelu_tanh"}) below(gate_deviation(activation), 1e-6);
    }
    void whole_layer() {
        below(layer_deviation(false), 1e-5);
        below(layer_deviation(true), 1e-5);
    }
    void rows_together_and_alone() {
        below(chunk_deviation(0), 1e-5);
        below(chunk_deviation(4), 1e-5);
    }
    void chunks() { QVERIFY(chunks_are_whole_rows()); }
};

QTEST_APPLESS_MAIN(TestDecoder)
#include "test_decoder.moc"
