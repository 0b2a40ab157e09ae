// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "cuda/host_cuda.h"

// What runs the kernels for CUDA on the host has to notice what would go wrong on a device.
using octavo::host_cuda::Order;

namespace {

constexpr int threads = 64;

/// Every thread reads what its neighbour in the next warp has written.
__global__ void shift(bool with_barrier, int* out) {
    OCTAVO_SHARED(int, passed, threads);
    const int thread = static_cast<int>(threadIdx.x);
    passed[thread] = thread;
    if (with_barrier) __syncthreads();
    out[thread] = passed[(thread + 32) % threads];
}

__global__ void write_what_others_read(int* out) {
    OCTAVO_SHARED(int, passed, 1);
    if (threadIdx.x == 0) passed[0] = 1;
    __syncthreads();
    out[threadIdx.x] = passed[0];
    if (threadIdx.x == 5) passed[0] = 2;
}

__global__ void write_the_same(int) {
    OCTAVO_SHARED(int, passed, 1);
    passed[0] = 1;
}

__global__ void read_unwritten(int* out) {
    OCTAVO_SHARED(int, passed, threads);
    out[threadIdx.x] = passed[static_cast<int>(threadIdx.x)];
}

__global__ void go_beyond(int index) {
    OCTAVO_SHARED(int, passed, threads);
    if (threadIdx.x == 0) passed[index] = 1;
}

__global__ void some_wait(int) {
    if (threadIdx.x < 40) __syncthreads();
}

__global__ void some_lanes_exchange(int) {
    if (threadIdx.x % 32 < 31) __shfl_sync(0xffffffffu, 1, 0);
}

__global__ void lanes_exchange_here_and_there(int* out) {
    if (threadIdx.x % 2)
        out[threadIdx.x] = __shfl_sync(0xffffffffu, 1, 0);
    else
        out[threadIdx.x] = __shfl_sync(0xffffffffu, 2, 0);
}

__global__ void exchange(int* out) {
    const int thread = static_cast<int>(threadIdx.x);
    out[thread] = 100 * __shfl_xor_sync(0xffffffffu, thread, 3) + __shfl_sync(0xffffffffu, thread, 7);
}

/// What a run says; empty when it went well.
template <class... Parameters, class... Arguments>
std::string said(void (*kernel)(Parameters...), Arguments... arguments) {
    const char* failure = octavo::kernels::emulated::launch(kernel, 3, threads, nullptr, arguments...);
    return failure ? failure : "";
}

} // namespace

class TestHostCuda : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void faults_are_found_data() {
        QTest::addColumn<int>("order");
        QTest::newRow("forward") << int(Order::forward);
        QTest::newRow("reverse") << int(Order::reverse);
        QTest::newRow("shuffled") << int(Order::shuffled);
    }
    void faults_are_found() {
        QFETCH(int, order);
        octavo::host_cuda::machine().order = Order(order);
        std::vector<int> out(threads);
        QVERIFY(!said(shift, false, out.data()).empty());
        QVERIFY(said(write_what_others_read, out.data()).find("may not have read") != std::string::npos);
        QVERIFY(said(write_the_same, 0).find("two threads") != std::string::npos);
        QVERIFY(said(read_unwritten, out.data()).find("before it was written") != std::string::npos);
        QVERIFY(said(go_beyond, threads).find("beyond") != std::string::npos);
        QVERIFY(said(go_beyond, -1).find("beyond") != std::string::npos);
        QVERIFY(said(some_wait, 0).find("will not come") != std::string::npos);
        QVERIFY(said(some_lanes_exchange, 0).find("will not come") != std::string::npos);
        QVERIFY(said(lanes_exchange_here_and_there, out.data()).find("will not come") != std::string::npos);
    }

    void what_is_right_runs_data() { faults_are_found_data(); }
    void what_is_right_runs() {
        QFETCH(int, order);
        octavo::host_cuda::machine().order = Order(order);
        std::vector<int> out(threads);
        QCOMPARE(said(shift, true, out.data()), std::string());
        for (int thread = 0; thread < threads; ++thread) QCOMPARE(out[std::size_t(thread)], (thread + 32) % threads);
        QCOMPARE(said(exchange, out.data()), std::string());
        for (int thread = 0; thread < threads; ++thread)
            QCOMPARE(out[std::size_t(thread)], 100 * (thread ^ 3) + thread / 32 * 32 + 7);
    }
};

QTEST_APPLESS_MAIN(TestHostCuda)
#include "test_host_cuda.moc"
