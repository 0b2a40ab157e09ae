// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "recipe/scheme.h"

namespace octavo {

/// One linear layer of a model, as the recipe sees it.
struct Module {
    std::string name; ///< "model.layers.3.self_attn.q_proj"; its weight is name + ".weight"
    std::string class_name = "Linear";
    std::int64_t rows = 0;      ///< N = out_features
    std::int64_t columns = 0;   ///< K = in_features
    int layer = -1;             ///< decoder layer index, −1 outside the stack
    std::string role = {};      ///< "q_proj", "gate_proj", "lm_head", …
    std::string fused_set = {}; ///< modules with the same non-empty value are one matrix in vLLM and need one scheme
};

enum class SmoothingMode { off, fixed, automatic };
enum class SmoothingStatistic { range, absmax }; ///< llm-compressor uses max − min, the paper absmax

/// smoothquant: between the reach of activations and weights, for schemes that quantize both; awq: channels that carry
/// much are scaled up before the weights are rounded (arXiv 2306.00978), the strength by the error that rounding then
/// makes.
enum class SmoothingRule { smoothquant, awq };

struct SmoothingOptions {
    SmoothingRule rule = SmoothingRule::smoothquant;
    SmoothingMode mode = SmoothingMode::automatic;
    double strength = 0.5; ///< α in [0, 1]; with fixed
    SmoothingStatistic statistic = SmoothingStatistic::range;
    bool balance = true; ///< with automatic: after the strength, every channel's scale by itself (quantize/balance.h)
    bool norms = true;   ///< norm → q,k,v and norm → gate,up
    bool up_down = true; ///< rows of up → down
    bool value_output = true; ///< rows of v → o
    /// Every head's values turned by one random orthogonal matrix, and turned back in o, before anything is observed.
    bool rotate_values = false;
    /// The residual stream turned by one random orthogonal matrix, and turned back by everything that reads it (QuaRot,
    /// arXiv 2404.00456): no channel of it stands out any more. Norms become ones, the head is written for itself.
    bool rotate_residual = false;
    /// α per smoothing group by name ("model.layers.3.mlp_input"); wins over mode.
    std::vector<std::pair<std::string, double>> strengths;
};

enum class SolverMethod { round_to_nearest, gptq };

/// How a scale is found: from the extremes of its cell, by least squared error of the weights, or the same weighted by
/// the mean square of the input (which needs data).
enum class ScaleMethod { extremes, least_squares, weighted_least_squares };

/// What a matrix is solved for: its own output (none); the output that it has in the original model, on whose inputs a
/// second stream of activations runs (inputs: GPTAQ, Qronos); or, for o and down, the residual stream of the original
/// model, so that they also make good what was lost before them (residual).
enum class Correction { none, inputs, residual };

struct SolverOptions {
    SolverMethod method = SolverMethod::gptq;
    ScaleMethod scales = ScaleMethod::extremes;
    double damping = 0.01; ///< fraction of the mean of the Hessian's diagonal
    /// Fraction of itself that each number of the diagonal grows by, which makes less of what channels have in common:
    /// few tokens, or others than will come, tell little about that. 0 = as they are, ∞ = rounding.
    double shrinkage = 0;
    int block_size = 128; ///< columns per block of the solve
    Correction correction = Correction::none;
    /// Errors of o and down count relative to the residual stream that they are added to, token by token, because what
    /// comes next normalises it: else the few tokens with massive activations decide alone.
    bool relative = false;
    int sweeps = 0;                ///< of coordinate descent over codes and scales after the solve
    bool activation_order = false; ///< static act-order: columns visited by falling diagonal, groups stay in place
};

/// What happens to a group size that does not divide a matrix: refused, replaced for all matrices by the largest that
/// divides every one of them, or replaced matrix by matrix.
enum class GroupFit { as_given, common, per_matrix };

/// How keys and values are cached while serving: in 16 bit, or in E4M3 with calibrated scales, one per layer or one per
/// head.
enum class KvCache { as_is, fp8, fp8_per_head };

/// What differs from the recipe's SolverOptions for some matrices; what is not set stays. The correction and `relative`
/// are not here: they belong to an input, which is observed once for all matrices that read it.
struct SolverChanges {
    std::optional<SolverMethod> method = {};
    std::optional<ScaleMethod> scales = {};
    std::optional<double> damping = {}, shrinkage = {};
    std::optional<int> block_size = {}, sweeps = {};
    std::optional<bool> activation_order = {};

    static SolverChanges all_of(const SolverOptions& options);
    bool empty() const { return *this == SolverChanges(); }
    bool need_data() const;                 ///< calibration tokens, whatever the recipe says
    void fill(const SolverChanges& weaker); ///< takes over what is not set here
    void apply_to(SolverOptions& options) const;
    bool operator==(const SolverChanges&) const = default;
};

/// Names (exact), "re:" + regular expression anchored at the start, or a class name; and what they get.
struct Override {
    std::vector<std::string> targets;
    std::optional<Scheme> scheme = {};    ///< none = keep in 16 bit
    SolverChanges solver = {};            ///< how they are solved
    bool changes_scheme = true;           ///< false: says nothing about the scheme
    std::vector<std::string> except = {}; ///< patterns of what `targets` match but the override does not mean
};

/// "PATTERN=WHAT": what is a list of a scheme or 16bit, and of rtn, gptq, minmax, mse, weighted-mse, act-order,
/// no-act-order, damping=FRACTION, shrinkage=FRACTION, sweeps=N, block=N, with commas. Throws Error(usage).
Override override_from_text(const std::string& text);

/// Everything that decides the bytes of an export, besides model and calibration tokens.
struct Recipe {
    Scheme scheme;                              ///< for every Linear that is not ignored or overridden
    std::vector<std::string> ignore{"lm_head"}; ///< exact, "re:…" or class name
    /// Of those that match, the first that says anything about the scheme decides it, and of the solver's options the
    /// first that sets it.
    std::vector<Override> overrides;
    GroupFit group_fit = GroupFit::as_given;
    SmoothingOptions smoothing;
    SolverOptions solver;
    KvCache kv_cache = KvCache::as_is;
    /// Of the magnitudes of inputs with one fixed scale: what lies beyond is clipped. 100 = nothing.
    double activation_percentile = 100;
    bool quantize_activations = true; ///< while propagating from layer to layer
    std::uint64_t seed = 42;

    /// What `--scheme NAME` means: the scheme with the defaults that suit it (W8A8: searched smoothing and GPTQ;
    /// FP8_DYNAMIC: data-free).
    static Recipe for_scheme(const Scheme& scheme);
    bool needs_data() const; ///< calibration tokens have to be run through the model
};

/// {"schema": 1, "scheme": …, "ignore": […], "overrides": [{"targets": […], "except": […], "scheme": … | null,
/// "solver": {…}}], "group_fit": …, "smoothing": {…}, "solver": {…}, "kv_cache": null | "fp8" | "fp8_per_head",
/// "activation_percentile": …, "quantize_activations": …, "seed": …}
Json to_json(const Recipe& recipe);
/// Throws Error(unusable_recipe) naming the first scheme that this version cannot produce. A forecast needs no such
/// check.
void require_implemented(const Recipe& recipe);
/// Only "scheme" is required; keys that are absent get the defaults of Recipe::for_scheme. Whether the scheme is
/// implemented is not asked here but in resolve(). Throws Error(unusable_recipe): unknown key, wrong type, value out of
/// range, newer schema version.
Recipe recipe_from_json(const Json& json, const std::string& file = {});
/// JSON as above, or with the extension .yaml or .yml a recipe of llm-compressor (llm_compressor.h).
Recipe read_recipe(const std::filesystem::path& file);

/// What each module gets; all lists have the length and order of `modules`.
struct ResolvedRecipe {
    Recipe recipe;
    std::vector<Module> modules;
    std::vector<std::optional<Scheme>> schemes;             ///< none = stays in 16 bit
    std::vector<SolverOptions> solvers;                     ///< empty where the recipe was read back from an export
    std::map<std::string, std::size_t, std::less<>> places; ///< of the modules by name

    ResolvedRecipe() = default;
    ResolvedRecipe(Recipe recipe, std::vector<Module> modules, std::vector<std::optional<Scheme>> schemes,
                   std::vector<SolverOptions> solvers = {});
    std::optional<std::size_t> find(std::string_view module) const;
    const std::optional<Scheme>&
    scheme_of(std::string_view module) const; ///< throws Error(internal) for an unknown one
};

/// Precedence: ignore, then the overrides that match, then the recipe's scheme for every module of class "Linear".
/// Throws Error(unusable_recipe): a scheme that is not implemented, a pattern that matches nothing (but "lm_head" in
/// `ignore` is always allowed), a fused set that would be split, a shape that the scheme cannot have, a KV cache that
/// takes no scales (check_cache), a percentile without inputs that it applies to, nothing left to quantize.
ResolvedRecipe resolve(const Recipe& recipe, std::vector<Module> modules);

/// kv_cache_scheme of compressed-tensors' quantization_config: null, or the arguments that vLLM takes.
Json kv_cache_scheme(KvCache cache);
/// The same read back; none for a scheme that vLLM refuses (anything but static, symmetric 8-bit floating point).
std::optional<KvCache> kv_cache_from_json(const Json& scheme);

/// Throws Error(unusable_recipe) when `cache` asks for scales of a KV cache that the model does not have: it has no
/// attention, or keeps a latent in place of keys and values.
void check_cache(KvCache cache, const std::vector<Module>& modules);

/// Can a matrix of this shape have this scheme? Throws Error(unusable_recipe) naming the module and the group sizes
/// that would work.
void check_shape(const Scheme& scheme, const Module& module);

/// Does `pattern` (exact name, "re:…", class name) match this module? Throws Error(unusable_recipe) for a broken
/// regular expression.
bool matches(const std::string& pattern, const Module& module);

} // namespace octavo
