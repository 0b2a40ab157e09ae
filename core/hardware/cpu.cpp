// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/detect.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sched.h>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace octavo::detail {

namespace fs = std::filesystem;

namespace {

std::optional<std::string> first_line(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    if (!in || !std::getline(in, line)) return {};
    return line;
}

std::optional<std::int64_t> number_at(const fs::path& file) {
    const auto line = first_line(file);
    std::int64_t value = 0;
    if (!line || std::from_chars(line->data(), line->data() + line->size(), value).ec != std::errc()) return {};
    return value;
}

template <class Number>
void tighten(std::optional<Number>& limit, Number value) {
    if (!limit || value < *limit) limit = value;
}

void set_cores(CgroupLimits& limits, std::int64_t quota, std::int64_t period) {
    if (quota > 0 && period > 0) tighten(limits.cores, static_cast<double>(quota) / static_cast<double>(period));
}

// Version 1 writes "no limit" as the largest multiple of the page size below 2^63.
void set_memory(CgroupLimits& limits, std::optional<std::int64_t> bytes, std::optional<std::int64_t> used,
                std::int64_t cache) {
    if (!bytes || *bytes <= 0 || *bytes >= (std::int64_t(1) << 62)) return;
    tighten(limits.memory_bytes, static_cast<std::uint64_t>(*bytes));
    if (used)
        tighten(limits.memory_left, static_cast<std::uint64_t>(std::max<std::int64_t>(0, *bytes - *used + cache)));
}

/// The number after `key` in a file of "key number" or "key: number kB" lines.
std::optional<std::int64_t> number_after(const fs::path& file, std::string_view key) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(key)) continue;
        const char* digit = line.data() + std::min(line.find_first_of("0123456789", key.size()), line.size());
        std::int64_t value = 0;
        if (std::from_chars(digit, line.data() + line.size(), value).ec == std::errc()) return value;
    }
    return {};
}

void read_group(CgroupLimits& limits, const fs::path& group) {
    if (const auto line = first_line(group / "cpu.max")) { // version 2: "200000 100000" or "max 100000"
        std::int64_t quota = 0, period = 0;
        const char* end = line->data() + line->size();
        const auto [rest, status] = std::from_chars(line->data(), end, quota);
        if (status == std::errc() && rest < end && std::from_chars(rest + 1, end, period).ec == std::errc())
            set_cores(limits, quota, period);
    }
    for (const char* limit : {"memory.max", "memory.high"}) // above the second one the kernel slows a group to a crawl
        set_memory(limits, number_at(group / limit), number_at(group / "memory.current"),
                   number_after(group / "memory.stat", "inactive_file ").value_or(0));
    const auto quota = number_at(group / "cpu.cfs_quota_us"), period = number_at(group / "cpu.cfs_period_us");
    if (quota && period) set_cores(limits, *quota, *period);
    set_memory(limits, number_at(group / "memory.limit_in_bytes"), number_at(group / "memory.usage_in_bytes"),
               number_after(group / "memory.stat", "total_inactive_file ").value_or(0));
}

// Every group from `path` (as the membership file writes it, "/a/b") up to and including the mount itself.
void walk_up(CgroupLimits& limits, const fs::path& mount, const std::string& path) {
    fs::path group = fs::path(path).relative_path().lexically_normal();
    if (!group.empty() && *group.begin() == "..") group.clear();
    for (;; group = group.parent_path()) {
        read_group(limits, mount / group);
        if (group.empty()) return;
    }
}

#if defined(__x86_64__)
std::string brand_string() {
    std::array<unsigned, 12> words{};
    if (__get_cpuid_max(0x80000000u, nullptr) < 0x80000004u) return {};
    for (unsigned i = 0; i < 3; ++i)
        __get_cpuid(0x80000002u + i, &words[i * 4], &words[i * 4 + 1], &words[i * 4 + 2], &words[i * 4 + 3]);
    char text[sizeof words + 1] = {};
    std::memcpy(text, words.data(), sizeof words);
    std::string name(text);
    const auto begin = name.find_first_not_of(' '), end = name.find_last_not_of(' ');
    return begin == std::string::npos ? std::string() : name.substr(begin, end - begin + 1);
}

// AMX needs the processor (leaf 7, edx bits 22 and 24) and an operating system that saves the tile registers (XCR0 bits
// 17 and 18).
void detect_amx(CpuInfo& cpu) {
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return;
    unsigned low = 0, high = 0;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    constexpr unsigned tiles = (1u << 17) | (1u << 18);
    if ((low & tiles) != tiles || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return;
    cpu.amx_bf16 = d & (1u << 22);
    cpu.amx_int8 = d & (1u << 24);
}
#endif

int affinity() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (::sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
    return static_cast<int>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN))); // more processors than cpu_set_t holds
}

} // namespace

CgroupLimits cgroup_limits(const fs::path& membership, const fs::path& root) {
    CgroupLimits limits;
    std::ifstream in(membership);
    for (std::string line; std::getline(in, line);) { // hierarchy:controllers:path
        const auto first = line.find(':'), second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const std::string controllers = line.substr(first + 1, second - first - 1), path = line.substr(second + 1);
        std::error_code status;
        if (controllers.empty())
            walk_up(limits, fs::is_directory(root / "unified", status) ? root / "unified" : root, path);
        else
            walk_up(limits, root / controllers, path);
    }
    return limits;
}

std::optional<NodeMemory> own_nodes() {
    return memory_of_nodes("/proc/self/status", "/sys/devices/system/node", bound_nodes());
}

std::optional<std::uint64_t> available_in(const fs::path& meminfo) {
    const auto kilobytes = number_after(meminfo, "MemAvailable:");
    if (!kilobytes || *kilobytes < 0) return {};
    return static_cast<std::uint64_t>(*kilobytes) * 1024;
}

std::optional<std::uint64_t> left_by_ulimit() {
    const auto left = [](int resource, const char* used) -> std::optional<std::uint64_t> {
        rlimit limit{};
        if (::getrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
            return {};
        const auto taken = static_cast<std::uint64_t>(number_after("/proc/self/status", used).value_or(0)) * 1024;
        return limit.rlim_cur > taken ? limit.rlim_cur - taken : 0;
    };
    std::optional<std::uint64_t> out = left(RLIMIT_AS, "VmSize:");
    if (const auto data = left(RLIMIT_DATA, "VmData:")) tighten(out, *data);
    return out;
}

CpuInfo detect_cpu() {
    CpuInfo cpu;
#if defined(__x86_64__)
    __builtin_cpu_init();
    cpu.name = brand_string();
    cpu.avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    cpu.avx512f = __builtin_cpu_supports("avx512f");
    cpu.avx512_vnni = __builtin_cpu_supports("avx512vnni");
    cpu.avx512_bf16 = __builtin_cpu_supports("avx512bf16");
    detect_amx(cpu);
#endif
    const CgroupLimits limits = cgroup_limits("/proc/self/cgroup", "/sys/fs/cgroup");
    cpu.cores = affinity();
    if (limits.cores) cpu.cores = std::clamp(static_cast<int>(std::ceil(*limits.cores)), 1, cpu.cores);
    cpu.memory_bytes = static_cast<std::uint64_t>(std::max(0L, ::sysconf(_SC_PHYS_PAGES))) *
                       static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    if (const auto nodes = own_nodes()) cpu.memory_bytes = std::min(cpu.memory_bytes, nodes->total);
    if (limits.memory_bytes) cpu.memory_bytes = std::min(cpu.memory_bytes, *limits.memory_bytes);
    return cpu;
}

std::uint64_t least_left(const std::array<std::optional<std::uint64_t>, 4>& said) {
    std::optional<std::uint64_t> out;
    for (const auto& one : said)
        if (one) tighten(out, *one);
    return out ? std::max<std::uint64_t>(*out, 1) : 0; // 0 would mean that nobody knows
}

} // namespace octavo::detail

std::uint64_t octavo::available_memory() {
    const auto nodes = detail::own_nodes();
    return detail::least_left({detail::cgroup_limits("/proc/self/cgroup", "/sys/fs/cgroup").memory_left,
                               detail::available_in("/proc/meminfo"), nodes ? std::optional(nodes->left) : std::nullopt,
                               detail::left_by_ulimit()});
}
