// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/work_meter.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "job/process.h"

namespace octavo {

namespace {

double limit_seconds(const Work& work, const MachineRates& rates) {
    const auto at = [](double amount, double rate) { return rate > 0 ? amount / rate : 0.0; };
    return at(work.products, rates.products) + at(work.narrow_products, rates.narrow_products) +
           at(work.integer_products, rates.integer_products) + at(work.bytes, rates.copy);
}

} // namespace

Json to_json(const MachineRates& rates) {
    return {{"float32_flop_per_second", rates.products},
            {"bf16_flop_per_second", rates.narrow_products},
            {"int8_op_per_second", rates.integer_products},
            {"copy_bytes_per_second", rates.copy}};
}

double measure_copy_rate(int threads) {
    constexpr std::size_t bytes = std::size_t(64) << 20, piece = std::size_t(1) << 20;
    const std::vector<char> source(bytes, 1);
    std::vector<char> target(bytes);
    double least = std::numeric_limits<double>::infinity();
    for (int i = 0; i < 4; ++i) {
        const auto started = std::chrono::steady_clock::now();
        parallel_for(threads, bytes / piece, [&](std::int64_t part) {
            const auto at = static_cast<std::size_t>(part) * piece;
            std::memcpy(target.data() + at, source.data() + at, piece);
        });
        least = std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
    }
    return 2.0 * static_cast<double>(bytes) / least;
}

WorkMeter::Entry& WorkMeter::entry(std::string_view stage) {
    const auto found = std::ranges::find(entries_, stage, &Entry::name);
    if (found != entries_.end()) return *found;
    return entries_.emplace_back(Entry{std::string(stage), 0, {}});
}

void WorkMeter::add(std::string_view stage, const Work& work) {
    Work& total = entry(stage).work;
    total.products += work.products;
    total.narrow_products += work.narrow_products;
    total.integer_products += work.integer_products;
    total.bytes += work.bytes;
}

void WorkMeter::charge() {
    const Clock::time_point now = Clock::now();
    if (!running_.empty()) entries_[running_.back()].seconds += std::chrono::duration<double>(now - since_).count();
    since_ = now;
}

void WorkMeter::enter(std::string_view stage) {
    charge();
    running_.push_back(static_cast<std::size_t>(&entry(stage) - entries_.data()));
}

void WorkMeter::leave() {
    charge();
    running_.pop_back();
}

std::vector<StageRecord> WorkMeter::take() {
    std::vector<StageRecord> out;
    for (const Entry& one : entries_) out.push_back({one.name, one.seconds, limit_seconds(one.work, rates_)});
    entries_.clear();
    return out;
}

} // namespace octavo
