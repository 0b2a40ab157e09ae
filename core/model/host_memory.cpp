// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/host_memory.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/alignment.h>
#include <c10/core/impl/alloc_cpu.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <mutex>
#include <sys/mman.h>
#include <unordered_map>
#include <vector>

namespace octavo {

namespace {

constexpr std::size_t large = std::size_t(1) << 20;      ///< from here on blocks are mapped by themselves
constexpr std::size_t granule = std::size_t(256) << 10;  ///< sizes are rounded up to it, so that more of them fit
constexpr std::size_t most_kept = std::size_t(96) << 20; ///< a few of the temporaries of a wide layer
constexpr std::size_t huge_pages = std::size_t(4) << 20; ///< from here on the system is asked for large pages
constexpr std::uintptr_t page = 4096;

struct Block {
    void* data = nullptr;
    std::size_t size = 0;
};

/// Blocks in use by address, and those that wait for a next use, longest kept first.
class Blocks {
public:
    void* take(std::size_t bytes) {
        const std::size_t size = (bytes + granule - 1) / granule * granule;
        const std::lock_guard lock(guard_);
        auto best = kept_.end();
        for (auto it = kept_.begin(); it != kept_.end(); ++it)
            if (it->size >= size && it->size <= size + size / 4 && (best == kept_.end() || it->size < best->size))
                best = it;
        Block block;
        if (best != kept_.end()) {
            block = *best;
            bytes_ -= block.size;
            kept_.erase(best);
        } else {
            block = {map(size), size};
        }
        used_.emplace(block.data, block.size);
        return block.data;
    }

    /// False when the block is none of these.
    bool give(void* data) {
        const std::lock_guard lock(guard_);
        const auto found = used_.find(data);
        if (found == used_.end()) return false;
        kept_.push_back({data, found->second});
        bytes_ += found->second;
        used_.erase(found);
        while (bytes_ > most_kept) drop_oldest();
        return true;
    }

    void drop_all() {
        const std::lock_guard lock(guard_);
        while (!kept_.empty()) drop_oldest();
    }

    std::uint64_t kept() {
        const std::lock_guard lock(guard_);
        return bytes_;
    }

private:
    void* map(std::size_t size) {
        const auto attempt = [size] {
            return ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        };
        void* data = attempt();
        if (data == MAP_FAILED) { // what is kept may be what is missing
            while (!kept_.empty()) drop_oldest();
            data = attempt();
        }
        TORCH_CHECK(data != MAP_FAILED, "DefaultCPUAllocator: not enough memory for ", size, " bytes");
        if (size >= huge_pages) ::madvise(data, size, MADV_HUGEPAGE); // faster where it is had; no harm where not
        return data;
    }

    void drop_oldest() {
        ::munmap(kept_.front().data, kept_.front().size);
        bytes_ -= kept_.front().size;
        kept_.erase(kept_.begin());
    }

    std::mutex guard_;
    std::unordered_map<void*, std::size_t> used_;
    std::vector<Block> kept_;
    std::size_t bytes_ = 0;
};

/// Lives as long as the process: tensors in static storage outlive everything else.
Blocks& blocks() {
    static Blocks* const all = new Blocks;
    return *all;
}

void release(void* data) {
    // Small blocks hardly ever begin a page, so that they seldom have to be looked up.
    if (reinterpret_cast<std::uintptr_t>(data) % page == 0 && blocks().give(data)) return;
    c10::free_cpu(data);
}

class RecyclingAllocator final : public c10::Allocator {
public:
    c10::DataPtr allocate(std::size_t bytes) override {
        void* data = bytes >= large ? blocks().take(bytes) : c10::alloc_cpu(bytes);
        if (poisoned_ && data) std::memset(data, 0xFF, bytes); // NaN in every type of float
        return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &release; }
    void copy_data(void* to, const void* from, std::size_t bytes) const override { std::memcpy(to, from, bytes); }

private:
    /// The tests set it: what reads memory before it is written then fails always, not once in ten runs.
    const bool poisoned_ = std::getenv("OCTAVO_POISON_MEMORY") != nullptr;
};

} // namespace

void install_recycling_allocator() {
    static RecyclingAllocator* const allocator = [] {
        auto* const out = new RecyclingAllocator;
        c10::SetCPUAllocator(out, 1);
        return out;
    }();
    (void)allocator;
}

void release_kept_memory() { blocks().drop_all(); }

void trim_heap() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

std::uint64_t kept_bytes() { return blocks().kept(); }

} // namespace octavo
