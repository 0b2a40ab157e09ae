// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "allocate/groups.h"
#include "checkpoint/model_folder.h"
#include "recipe/scheme.h"
#include "report/event.h"
#include "report/sensitivity.h"

namespace octavo {

struct SensitivityRequest {
    std::filesystem::path model;       ///< in 16 bit
    std::vector<Scheme> schemes;       ///< where groups can be chosen, each matrix gets the largest that divide it
    std::filesystem::path text;        ///< plain text that is scored; empty = built-in
    std::filesystem::path calibration; ///< chats or texts instead, packed into full rows
    /// Folders of calibrated runs of this model. For a matrix and a scheme the first that quantized it so counts: its
    /// errors become tier 1, and its smoothing is applied before the matrix is rounded.
    std::vector<std::filesystem::path> runs;
    /// Instead of being rounded, matrices are taken from the checkpoints of the runs, as they were solved there: what a
    /// mixture of these schemes will hold, nearly. Every scheme needs a run then.
    bool solved = false;
    int windows = 8, sequence_length = 256;
    std::string bos = "auto"; ///< as in EvaluateRequest
    std::uint64_t seed = 42;
    int threads = 0;
    std::string device = "auto";
    /// For the hidden states of the perturbed streams that go through the layers together; 0 = a quarter of the memory.
    std::uint64_t memory_bytes = 0;
    /// Where the table is kept while it grows; what such a file has of the same model and protocol already is not
    /// measured again. Empty = nowhere.
    std::filesystem::path file;
    bool gradient = false;  ///< tier 2 is measured: a forecast of tier 3 for about the price of three forward passes
    bool divergence = true; ///< tier 3 is measured
    bool overwrite = false; ///< start anew, also where the file holds another table

    /// "quick": 8 windows of 256 tokens; "thorough": 32 of 512. Throws Error(usage) for another name.
    void set_preset(const std::string& name);
};

/// Names of run folders, as a protocol holds them.
std::string names_of(const std::vector<std::filesystem::path>& runs);

/// The table before anything was run through the model: groups × schemes with their sizes, tier 0 from the weights
/// (rounding each matrix once per scheme), tier 1 from the run folder. Needs no data and no torch. Sends
/// SensitivityMeasured per row. Throws Error(unusable_model): quantized already; Error(unusable_recipe): a scheme that
/// is not implemented or that no matrix can have, none at all; Error(unusable_run): a run belongs to another model, or
/// is none that `solved` can use; Error(cancelled).
SensitivityTable start_table(const SensitivityRequest& request, Sink& sink, std::stop_token stop);

/// Puts what `request.file` holds already into a started table, and schemes that only it has. Throws
/// Error(unusable_target) when that is the table of another model or protocol.
void take_known(const SensitivityRequest& request, SensitivityTable& table);

/// Writes the table to `request.file`, if there is one.
void keep_table(const SensitivityRequest& request, SensitivityTable& table, bool complete);

/// All linear modules of a folder, also where the architecture is known by tensor names only.
std::vector<Module> modules_of(const ModelFolder& folder);

} // namespace octavo
