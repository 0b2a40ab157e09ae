// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/process.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <exception>
#include <fstream>
#include <mutex>
#include <thread>
#include <vector>

#include "base/error.h"
#include "hardware/detect.h"
#include "quantize/kernels/device.h"

namespace octavo {

namespace {

/// What follows "key" and a colon on the first such line of a file of /proc.
std::string proc_value(const char* file, const std::string& key) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(key)) continue;
        const std::size_t value = line.find_first_not_of(" \t", line.find(':') + 1);
        if (value != std::string::npos) return line.substr(value);
    }
    return {};
}

} // namespace

std::uint64_t peak_resident_bytes() {
    const std::string value = proc_value("/proc/self/status", "VmHWM");
    std::uint64_t kilobytes = 0;
    std::from_chars(value.data(), value.data() + value.size(), kilobytes);
    return kilobytes * 1024;
}

int usable_threads(int requested) { return requested > 0 ? requested : std::max(1, detail::detect_cpu().cores); }

std::string cpu_name() { return proc_value("/proc/cpuinfo", "model name"); }

int device_index(const std::string& device) {
    if (device == "cpu") return -1;
    if (device == "auto") return kernels::device_count() > 0 ? 0 : -1;
    int index = -1;
    if (device.starts_with("cuda:")) {
        const char* end = device.data() + device.size();
        if (const auto [rest, status] = std::from_chars(device.data() + 5, end, index);
            status != std::errc() || rest != end)
            index = -1;
    } else if (device == "cuda") {
        index = 0;
    }
    if (index < 0) throw Error(ErrorCode::usage, msg("Unknown device %1", device), msg("Use auto, cpu or cuda:N."));
    if (index >= kernels::device_count())
        throw Error(ErrorCode::device_lost, msg("There is no CUDA device %1", index),
                    msg("Use --device cpu, or check the driver."));
    return index;
}

void parallel_for(int threads, std::int64_t count, const std::function<void(std::int64_t)>& work) {
    std::atomic<std::int64_t> next = 0;
    std::exception_ptr failure;
    std::mutex guard;
    const auto loop = [&] {
        for (std::int64_t i = next++; i < count; i = next++) {
            try {
                work(i);
            } catch (...) {
                const std::lock_guard lock(guard);
                if (!failure) failure = std::current_exception();
                next = count;
            }
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (std::int64_t i = 1; i < std::min<std::int64_t>(threads, count); ++i) helpers.emplace_back(loop);
        loop();
    }
    if (failure) std::rethrow_exception(failure);
}

} // namespace octavo
