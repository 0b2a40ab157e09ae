// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "checkpoint/gguf_file.h"

namespace octavo {

/// tokenizer.json (byte-level BPE) from a GGUF file's gpt2 tokenizer, encoding to the same ids as the one transformers
/// builds from it. Throws Error(unusable_model) for broken lists, Error(unsupported_architecture) for another tokenizer
/// or pre-tokenizer.
std::string tokenizer_json(const GgufFile& file);

/// tokenizer_config.json with the special tokens and the chat template.
std::string tokenizer_config_json(const GgufFile& file, std::int64_t context);

} // namespace octavo
