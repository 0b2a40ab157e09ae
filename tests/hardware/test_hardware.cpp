// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <fstream>
#include <thread>

#include "hardware/detect.h"
#include "hardware/hardware.h"
#include "recipe/scheme.h"
#include "support/written_files.h"

using namespace octavo;
namespace fs = std::filesystem;

class TestHardware : public QObject, octavo::testing::WrittenFiles {
    Q_OBJECT

private Q_SLOTS:
    void cgroup_version_2_takes_the_tightest_group() {
        write("v2/membership", "0::/app/job\n");
        write("v2/root/app/job/cpu.max", "max 100000\n");
        write("v2/root/app/job/memory.max", "4294967296\n");
        write("v2/root/app/cpu.max", "150000 100000\n");
        write("v2/root/app/memory.max", "2147483648\n");
        const auto limits = detail::cgroup_limits(path("v2/membership"), path("v2/root"));
        QCOMPARE(limits.cores.value_or(0), 1.5);
        QCOMPARE(limits.memory_bytes.value_or(0), std::uint64_t(2147483648));
    }

    void cgroup_version_1_reads_each_controller() {
        write("v1/membership", "4:memory:/box\n3:cpu,cpuacct:/box\n1:name=systemd:/\n");
        write("v1/root/memory/box/memory.limit_in_bytes", "1073741824\n");
        write("v1/root/memory/memory.limit_in_bytes", "9223372036854771712\n"); // the kernel's "no limit"
        write("v1/root/cpu,cpuacct/box/cpu.cfs_quota_us", "400000\n");
        write("v1/root/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
        write("v1/root/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
        write("v1/root/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
        const auto limits = detail::cgroup_limits(path("v1/membership"), path("v1/root"));
        QCOMPARE(limits.cores.value_or(0), 4.0);
        QCOMPARE(limits.memory_bytes.value_or(0), std::uint64_t(1073741824));
    }

    void cgroup_of_a_container_falls_back_to_the_mount() {
        write("c/membership", "0::/../../elsewhere\n");
        write("c/root/memory.max", "536870912\n");
        QCOMPARE(detail::cgroup_limits(path("c/membership"), path("c/root")).memory_bytes.value_or(0),
                 std::uint64_t(536870912));
        QVERIFY(!detail::cgroup_limits(path("c/absent"), path("c/root")).memory_bytes);
        QVERIFY(!detail::cgroup_limits(path("c/membership"), path("c/root")).memory_left);
    }

    void what_a_group_has_used_is_gone_but_for_its_cache() {
        write("l/membership", "0::/a/b\n");
        write("l/root/a/b/memory.max", "1000000\n");
        write("l/root/a/b/memory.current", "600000\n");
        write("l/root/a/b/memory.stat", "anon 300000\nactive_file 100000\ninactive_file 200000\n");
        write("l/root/a/memory.max", "2000000\n");
        write("l/root/a/memory.current", "1900000\n"); // a neighbour is large
        const auto limits = detail::cgroup_limits(path("l/membership"), path("l/root"));
        QCOMPARE(limits.memory_bytes.value_or(0), std::uint64_t(1000000));
        QCOMPARE(limits.memory_left.value_or(0), std::uint64_t(100000));
        write("l/root/a/memory.current", "2100000\n");
        QCOMPARE(detail::cgroup_limits(path("l/membership"), path("l/root")).memory_left.value_or(1), std::uint64_t(0));
        write("l1/membership", "4:memory:/box\n");
        write("l1/root/memory/box/memory.limit_in_bytes", "1000000\n");
        write("l1/root/memory/box/memory.usage_in_bytes", "700000\n");
        write("l1/root/memory/box/memory.stat", "inactive_file 5\ntotal_inactive_file 50000\n");
        QCOMPARE(detail::cgroup_limits(path("l1/membership"), path("l1/root")).memory_left.value_or(0),
                 std::uint64_t(350000));
    }

    void available_memory_is_what_the_system_says() {
        write("meminfo", "MemTotal:       100 kB\nMemFree:         10 kB\nMemAvailable:    64 kB\n");
        QCOMPARE(detail::available_in(path("meminfo")).value_or(0), std::uint64_t(65536));
        QVERIFY(!detail::available_in(path("absent")));
        QVERIFY(available_memory() > (16u << 20));
        QVERIFY(available_memory() <= detail::detect_cpu().memory_bytes);
    }

    // /proc/cpuinfo is the kernel's own reading of cpuid.
    void flags_agree_with_the_kernel() {
        std::ifstream in("/proc/cpuinfo");
        std::string flags;
        for (std::string line; std::getline(in, line);)
            if (line.starts_with("flags")) {
                flags = line + " ";
                break;
            }
        if (flags.empty()) QSKIP("no flags in /proc/cpuinfo");
        const auto listed = [&flags](const char* name) {
            return flags.find(std::string(" ") + name + " ") != std::string::npos;
        };
        const CpuInfo cpu = detail::detect_cpu();
        QCOMPARE(cpu.avx2, listed("avx2"));
        QCOMPARE(cpu.avx512f, listed("avx512f"));
        QCOMPARE(cpu.avx512_vnni, listed("avx512_vnni"));
        QCOMPARE(cpu.avx512_bf16, listed("avx512_bf16"));
        QCOMPARE(cpu.amx_int8, listed("amx_int8"));
        QCOMPARE(cpu.amx_bf16, listed("amx_bf16"));
        QVERIFY(!cpu.name.empty());
        QVERIFY(cpu.cores >= 1 && cpu.cores <= static_cast<int>(std::thread::hardware_concurrency()));
        QVERIFY(cpu.memory_bytes > (64u << 20));
    }

    void detection_says_why_there_is_no_gpu() {
        const Hardware hardware = detect_hardware();
        QCOMPARE(hardware.devices.empty(), !hardware.cuda_note.empty());
        const Json json = to_json(hardware);
        QCOMPARE(json.at("devices").size(), hardware.devices.size());
        QCOMPARE(json.at("cpu").at("cores").get<int>(), hardware.cpu.cores);
    }

    void table_knows_every_preset_everywhere() {
        const ServingRules& rules = ServingRules::instance();
        QVERIFY(rules.as_of().starts_with("vLLM "));
        for (const Scheme& scheme : presets()) {
            for (const TargetGpu& gpu : rules.gpus()) {
                const SchemeSupport found = rules.support(scheme.name, gpu.capability);
                QVERIFY2(!found.reason.text.empty(), (scheme.name + " on " + gpu.name).c_str());
                QVERIFY2(found.support == Support::unsupported || !found.kernel.empty(),
                         (scheme.name + " on " + gpu.name).c_str());
                QVERIFY2(found.reason.text.find("not in the table") == std::string::npos,
                         (scheme.name + " on " + gpu.name).c_str());
            }
            QVERIFY(!rules.cpu_support(scheme.name, {}).reason.text.empty());
        }
    }

    // Expected: vLLM's kernel priority lists and the min_capability of its scheme classes.
    void support_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<int>("major");
        QTest::addColumn<int>("minor");
        QTest::addColumn<QString>("support");
        const auto row = [](const char* scheme, int major, int minor, const char* support) {
            QTest::addRow("%s %d.%d", scheme, major, minor) << scheme << major << minor << support;
        };
        row("W8A8", 7, 0, "unsupported");
        row("W8A8", 7, 5, "native");
        row("W8A8", 8, 6, "native");
        row("W8A8", 9, 0, "native");
        row("W8A8", 12, 0, "native");
        row("FP8_DYNAMIC", 8, 6, "weight_only");
        row("FP8_DYNAMIC", 8, 9, "native");
        row("fp8_dynamic", 10, 0, "native");
        row("FP8_BLOCK", 8, 9, "weight_only");
        row("FP8_BLOCK", 9, 0, "native");
        row("W4A16", 8, 0, "weight_only");
        row("W4AFP8", 8, 9, "unsupported");
        row("W4AFP8", 9, 0, "native");
        row("W4AFP8", 10, 0, "unsupported");
        row("NVFP4", 9, 0, "weight_only");
        row("NVFP4", 10, 3, "native");
        row("MXFP4", 7, 5, "unsupported");
        row("MXFP4", 8, 0, "weight_only");
        row("MXFP8", 12, 1, "native");
        row("W4A16", 8, 8, "weight_only");  // not listed: runs what 8.7 runs
        row("W4A16", 13, 0, "unsupported"); // newer than the table
        row("W4A16", 6, 1, "unsupported");
        row("SOMETHING", 9, 0, "unsupported");
    }
    void support() {
        QFETCH(QString, scheme);
        QFETCH(int, major);
        QFETCH(int, minor);
        QFETCH(QString, support);
        const SchemeSupport found = ServingRules::instance().support(scheme.toStdString(), {major, minor});
        QCOMPARE(QString(name_of(found.support)), support);
        QVERIFY(!found.reason.empty());
    }

    void cpu_columns_follow_the_instruction_sets() {
        const ServingRules& rules = ServingRules::instance();
        CpuInfo avx2, avx512, amx;
        avx2.avx2 = avx512.avx2 = amx.avx2 = true;
        avx512.avx512f = amx.avx512f = amx.amx_int8 = true;
        for (const CpuInfo& cpu : {avx2, avx512, amx}) {
            QVERIFY(rules.cpu_support("W8A8", cpu).support == Support::native);
            QVERIFY(rules.cpu_support("NVFP4", cpu).support == Support::unsupported);
            QVERIFY(rules.cpu_support("W8A16", cpu).support == Support::unsupported);
        }
        QVERIFY(rules.cpu_support("W4A16", avx2).support == Support::unsupported);
        QVERIFY(rules.cpu_support("W4A16", avx512).support == Support::weight_only);
        QCOMPARE(rules.cpu_support("W4A16", amx).environment.front(), std::string("VLLM_CPU_INT4_W4A8=0"));
    }

    void targets_are_found_by_name_and_capability() {
        const ServingRules& rules = ServingRules::instance();
        QCOMPARE(rules.find("L4")->name, std::string("NVIDIA L4"));
        QCOMPARE(rules.find("nvidia l40s")->name, std::string("NVIDIA L40S"));
        QCOMPARE(rules.find("rtx-4090")->memory_bytes, std::uint64_t(24) << 30);
        QCOMPARE(rules.find("NVIDIA A100-SXM4-40GB")->memory_bytes, std::uint64_t(40) << 30);
        QCOMPARE(rules.find("Tesla T4")->capability.minor, 5);
        QCOMPARE(rules.find("8.9")->capability.major, 8);
        QCOMPARE(rules.find("8.9")->memory_bytes, std::uint64_t(0));
        QCOMPARE(rules.find("cpu")->capability.major, 0);
        for (const char* wrong : {"", "nvidia", "L", "8.", "8.9.1", "-1.0", "0.5", "9999999999.0", "RTX"})
            QVERIFY2(!rules.find(wrong), wrong);
        for (const TargetGpu& gpu : rules.gpus()) QCOMPARE(rules.find(gpu.name)->name, gpu.name);
    }

    void launch_lines() {
        const ServingRules& rules = ServingRules::instance();
        QCOMPARE(rules.serve_command("/m/x", "W8A8", {8, 9}), std::string("vllm serve /m/x"));
        QCOMPARE(rules.serve_command("/m/x", "W8A8", {7, 5}), std::string("vllm serve /m/x --dtype half"));
        QCOMPARE(rules.serve_command("/m/x", "W8A8", {12, 0}),
                 std::string("VLLM_DISABLED_KERNELS=CutlassInt8ScaledMMLinearKernel vllm serve /m/x"));
        QCOMPARE(rules.serve_command("/m/it's $x", "FP8_DYNAMIC", {9, 0}), std::string("vllm serve '/m/it'\\''s $x'"));
        QCOMPARE(rules.serve_command("x", "W8A8", {}),
                 std::string("VLLM_CPU_KVCACHE_SPACE=2 vllm serve x --dtype bfloat16 --max-model-len 2048 "
                             "--max-num-seqs 4 --enforce-eager"));
    }
};

QTEST_APPLESS_MAIN(TestHardware)
#include "test_hardware.moc"
