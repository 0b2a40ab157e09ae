// SPDX-License-Identifier: GPL-3.0-or-later
#include "limits.h"

#include <ATen/ATen.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/files.h"

namespace octavo::bench {

namespace {

constexpr std::int64_t side = 2048;
constexpr std::size_t file_bytes = std::size_t(512) << 20, piece = std::size_t(4) << 20;

double product_rate(at::ScalarType type) {
    const at::Tensor a = at::randn({side, side}).to(type), b = at::randn({side, side}).to(type);
    at::Tensor out = at::empty({side, side}, a.options());
    return 2.0 * side * side * side / fastest([&] { at::mm_out(out, a, b); });
}

double integer_rate() {
    const at::Tensor a = at::randint(-127, 128, {side, side}, at::kChar),
                     b = at::randint(-127, 128, {side, side}, at::kChar);
    at::Tensor out = at::empty({side, side}, at::kInt);
    return 2.0 * side * side * side / fastest([&] { at::_int_mm_out(out, a, b.t()); });
}

double cholesky_rate(std::int64_t n) {
    const at::Tensor a = at::randn({n, n});
    const at::Tensor positive = at::mm(a, a.t()) + at::eye(n) * static_cast<double>(n);
    return static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(n) / 3 /
           fastest([&] { at::linalg_cholesky(positive); });
}

double copy_rate() {
    const at::Tensor source = at::ones({std::int64_t(64) << 20});
    at::Tensor target = at::empty_like(source);
    return 2.0 * static_cast<double>(source.nbytes()) / fastest([&] { target.copy_(source); });
}

/// A file of its own, removed at the end.
class ScratchFile {
public:
    explicit ScratchFile(const std::filesystem::path& folder) : path_(folder / "octavo-bench.scratch") {}
    ~ScratchFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    double write_rate() const {
        const std::vector<char> data(piece, 'o');
        const int file = open(O_WRONLY | O_CREAT | O_TRUNC);
        const auto started = std::chrono::steady_clock::now();
        for (std::size_t done = 0; done < file_bytes; done += piece)
            if (::write(file, data.data(), piece) != static_cast<ssize_t>(piece)) {
                ::close(file);
                throw_errno(msg("The file could not be written"), path_);
            }
        ::fsync(file);
        ::close(file);
        return static_cast<double>(file_bytes) / seconds_since(started);
    }
    double read_rate() const {
        std::vector<char> data(piece);
        const int file = open(O_RDONLY);
        ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
        const auto started = std::chrono::steady_clock::now();
        while (::read(file, data.data(), piece) > 0) {
        }
        const double rate = static_cast<double>(file_bytes) / seconds_since(started);
        ::close(file);
        return rate;
    }

private:
    static double seconds_since(std::chrono::steady_clock::time_point started) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    }
    int open(int flags) const {
        const int file = ::open(path_.c_str(), flags | O_CLOEXEC, 0600);
        if (file < 0) throw_errno(msg("The file could not be opened"), path_);
        return file;
    }
    std::filesystem::path path_;
};

} // namespace

Limits measure_limits(const std::filesystem::path& scratch, const Report& report) {
    Limits out;
    const auto keep = [&](double& member, double rate, const char* name, const char* unit) {
        member = rate;
        report({"Limits", name, rate / 1e9, unit, 0, {}});
    };
    keep(out.gemm_f32, product_rate(at::kFloat), "product, float32, 2048³", "GFLOP/s");
    keep(out.gemm_bf16, product_rate(at::kBFloat16), "product, bfloat16, 2048³", "GFLOP/s");
    keep(out.gemm_int8, integer_rate(), "product, int8, 2048³", "GOP/s");
    keep(out.cholesky, cholesky_rate(1536), "Cholesky, 1536", "GFLOP/s");
    keep(out.cholesky_wide, cholesky_rate(4096), "Cholesky, 4096", "GFLOP/s");
    keep(out.copy, copy_rate(), "memory copy, read + written", "GB/s");
    const ScratchFile file(scratch);
    // The best of three: the first one often waits for what others left to be written.
    keep(out.disk_write, std::max({file.write_rate(), file.write_rate(), file.write_rate()}), "disk write, synced",
         "GB/s");
    keep(out.disk_read, file.read_rate(), "disk read", "GB/s");
    return out;
}

} // namespace octavo::bench
