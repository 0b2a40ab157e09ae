// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>

namespace octavo {

/// Turns a llama-family GGUF file (F32, F16, BF16, Q4_0, Q4_1, Q8_0 tensors; gpt2 tokenizer) into an ordinary bf16
/// Hugging Face folder: config.json, model.safetensors, tokenizer.json, tokenizer_config.json, generation_config.json.
/// llama.cpp stores q and k rows permuted for its rotary embedding; that is undone. The folder appears whole or not at
/// all. progress(done, total) in bytes of output. Throws Error(unusable_model | unusable_target | io | disk_full).
void convert_gguf(const std::filesystem::path& gguf, const std::filesystem::path& folder,
                  const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

} // namespace octavo
