// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "architecture/architecture_table.h"
#include "architecture/config_reader.h"

namespace octavo {

// The parts of config.json that differ between architectures; each fills its members of `out`. `out.layers` and the
// sizes are known by then. All throw Error(unsupported_architecture) for what Octavo does not compute and
// Error(unusable_model) for what cannot be.

/// Sliding windows by the architecture's rule; layer_types, where the class reads it, has the last word.
void read_windows(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out);
/// Which layers have a rotary embedding.
void read_turned(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out);
/// Mixture of experts: which layers, how many, how they are chosen and named.
void read_experts(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out);
/// Multi-head latent attention: its sizes replace head_dim.
void read_latent(const ConfigReader& config, ModelConfig& out);
/// Factors and softcaps of embedding, scores, residual stream and logits.
void read_scales(const ArchitectureEntry& entry, const ConfigReader& config, ModelConfig& out);

} // namespace octavo
