// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "checkpoint/dtype.h"
#include "report/run_record.h"

namespace octavo {

struct StoredTensor {
    Dtype dtype = Dtype::u8;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes; ///< row-major
};

/// What a finished decoder layer left behind: enough to write it again, to show it, and to walk past it bit for bit
/// without calibrating.
struct LayerEntry {
    std::map<std::string, StoredTensor> tensors;                             ///< named by the engine
    std::map<std::string, std::map<std::string, std::vector<float>>> arrays; ///< owner → statistic → values
    std::vector<MatrixReport> reports;
};

/// journal/ in a run folder: job.json says which job it belongs to, layer-00012.safetensors is a LayerEntry. Each file
/// appears whole or not at all, so a process may die at any moment. Held by one process at a time.
class Journal {
public:
    /// A new one. Throws Error(io | disk_full).
    static Journal create(const std::filesystem::path& run_folder, const Json& job);
    /// The one that an interrupted job left. Throws Error(unusable_run): there is none, it is damaged, another process
    /// holds it.
    static Journal open(const std::filesystem::path& run_folder);
    static bool exists(const std::filesystem::path& run_folder);

    Journal(Journal&& other) noexcept;
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    ~Journal(); ///< the files stay

    const Json& job() const { return job_; }
    int layers() const { return layers_; } ///< the layers [0, layers) are finished
    /// Layer `layers()`. Throws Error(io | disk_full).
    void keep(const LayerEntry& entry);
    /// Throws Error(unusable_run) when the file is damaged.
    LayerEntry read(int layer) const;
    /// Deletes everything: the job is done, or never came to a layer.
    void remove() noexcept;

private:
    explicit Journal(std::filesystem::path folder);
    void lock();
    std::filesystem::path file_of(int layer) const;

    std::filesystem::path folder_;
    Json job_;
    int layers_ = 0, lock_ = -1;
};

} // namespace octavo
