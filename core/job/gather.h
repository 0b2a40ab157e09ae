// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "job/job.h"

namespace octavo {

/// The calibration rows that a request asks for: of one dataset, of several mixed by weight, text that the model writes
/// itself, or ids as they are. Throws Error(unusable_data), and Error(unusable_model) for ids beyond the vocabulary.
CalibrationSet gather_calibration(const QuantizeRequest& request, const ModelConfig& config, Sink& sink,
                                  const std::stop_token& stop);

/// Rows of `samples` samples that the model writes itself.
using TextWriter = std::function<CalibrationSet(std::size_t samples)>;

/// The same without ids, as `tokenizer` reads it: of the dataset, or of all parts of the mixture by weight. `write` is
/// asked for text of the model's own; a request that has none needs no writer. Throws Error(unusable_data).
CalibrationSet read_calibration(const QuantizeRequest& request, const Tokenizer& tokenizer, const std::stop_token& stop,
                                const TextWriter& write = {});

/// A tokenizer of another model would have its ids read beyond the embedding. Throws Error(unusable_model) naming the
/// tokenizer of the folder `model`.
void check_ids(const std::vector<std::int32_t>& ids, const ModelConfig& config, const std::filesystem::path& model);

/// What one part of the data is called on the command line; paths absolute.
std::string to_text(const DataSource& source);

} // namespace octavo
