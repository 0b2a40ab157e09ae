// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "architecture/model_config.h"
#include "checkpoint/model_folder.h"

namespace octavo {

/// Reads config.json in the old and in the transformers-5 spelling (rope_parameters, dtype). Anything unknown that
/// would change the result is refused by name: Error(unsupported_architecture); a contradiction between config and
/// tensors: Error(unusable_model). Keys that nobody described (config_keys.cpp) pass only as null, false or
/// empty, or with a leading underscore (transformers' own notes): a key left out in silence could make every later
/// figure wrong. An already quantized folder is read as well; of its matrices only the names are checked. In a model
/// that sees or hears, the language model is found; the rest becomes `others`.
ModelConfig read_model_config(const ModelFolder& folder);

/// Every Linear of the model in execution order, lm_head last (present even when tied, so that it can be ignored by
/// name). Routers have the class_name "Router", what stands beside the language model "VisionLinear": they keep their
/// precision unless a recipe names them.
std::vector<Module> linear_modules(const ModelConfig& config);

/// Linear modules found by tensor names alone ("….weight" with two dimensions, no embedding, no norm): for data-free
/// schemes on any architecture, in the same order and with the same fused sets as above where both apply. Experts of a
/// mixture are modules of their own (three-dimensional expert tensors are not); a tied lm_head is present without a
/// tensor. What keeps its precision unless a recipe names it has another class_name than "Linear": "Router" (expert
/// choice), "VisionLinear" (towers and projectors for pictures and sound), "Conv1D" (GPT-2's transposed matrices),
/// "Head" (embed_out).
std::vector<Module> linear_modules(const ModelFolder& folder);

/// Does the matrix have a bias?
bool has_bias(const ModelConfig& config, const Module& module);

/// A tensor of the language model that is no matrix of linear_modules(): embedding, norms, biases of routers.
struct Parameter {
    std::string name;
    std::vector<std::int64_t> shape;
};
std::vector<Parameter> other_parameters(const ModelConfig& config);

/// Names of an MLP's matrices. fused_gated: `gate` holds the rows of both and `up` is empty; plain: `gate` is empty.
struct MlpNames {
    std::string gate, up, down;
};
MlpNames mlp_names(const ModelConfig& config, int layer);                ///< where has_experts() is false
MlpNames expert_names(const ModelConfig& config, int layer, int expert); ///< −1 = the shared expert

/// An exact rescaling: divide what `producer` emits per channel, multiply the consumers' input columns.
struct SmoothingGroup {
    enum class Kind { norm, up_down, value_output };
    std::string site; ///< "model.layers.3.attention_input"
    Kind kind = Kind::norm;
    std::string producer;               ///< norm or Linear whose output (rows) is divided; name without ".weight"
    std::vector<std::string> consumers; ///< *all* matrices that read the site, routers too
    int layer = 0;
    std::int64_t channels = 0;        ///< P, of the producer
    std::vector<std::int64_t> rows;   ///< [P] rows of the producing Linear; empty = all in order
    std::vector<std::int64_t> spread; ///< [K] producer channel that feeds each input channel; empty = one to one
};

/// Derived from the architecture's structure, in execution order. Where a norm stands behind attention or MLP instead
/// of in front of it, or a nonlinearity stands between two matrices, there is no group.
std::vector<SmoothingGroup> smoothing_groups(const ModelConfig& config);

/// Site whose input a Linear reads ("model.layers.3.mlp_input", of an expert
/// "model.layers.3.experts.7.mlp_input"), empty for lm_head and routers.
std::string site_of(const Module& module);

/// "embeddings", "attention", "mlp", "norms", "head" or "other", for memory by kind.
std::string kind_of(const std::string& tensor);

} // namespace octavo
