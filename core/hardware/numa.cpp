// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/detect.h"

#include <array>
#include <charconv>
#include <fstream>
#include <sys/syscall.h>
#include <unistd.h>

namespace octavo::detail {

namespace fs = std::filesystem;

namespace {

/// "0-1,4" as the kernel writes lists; empty for what is none.
std::set<int> read_list(std::string_view text) {
    std::set<int> out;
    const char *at = text.data(), *end = at + text.size();
    while (at < end) {
        int first = 0;
        auto [rest, status] = std::from_chars(at, end, first);
        if (status != std::errc() || first < 0) return {};
        int last = first;
        if (rest < end && *rest == '-') {
            const auto upper = std::from_chars(rest + 1, end, last);
            if (upper.ec != std::errc() || last < first || last - first > 4096) return {};
            rest = upper.ptr;
        }
        for (int node = first; node <= last; ++node) out.insert(node);
        if (rest < end && *rest != ',') break;
        at = rest + 1;
    }
    return out;
}

std::string line_after(const fs::path& file, std::string_view key) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(key)) continue;
        const std::size_t value = line.find_first_not_of(" \t", key.size());
        return value == std::string::npos ? std::string() : line.substr(value);
    }
    return {};
}

std::optional<std::uint64_t> kilobytes(const fs::path& meminfo, const std::string& key) {
    const std::string text = line_after(meminfo, key);
    std::uint64_t value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) return {};
    return value * 1024;
}

} // namespace

std::set<int> bound_nodes() {
    constexpr int bind = 2, flags = 0xff << 8; // MPOL_BIND; what else numaif.h puts into a mode
    constexpr std::size_t bits = 1024, word = 8 * sizeof(unsigned long);
    int mode = 0;
    std::array<unsigned long, bits / word> mask{};
    if (::syscall(SYS_get_mempolicy, &mode, mask.data(), bits, nullptr, 0) != 0 || (mode & ~flags) != bind) return {};
    std::set<int> out;
    for (std::size_t i = 0; i < bits; ++i)
        if (mask[i / word] >> (i % word) & 1) out.insert(static_cast<int>(i));
    return out;
}

std::optional<NodeMemory> memory_of_nodes(const fs::path& status, const fs::path& nodes, const std::set<int>& bound) {
    std::set<int> allowed = read_list(line_after(status, "Mems_allowed_list:"));
    if (!bound.empty()) {
        std::set<int> both;
        for (const int node : bound)
            if (allowed.empty() || allowed.contains(node)) both.insert(node);
        allowed = std::move(both);
    }
    const std::set<int> there = read_list(line_after(nodes / "has_memory", ""));
    if (allowed.empty() || there.empty()) return {};
    NodeMemory out;
    bool all = true;
    for (const int node : there) {
        if (!allowed.contains(node)) {
            all = false;
            continue;
        }
        const std::string name = "Node " + std::to_string(node) + " ";
        const fs::path meminfo = nodes / ("node" + std::to_string(node)) / "meminfo";
        const auto total = kilobytes(meminfo, name + "MemTotal:"), free = kilobytes(meminfo, name + "MemFree:");
        if (!total || !free) return {};
        out.total += *total;
        out.left += *free;
        for (const char* cache : {"Active(file):", "Inactive(file):"})
            out.left += kilobytes(meminfo, name + cache).value_or(0);
    }
    return all ? std::nullopt : std::optional(out);
}

} // namespace octavo::detail
