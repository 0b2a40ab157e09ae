// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "report/run_record.h"

namespace octavo {

/// What a machine does at best, measured in the same process: large products, and a copy far beyond the caches. 0 = not
/// measured.
struct MachineRates {
    double products = 0;         ///< float32, FLOP/s; a multiplication and an addition are two
    double narrow_products = 0;  ///< of bf16 numbers with float32 sums, FLOP/s
    double integer_products = 0; ///< int8, OP/s
    double copy = 0;             ///< bytes read + written per second
};

Json to_json(const MachineRates& rates);

/// bytes/s read + written by `threads` threads that copy memory; takes a few hundredths of a second.
double measure_copy_rate(int threads);

/// What has to be done at least, whatever the program.
struct Work {
    double products = 0, narrow_products = 0, integer_products = 0; ///< FLOP, FLOP, OP
    double bytes = 0;                                               ///< read + written
};

/// Who used the time of the thread that works: stages inside a phase, each with the work that it did. Inside a stage
/// another may run; the time is counted once, for the inner one.
class WorkMeter {
public:
    class Timing {
    public:
        Timing(WorkMeter& meter, std::string_view stage) : meter_(meter) { meter_.enter(stage); }
        ~Timing() { meter_.leave(); }
        Timing(const Timing&) = delete;
        Timing& operator=(const Timing&) = delete;

    private:
        WorkMeter& meter_;
    };

    [[nodiscard]] Timing time(std::string_view stage) { return {*this, stage}; }
    void add(std::string_view stage, const Work& work);

    void set_rates(const MachineRates& rates) { rates_ = rates; }
    const MachineRates& rates() const { return rates_; }
    /// What was counted since the last call, in the order of the first use; the time at the machine's limit is 0 where
    /// no work was counted or no rate is known.
    std::vector<StageRecord> take();

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        std::string name;
        double seconds = 0;
        Work work;
    };
    Entry& entry(std::string_view stage);
    void enter(std::string_view stage);
    void leave();
    void charge();

    MachineRates rates_;
    std::vector<Entry> entries_;
    std::vector<std::size_t> running_; ///< indexes, innermost last
    Clock::time_point since_;
};

} // namespace octavo
