// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cstring>
#include <random>
#include <vector>

#include "number/number.h"
#include "number/packing.h"

using namespace octavo;

namespace {

std::vector<std::uint8_t> as_codes(const std::vector<int>& values) {
    std::vector<std::uint8_t> out;
    for (const int value : values) out.push_back(static_cast<std::uint8_t>(static_cast<std::int8_t>(value)));
    return out;
}

/// Signed integers in offset binary, in int32 words.
std::vector<std::uint32_t> packed_words(const std::vector<int>& values, int bits) {
    std::vector<std::byte> bytes((values.size() * static_cast<std::size_t>(bits) + 31) / 32 * 4);
    pack_codes(as_codes(values), bits, static_cast<std::uint8_t>(1u << (bits - 1)), bytes);
    std::vector<std::uint32_t> words(bytes.size() / 4);
    std::memcpy(words.data(), bytes.data(), bytes.size());
    return words;
}

std::vector<int> counting(int from, int to, int times = 1) {
    std::vector<int> out;
    for (int i = 0; i < times; ++i)
        for (int value = from; value <= to; ++value) out.push_back(value);
    return out;
}

} // namespace

class TestPacking : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Words that compressed-tensors' pack_to_int32 (0.18) gives.
    void words_of_compressed_tensors() {
        using Words = std::vector<std::uint32_t>;
        QCOMPARE(packed_words(counting(-8, -1), 4), (Words{0x76543210}));
        QCOMPARE(packed_words({-128, -1, 0, 127}, 8), (Words{0xff807f00}));
        QCOMPARE(packed_words(counting(-2, 1, 4), 2), (Words{0xe4e4e4e4}));
        QCOMPARE(packed_words(counting(-4, 3, 4), 3), (Words{0x88fac688, 0xc688fac6, 0xfac688fa}));
        QCOMPARE(packed_words(counting(-16, 15), 5),
                 (Words{0x8a418820, 0xc5a92839, 0xca307b9a, 0x38bdab49, 0xffbbcdeb}));
        QCOMPARE(packed_words(counting(-16, -7), 5), (Words{0x8a418820, 0x00012839}));
    }

    /// (0.5, −1, 6, −0) as E2M1.
    void nibbles_of_compressed_tensors() {
        std::vector<std::byte> bytes(2);
        pack_codes(std::vector<std::uint8_t>{1, 10, 7, 8}, 4, 0, bytes);
        QCOMPARE(std::to_integer<int>(bytes[0]), 0xa1);
        QCOMPARE(std::to_integer<int>(bytes[1]), 0x87);
    }

    void comes_back_data() {
        QTest::addColumn<int>("bits");
        for (int bits = 1; bits <= 8; ++bits) QTest::addRow("%d bits", bits) << bits;
    }
    void comes_back() {
        QFETCH(int, bits);
        std::mt19937 generator(static_cast<unsigned>(bits));
        for (const std::size_t count : {1u, 7u, 32u, 33u, 257u}) {
            std::vector<int> values(count);
            for (int& value : values) value = static_cast<int>(generator() % (1u << bits)) - (1 << (bits - 1));
            std::vector<std::byte> bytes((count * static_cast<std::size_t>(bits) + 7) / 8 + 3, std::byte(0xff));
            const auto flip = static_cast<std::uint8_t>(1u << (bits - 1));
            pack_codes(as_codes(values), bits, flip, bytes);
            std::vector<std::uint8_t> signed_codes(count), plain(count);
            unpack_codes(bytes, bits, flip, true, signed_codes);
            QCOMPARE(signed_codes, as_codes(values));
            unpack_codes(bytes, bits, 0, false, plain);
            for (std::size_t i = 0; i < count; ++i) QCOMPARE(int(plain[i]), values[i] + (1 << (bits - 1)));
            for (std::size_t i = bytes.size() - 3; i < bytes.size(); ++i) QCOMPARE(bytes[i], std::byte(0));
        }
    }

    void powers_of_two_are_exponents() {
        for (int exponent = -127; exponent <= 127; ++exponent) {
            QCOMPARE(int(e8m0_from_float(std::ldexp(1.0f, exponent))), exponent + 127);
            QCOMPARE(float_from_e8m0(static_cast<std::uint8_t>(exponent + 127)), std::ldexp(1.0f, exponent));
        }
        QVERIFY(std::isnan(float_from_e8m0(0xff)));
    }
};

QTEST_APPLESS_MAIN(TestPacking)
#include "test_packing.moc"
