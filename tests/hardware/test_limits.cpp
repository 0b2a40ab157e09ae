// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <fstream>
#include <sys/resource.h>

#include "hardware/detect.h"
#include "support/written_files.h"

using namespace octavo;
namespace fs = std::filesystem;

// What a process may use of its machine, besides the plain limits of its control group (test_hardware).
class TestLimits : public QObject, octavo::testing::WrittenFiles {
    Q_OBJECT

private:
    void write_nodes() const {
        write("nodes/has_memory", "0-1\n");
        write("nodes/node0/meminfo", "Node 0 MemTotal:  1000 kB\nNode 0 MemFree:  100 kB\n"
                                     "Node 0 Active(file):  30 kB\nNode 0 Inactive(file):  20 kB\n");
        write("nodes/node1/meminfo", "Node 1 MemTotal:  2000 kB\nNode 1 MemFree:  1500 kB\n"
                                     "Node 1 Active(file):  7 kB\nNode 1 Inactive(file):  3 kB\n");
    }

private Q_SLOTS:
    void a_group_that_would_be_slowed_down_counts_as_limited() {
        write("h/membership", "0::/job\n");
        write("h/root/job/memory.max", "max\n");
        write("h/root/job/memory.high", "3000000\n");
        write("h/root/job/memory.current", "1000000\n");
        const auto limits = detail::cgroup_limits(path("h/membership"), path("h/root"));
        QCOMPARE(limits.memory_bytes.value_or(0), std::uint64_t(3000000));
        QCOMPARE(limits.memory_left.value_or(0), std::uint64_t(2000000));
    }

    void version_2_beside_version_1() {
        write("u/membership", "4:memory:/box\n0::/slice\n");
        write("u/root/memory/box/memory.limit_in_bytes", "5000000\n");
        write("u/root/unified/slice/cpu.max", "300000 100000\n");
        const auto limits = detail::cgroup_limits(path("u/membership"), path("u/root"));
        QCOMPARE(limits.memory_bytes.value_or(0), std::uint64_t(5000000));
        QCOMPARE(limits.cores.value_or(0), 3.0);
    }

    void memory_of_one_node_is_not_that_of_the_machine() {
        write_nodes();
        write("one/status", "Name:\tjob\nMems_allowed:\t00000001\nMems_allowed_list:\t0\n");
        const auto one = detail::memory_of_nodes(path("one/status"), path("nodes"), {});
        QVERIFY(one.has_value());
        QCOMPARE(one->total, std::uint64_t(1000 * 1024));
        QCOMPARE(one->left, std::uint64_t(150 * 1024));
        write("both/status", "Mems_allowed_list:\t0-1\n");
        QVERIFY(!detail::memory_of_nodes(path("both/status"), path("nodes"), {}));
        // numactl --membind=1
        const auto bound = detail::memory_of_nodes(path("both/status"), path("nodes"), {1});
        QVERIFY(bound.has_value());
        QCOMPARE(bound->left, std::uint64_t(1510 * 1024));
    }

    void nodes_that_cannot_be_read_limit_nothing() {
        write_nodes();
        write("odd/status", "Mems_allowed_list:\t0-\n");
        QVERIFY(!detail::memory_of_nodes(path("odd/status"), path("nodes"), {}));
        QVERIFY(!detail::memory_of_nodes(path("absent"), path("nodes"), {}));
        QVERIFY(!detail::memory_of_nodes(path("one/status"), path("absent"), {}));
        // Kernels list nodes that the machine does not have.
        write("many/status", "Mems_allowed_list:\t0-63\n");
        QVERIFY(!detail::memory_of_nodes(path("many/status"), path("nodes"), {}));
    }

    void ulimit_counts() {
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_AS, &before), 0);
        if (before.rlim_cur != RLIM_INFINITY) QSKIP("the address space is limited already");
        QVERIFY(!detail::left_by_ulimit());
        rlimit limited = before;
        limited.rlim_cur = std::uint64_t(1) << 40;
        QCOMPARE(::setrlimit(RLIMIT_AS, &limited), 0);
        const auto left = detail::left_by_ulimit();
        const std::uint64_t available = available_memory();
        ::setrlimit(RLIMIT_AS, &before);
        QVERIFY(left.has_value());
        QVERIFY(*left<limited.rlim_cur&& * left> limited.rlim_cur / 2);
        QVERIFY(available > 0 && available <= *left);
    }

    void the_least_of_what_is_known_counts() {
        QCOMPARE(detail::least_left({5, 3, std::nullopt, 4}), std::uint64_t(3));
        QCOMPARE(detail::least_left({std::nullopt, std::nullopt, std::nullopt, std::nullopt}), std::uint64_t(0));
        QCOMPARE(detail::least_left({0, 3, std::nullopt, std::nullopt}),
                 std::uint64_t(1)); // nothing left is no "unknown"
    }
};

QTEST_APPLESS_MAIN(TestLimits)
#include "test_limits.moc"
