// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory_checks.h"

#include "model/device_memory.h"
#include "model/host_memory.h"

#include <ATen/ATen.h>

#include <atomic>
#include <random>
#include <thread>

using namespace octavo;

RecyclingSeen recycling() {
    install_recycling_allocator();
    release_kept_memory();
    RecyclingSeen out;
    const std::int64_t count = 3 << 20; // 12 MiB of floats
    const auto place = [](std::int64_t elements) { return at::empty({elements}).const_data_ptr(); };
    const void* first = place(count);
    out.same_block = place(count) == first;
    out.smaller_fits = place(count - count / 8) == first;
    out.much_smaller_not = place(count / 2) != first;
    out.aligned = reinterpret_cast<std::uintptr_t>(first) % 4096 == 0;
    const at::Tensor values = at::arange(count, at::kInt);
    out.whole = values.sum().item<std::int64_t>() == count * (count - 1) / 2;
    {
        std::vector<at::Tensor> many;
        for (int i = 0; i < 20; ++i) many.push_back(at::zeros({count}));
    }
    out.kept_at_most = static_cast<double>(kept_bytes());
    release_kept_memory();
    out.kept_after_release = static_cast<double>(kept_bytes());
    return out;
}

long damaged_by_threads() {
    install_recycling_allocator();
    std::atomic<long> damaged{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&damaged, thread] {
            std::mt19937 random(static_cast<unsigned>(thread));
            std::vector<at::Tensor> held;
            for (int i = 0; i < 200; ++i) {
                const std::int64_t count = 1 + static_cast<std::int64_t>(random() % 800000);
                held.push_back(at::full({count}, thread * 1000 + i, at::kInt));
                if (held.size() < 5) continue;
                const at::Tensor oldest = held.front();
                held.erase(held.begin());
                if (!oldest.eq(oldest[0]).all().item<bool>() || oldest[0].item<int>() / 1000 != thread) ++damaged;
            }
        });
    for (std::thread& thread : threads) thread.join();
    return damaged;
}

PortionsSeen portions_of(std::int64_t count, std::int64_t fit, int rounds) {
    Portions portions{Device{}};
    PortionsSeen out;
    try {
        for (int round = 0; round < rounds; ++round)
            portions.run(count, [&](std::int64_t begin, std::int64_t end) {
                ++out.attempts;
                if (end - begin > fit) throw c10::OutOfMemoryError({__func__, __FILE__, __LINE__}, "too much");
                out.done.emplace_back(begin, end);
            });
    } catch (const c10::OutOfMemoryError&) {
        out.refused = true;
    }
    out.most_after = portions.most();
    return out;
}

bool other_errors_pass() {
    int attempts = 0;
    try {
        Portions{Device{}}.run(8, [&](std::int64_t, std::int64_t) {
            ++attempts;
            throw std::runtime_error("something else");
        });
    } catch (const std::runtime_error&) {
        return attempts == 1;
    }
    return false;
}

std::int64_t tokens_that_fit(std::uint64_t free, std::uint64_t token_bytes) {
    return tokens_at_once(free, token_bytes);
}
