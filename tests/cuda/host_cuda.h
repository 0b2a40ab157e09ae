// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ucontext.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

// Runs kernels for CUDA on the host, to find out whether they are right where there is no GPU: one block after another,
// the threads of a block as fibers that give way where they wait for each other. What a device would leave to chance is
// made to fail: shared memory that is read before it is written, that two threads use without a barrier between them
// while one of them writes, that lies beyond its array; barriers and shuffles that not all threads reach. The order of
// threads and blocks is chosen by the test; results must not depend on it. Memory that kernels get from outside is
// guarded by its owner (tests/cuda/device.h).
namespace octavo::host_cuda {

enum class Order { forward, reverse, shuffled };

struct Index {
    unsigned x = 0, y = 0, z = 0;
};

/// One thread of a block.
struct Fiber {
    enum class State { ready, at_barrier, at_shuffle, done };
    ucontext_t context;
    std::unique_ptr<char[]> stack;
    State state = State::ready;
    Index index;
    std::uint64_t given = 0, taken = 0; ///< what a shuffle exchanges, as bits
    int source = 0;                     ///< the lane it takes from
    const void* place = nullptr;        ///< which shuffle of the kernel
};

/// Shared memory that starts each block as nobody's.
struct SharedBase {
    virtual ~SharedBase() = default;
    virtual void forget() = 0;
};

struct Machine {
    static constexpr std::size_t stack_bytes = 64 * 1024;
    static constexpr int warp = 32;

    Order order = Order::forward;
    std::string failure; ///< the first one
    Index grid, block_size, block;
    std::vector<std::unique_ptr<Fiber>> fibers;
    Fiber* current = nullptr;
    ucontext_t scheduler;
    unsigned epoch = 0; ///< barriers passed since the launch
    std::vector<SharedBase*> shared;
    std::function<void()> kernel;

    void fail(const std::string& what) {
        if (failure.empty())
            failure = what + " (block " + std::to_string(block.x) + ", thread " +
                      std::to_string(current ? current->index.x : 0) + ")";
    }

    void wait(Fiber::State state) {
        Fiber* self = current;
        self->state = state;
        swapcontext(&self->context, &scheduler);
        current = self;
    }

    void run(unsigned blocks, unsigned threads);

private:
    std::vector<std::size_t> visits(std::size_t count);
    void run_block(unsigned threads);
    bool let_go_of_barrier();
    bool let_go_of_shuffles();
};

inline Machine& machine() {
    static Machine one;
    return one;
}

inline void fiber_main() {
    Machine& m = machine();
    m.kernel();
    m.current->state = Fiber::State::done;
    swapcontext(&m.current->context, &m.scheduler);
}

inline std::vector<std::size_t> Machine::visits(std::size_t count) {
    std::vector<std::size_t> out(count);
    for (std::size_t i = 0; i < count; ++i) out[i] = order == Order::reverse ? count - 1 - i : i;
    if (order == Order::shuffled) std::shuffle(out.begin(), out.end(), std::mt19937(epoch + block.x));
    return out;
}

inline bool Machine::let_go_of_barrier() {
    const auto waits = [](const auto& fiber) { return fiber->state == Fiber::State::at_barrier; };
    if (!std::all_of(fibers.begin(), fibers.end(), waits)) return false;
    for (auto& fiber : fibers) fiber->state = Fiber::State::ready;
    ++epoch;
    return true;
}

inline bool Machine::let_go_of_shuffles() {
    bool any = false;
    for (std::size_t first = 0; first < fibers.size(); first += warp) {
        const auto begin = fibers.begin() + static_cast<std::ptrdiff_t>(first), end = begin + warp;
        const auto waits = [&](const auto& fiber) {
            return fiber->state == Fiber::State::at_shuffle && fiber->place == (*begin)->place;
        };
        if (!std::all_of(begin, end, waits)) continue;
        for (auto fiber = begin; fiber != end; ++fiber) {
            (*fiber)->taken = (*(begin + (*fiber)->source))->given;
            (*fiber)->state = Fiber::State::ready;
        }
        any = true;
    }
    return any;
}

inline void Machine::run_block(unsigned threads) {
    for (SharedBase* array : shared) array->forget();
    ++epoch;
    fibers.resize(threads);
    for (unsigned thread = 0; thread < threads; ++thread) {
        auto& fiber = fibers[thread];
        if (!fiber) fiber = std::make_unique<Fiber>();
        if (!fiber->stack) fiber->stack.reset(new char[stack_bytes]);
        fiber->state = Fiber::State::ready;
        fiber->index = {thread, 0, 0};
        getcontext(&fiber->context);
        fiber->context.uc_stack.ss_sp = fiber->stack.get();
        fiber->context.uc_stack.ss_size = stack_bytes;
        fiber->context.uc_link = nullptr;
        makecontext(&fiber->context, fiber_main, 0);
    }
    const auto done = [](const auto& fiber) { return fiber->state == Fiber::State::done; };
    while (!std::all_of(fibers.begin(), fibers.end(), done)) {
        bool moved = false;
        for (const std::size_t which : visits(threads)) {
            current = fibers[which].get();
            if (current->state != Fiber::State::ready) continue;
            swapcontext(&scheduler, &current->context);
            moved = true;
        }
        current = nullptr;
        if (let_go_of_barrier() || let_go_of_shuffles() || moved) continue;
        return fail("threads wait for others that will not come");
    }
}

inline void Machine::run(unsigned blocks, unsigned threads) {
    failure.clear();
    grid = {blocks, 1, 1};
    block_size = {threads, 1, 1};
    block = {};
    if (threads == 0 || threads > 1024 || threads % warp != 0) return fail("a block of that many threads");
    for (const std::size_t which : visits(blocks)) {
        block = {static_cast<unsigned>(which), 0, 0};
        run_block(threads);
        if (!failure.empty()) return;
    }
}

/// An array in shared memory that watches who uses it.
template <class T>
class SharedArray : public SharedBase {
public:
    explicit SharedArray(std::size_t count) : cells_(count) { machine().shared.push_back(this); }
    void forget() override { std::fill(cells_.begin(), cells_.end(), Cell()); }

    class Element {
    public:
        Element(SharedArray& array, std::size_t at) : array_(array), at_(at) {}
        Element(const Element&) = default;
        operator T() const { return array_.read(at_); }
        const Element& operator=(T value) const {
            array_.write(at_, value);
            return *this;
        }
        const Element& operator=(const Element& other) const { return *this = static_cast<T>(other); }

    private:
        SharedArray& array_;
        std::size_t at_;
    };
    template <class At>
    Element operator[](At at) const {
        return Element(const_cast<SharedArray&>(*this), static_cast<std::size_t>(at));
    }

private:
    static constexpr int nobody = -1, several = -2;
    struct Cell {
        T value = {};
        int writer = nobody, reader = nobody;
        unsigned written = 0, read = 0; ///< epochs
    };

    T read(std::size_t at) {
        Machine& m = machine();
        if (at >= cells_.size()) return m.fail("read beyond shared memory"), T();
        Cell& cell = cells_[at];
        const int thread = static_cast<int>(m.current->index.x);
        if (cell.writer == nobody) m.fail("shared memory read before it was written");
        if (cell.written == m.epoch && cell.writer != thread)
            m.fail("read of what another thread may not have written");
        cell.reader = cell.read == m.epoch && cell.reader != nobody && cell.reader != thread ? several : thread;
        cell.read = m.epoch;
        return cell.value;
    }

    void write(std::size_t at, T value) {
        Machine& m = machine();
        if (at >= cells_.size()) return m.fail("write beyond shared memory");
        Cell& cell = cells_[at];
        const int thread = static_cast<int>(m.current->index.x);
        if (cell.writer != nobody && cell.written == m.epoch && cell.writer != thread)
            m.fail("two threads write the same");
        if (cell.reader != nobody && cell.read == m.epoch && cell.reader != thread)
            m.fail("write of what another thread may not have read");
        cell.value = value;
        cell.writer = thread;
        cell.written = m.epoch;
    }

    std::vector<Cell> cells_;
};

/// One array for each place in the source, known by the type of its lambda.
template <class T, class Place>
SharedArray<T>& shared_array(std::size_t count, const Place&) {
    static SharedArray<T> array(count);
    return array;
}

/// `Place` tells shuffles of a kernel apart: lanes at different ones do not meet.
template <class T, class Place>
T shuffled(unsigned mask, T value, int source, const Place&) {
    static_assert(sizeof(T) <= sizeof(std::uint64_t));
    static const char place = 0;
    Machine& m = machine();
    if (mask != 0xffffffffu) m.fail("only whole warps are imitated");
    Fiber& self = *m.current;
    self.given = 0;
    std::memcpy(&self.given, &value, sizeof value);
    self.source = source & 31;
    self.place = &place;
    m.wait(Fiber::State::at_shuffle);
    T out;
    std::memcpy(&out, &self.taken, sizeof out);
    return out;
}

} // namespace octavo::host_cuda

#define __global__ inline
#define __device__
#define __forceinline__ inline
#define threadIdx (::octavo::host_cuda::machine().current->index)
#define blockIdx (::octavo::host_cuda::machine().block)
#define blockDim (::octavo::host_cuda::machine().block_size)
#define gridDim (::octavo::host_cuda::machine().grid)
#define __syncthreads() ::octavo::host_cuda::machine().wait(::octavo::host_cuda::Fiber::State::at_barrier)
#define __shfl_sync(mask, value, source) ::octavo::host_cuda::shuffled(mask, value, source, [] {})
#define __shfl_xor_sync(mask, value, lanes)                                                                            \
    ::octavo::host_cuda::shuffled(mask, value, static_cast<int>(threadIdx.x) ^ (lanes), [] {})
#define OCTAVO_SHARED(type, name, count) const auto& name = ::octavo::host_cuda::shared_array<type>(count, [] {})
#define OCTAVO_UNROLL
#define OCTAVO_KERNEL_NAMESPACE emulated

// Compiled without contraction (tests/CMakeLists.txt), plain arithmetic is what these intrinsics stand for.
inline float __fadd_rn(float a, float b) { return a + b; }
inline float __fsub_rn(float a, float b) { return a - b; }
inline float __fmul_rn(float a, float b) { return a * b; }
inline float __fdiv_rn(float a, float b) { return a / b; }
inline float __fmaf_rn(float a, float b, float c) { return std::fma(a, b, c); }

namespace octavo::kernels::emulated {

/// What cuda/dialect.h has for nvcc.
template <class... Parameters, class... Arguments>
const char* launch(void (*kernel)(Parameters...), std::int64_t blocks, int threads, void*,
                   const Arguments&... arguments) {
    host_cuda::Machine& machine = host_cuda::machine();
    machine.kernel = [&] { kernel(arguments...); };
    machine.run(static_cast<unsigned>(blocks), static_cast<unsigned>(threads));
    return machine.failure.empty() ? nullptr : machine.failure.c_str();
}

} // namespace octavo::kernels::emulated
