// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "job/job.h"

namespace octavo {

/// What has to be the same for finished layers to be of use: model, recipe, calibration tokens, arithmetic.
struct JobIdentity {
    std::string model; ///< fingerprint
    Json recipe;
    std::string tokens; ///< digest of the calibration rows
    std::string version, device;
    int threads = 0;

    JobIdentity(const ModelFolder& model, const Recipe& recipe, const CalibrationSet& calibration, int device,
                int threads);
    Json json() const;
};

/// Contents of the journal's job.json.
Json journal_job(const QuantizeRequest& request, const JobIdentity& identity);

/// Throws Error(unusable_run) naming the first thing in which the job differs from the one in the journal.
void check_same_job(const Journal& journal, const JobIdentity& identity, const std::filesystem::path& run_folder);

} // namespace octavo
