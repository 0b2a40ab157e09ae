// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "engine/engine.h"

namespace octavo {

/// Has the original and then the candidate go on with the same prompts, with the same random numbers, and compares the
/// answers token by token; one model is in memory at a time. Until the answers of a prompt part, the original's
/// probabilities of every step are kept: prompts are taken in batches that keep to 1 GiB. The same for the same request
/// on one machine. Throws Error(usage | out_of_memory) as generate() does, Error(unusable_model) for models of
/// different vocabularies.
std::vector<AnswerTokens> compare_answers(const AnswersRequest& request, Sink& sink, std::stop_token stop);

} // namespace octavo
