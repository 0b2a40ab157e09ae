// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "base/error.h"
#include "job/memory_plan.h"

using namespace octavo;

class TestMemoryPlan : public QObject {
    Q_OBJECT

private:
    static constexpr std::uint64_t gib = std::uint64_t(1) << 30;
    const MemoryNeeds needs_{2 * gib, 10 * gib, 1000};

    static std::string refusal(ErrorCode code, const MemoryNeeds& needs, const MemoryAtHand& at_hand,
                               std::optional<std::uint64_t> wanted = {}) {
        try {
            plan_activations(needs, at_hand, wanted);
        } catch (const Error& error) {
            return error.code() == code ? error.message().english() + " | " + error.advice().english() : "another code";
        }
        return "not refused";
    }

    static std::string device_refusal(const MemoryNeeds& needs, std::uint64_t free, std::uint64_t host = 0,
                                      std::optional<std::uint64_t> wanted = {}) {
        try {
            const std::uint64_t kept = plan_device(needs, {free, 16 * gib, host, "cuda:1"}, wanted);
            return kept == in_memory ? "all" : std::to_string(kept >> 20) + " MiB";
        } catch (const Error& error) {
            return error.code() == ErrorCode::out_of_memory
                       ? error.message().english() + " | " + error.advice().english()
                       : "another code";
        }
    }

private Q_SLOTS:
    void a_device_that_another_program_has_taken() {
        QCOMPARE(device_refusal(needs_, 12 * gib), std::string("all"));
        QCOMPARE(device_refusal(needs_, 0), std::string("all")); // not known
        std::string text = device_refusal(needs_, 7 * gib);
        QVERIFY2(text.find("about 12.0 GiB of memory on cuda:1, and 7.0 GiB of its 16.0 GiB are free") !=
                     std::string::npos,
                 text.c_str());
        QVERIFY2(text.find("at most 500 tokens") != std::string::npos, text.c_str());
        text = device_refusal(needs_, gib);
        QVERIFY2(text.find("tokens") == std::string::npos && text.find("nvidia-smi") != std::string::npos,
                 text.c_str());
    }
    void what_a_device_cannot_hold_goes_to_the_host() {
        // 8 GiB beside the layer, of which a quarter is for chunks on their way.
        QCOMPARE(device_refusal(needs_, 10 * gib, 4 * gib), std::string("6144 MiB"));
        QCOMPARE(device_refusal(needs_, 12 * gib, 4 * gib), std::string("all"));
        std::string text = device_refusal(needs_, 10 * gib, 4 * gib - 1);
        QVERIFY2(text.find("at most 999 tokens") != std::string::npos, text.c_str()); // 6 GiB here, the rest there
        text = device_refusal(needs_, gib, 100 * gib); // the layer has to be on the device
        QVERIFY2(text.find("nvidia-smi") != std::string::npos, text.c_str());
    }
    void as_much_on_a_device_as_is_wanted() {
        QCOMPARE(device_refusal(needs_, 12 * gib, 8 * gib, 3 * gib), std::string("3072 MiB"));
        QCOMPARE(device_refusal(needs_, 12 * gib, 8 * gib, 30 * gib), std::string("all"));
        QCOMPARE(device_refusal(needs_, 10 * gib, 4 * gib, 9 * gib), std::string("6144 MiB")); // no more than fits
        QVERIFY(device_refusal(needs_, 12 * gib, 8 * gib, gib).find("at most") != std::string::npos);
    }
    void encoding_needs_its_largest_matrix() {
        ResolvedRecipe resolved;
        resolved.modules = {Module{.name = "small", .rows = 10, .columns = 10},
                            Module{.name = "large", .rows = 1 << 15, .columns = 1 << 15},
                            Module{.name = "kept", .rows = 1 << 20, .columns = 1 << 20}};
        resolved.schemes = {preset("FP8_DYNAMIC"), preset("FP8_DYNAMIC"), std::nullopt};
        const std::uint64_t needed = encoding_bytes(resolved, 2);
        QVERIFY(needed > 2 * gib && needed < 3 * gib);
        check_encoding_memory(needed, 0); // not known
        check_encoding_memory(needed, 3 * gib);
        try {
            check_encoding_memory(needed, gib);
            QFAIL("not refused");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::out_of_memory);
            QVERIFY2(error.message().english().find("1.0 GiB are free") != std::string::npos, error.what());
        }
    }
    void everything_stays_where_it_fits() {
        QCOMPARE(plan_activations(needs_, {12 * gib, 0}, {}), in_memory);
        QCOMPARE(plan_activations(needs_, {0, 0}, {}), in_memory); // the system does not say
    }
    void what_does_not_fit_beside_a_layer_goes_to_the_disk() {
        QCOMPARE(plan_activations(needs_, {9 * gib, 3 * gib}, {}), 7 * gib);
        QCOMPARE(plan_activations(needs_, {2 * gib, 10 * gib}, {}), std::uint64_t(0));
    }
    void the_user_may_want_less_in_memory() {
        QCOMPARE(plan_activations(needs_, {64 * gib, 8 * gib}, 3 * gib), 3 * gib);
        QCOMPARE(plan_activations(needs_, {64 * gib, 0}, 99 * gib), in_memory);
    }
    void what_would_fit_is_said() {
        std::string text = refusal(ErrorCode::out_of_memory, needs_, {gib, 100 * gib});
        QVERIFY2(text.find("2.0 GiB") != std::string::npos && text.find("1.0 GiB are free") != std::string::npos,
                 text.c_str());
        text = refusal(ErrorCode::out_of_memory, needs_, {4 * gib, 100 * gib}, 3 * gib);
        QVERIFY2(text.find("at most 2.0 GiB") != std::string::npos, text.c_str());
        // 4 GiB fit into memory, 5 on the disk: half of the tokens.
        text = refusal(ErrorCode::disk_full, needs_, {6 * gib, 5 * gib});
        QVERIFY2(text.find("at most 500 tokens") != std::string::npos, text.c_str());
    }
};

QTEST_GUILESS_MAIN(TestMemoryPlan)
#include "test_memory_plan.moc"
