// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Kernels for CUDA against their twins on the CPU: every test here is built twice, for the host (host_cuda.h) and, with
// OCTAVO_ON_DEVICE, for a real device. This is all that differs.
#include <QTest>

#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <vector>

#ifdef OCTAVO_ON_DEVICE

#include "quantize/kernels/device.h"

namespace octavo::twin {

template <class T>
class Array {
public:
    explicit Array(const std::vector<T>& values) : count_(values.size()), memory_(0, count_ * sizeof(T)) {
        memory_.upload(std::as_bytes(std::span(values)));
    }
    T* data() const { return static_cast<T*>(memory_.data()); }
    std::vector<T> values() const {
        std::vector<T> out(count_);
        memory_.download(std::as_writable_bytes(std::span(out)));
        return out;
    }

private:
    std::size_t count_;
    kernels::DeviceMemory memory_;
};

inline bool is_there() { return kernels::device_count() > 0; }

/// Calls work(): once is enough, the device takes its own order.
template <class Work>
void in_any_order(const Work& work) {
    work();
}

} // namespace octavo::twin

/// Calls a kernel of device.h.
#define RUN_KERNEL(name, ...) octavo::kernels::on_device::name(octavo::kernels::DeviceStream{}, __VA_ARGS__)

#else

#include <sys/mman.h>
#include <unistd.h>

#include "cuda/host_cuda.h"

namespace octavo::twin {

/// Memory that ends where the next page may not be touched; what is before it is looked at in the end.
template <class T>
class Array {
public:
    explicit Array(const std::vector<T>& values) : count_(values.size()) {
        const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        const std::size_t bytes = count_ * sizeof(T), usable = (bytes / page + 1) * page;
        before_ = usable - bytes;
        whole_ = usable + page;
        void* memory = ::mmap(nullptr, whole_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) qFatal("no memory");
        base_ = static_cast<char*>(memory);
        if (::mprotect(base_ + usable, page, PROT_NONE) != 0) qFatal("memory cannot be guarded");
        std::memset(base_, guard, before_);
        std::memcpy(base_ + before_, values.data(), bytes);
    }
    ~Array() { ::munmap(base_, whole_); }
    Array(const Array&) = delete;
    Array& operator=(const Array&) = delete;

    T* data() const { return reinterpret_cast<T*>(base_ + before_); }
    std::vector<T> values() const {
        for (std::size_t i = 0; i < before_; ++i)
            if (base_[i] != guard) qFatal("a kernel wrote before its memory");
        return {data(), data() + count_};
    }

private:
    static constexpr char guard = 0x5a;
    std::size_t count_, before_ = 0, whole_ = 0;
    char* base_ = nullptr;
};

inline bool is_there() { return true; }

/// Calls work() for several orders of threads and blocks.
template <class Work>
void in_any_order(const Work& work) {
    for (const auto order : {host_cuda::Order::forward, host_cuda::Order::reverse, host_cuda::Order::shuffled}) {
        host_cuda::machine().order = order;
        work();
        if (QTest::currentTestFailed()) return;
    }
}

inline void succeeds(const char* failure) {
    if (failure) QFAIL(failure);
}

} // namespace octavo::twin

#define RUN_KERNEL(name, ...) octavo::twin::succeeds(octavo::kernels::emulated::name(__VA_ARGS__, nullptr))

#endif

namespace octavo::twin {

/// What an output holds before a kernel has written it: no result looks like it.
template <class T>
std::vector<T> unwritten(std::size_t count) {
    std::vector<T> out(count);
    std::memset(static_cast<void*>(out.data()), 0xd5, count * sizeof(T));
    return out;
}

inline std::vector<float> normal_numbers(std::size_t count, unsigned seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal;
    std::vector<float> out(count);
    for (float& value : out) value = normal(generator);
    return out;
}

} // namespace octavo::twin
