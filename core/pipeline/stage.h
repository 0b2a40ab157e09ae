// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "job/job.h"
#include "model/decoder.h"
#include "pipeline/layer_entry.h"
#include "quantize/observer.h"
#include "quantize/smoothing.h"
#include "quantize/solver.h"

namespace octavo {

/// What all stages of a pass share.
struct StageContext {
    Job& job;
    const ModelConfig& config;
    Device device;
    std::vector<std::int64_t> sample; ///< token indexes kept for the strength search and the histograms
    LayerEntry entry = {};            ///< what the journal will keep of the layer that is worked on

    void put(const std::string& owner, const std::string& statistic, std::vector<float> values);
    void finished(MatrixReport report);
    /// A 16-bit tensor whose values changed, in its stored dtype: goes to the exporter.
    void write(const std::string& name, const at::Tensor& tensor);
};

/// How the matrices of a site see its input.
struct SiteView {
    std::optional<InputGrid> input; ///< the grid that activations are rounded to on the way; none = exact
    at::Tensor inverse;             ///< [K] 1 / smoothing scale; undefined = none

    /// Divided by the scales, unless the producer did that, and rounded.
    Activations seen(const at::Tensor& x, bool producer_divides) const;
};

/// One matrix of a stage while it is worked on.
struct StageMatrix {
    Module module;
    Linear* linear = nullptr;     ///< its weight is replaced by the quantized one
    std::optional<Scheme> scheme; ///< none = stays in 16 bit
    SolverOptions solver;
    at::Tensor original = {};    ///< as in the checkpoint, for the report
    at::Tensor wanted = {};      ///< [N, K]: what is solved for: the original, smoothed and corrected
    Solution solution = {};      ///< codes kept until a later smoothing of its rows is known
    at::Tensor row_divisor = {}; ///< [N] what the rows were divided by after the solve; undefined = nothing
    double damping = 0;          ///< that it was solved with
    int escalations = 0;
};

/// One input ("site") and the matrices that read it: observes the input, chooses the smoothing, solves.
class Stage {
public:
    /// `group` = how the input may be rescaled exactly, null = not at all; `sample` = tokens of this input to keep
    /// instead of the pass's. Without matrices nothing will be solved, only observed.
    Stage(StageContext& context, const std::string& site, std::int64_t channels, std::vector<StageMatrix> matrices,
          const SmoothingGroup* group, std::optional<std::vector<std::int64_t>> sample = {});

    const std::string& site() const { return site_; }
    /// x [tokens, K], of which the first is token `first`; `scale` [tokens, 1] weighs them in the Hessian.
    void observe(const at::Tensor& x, std::int64_t first, const at::Tensor& scale = {});
    /// What o or down reads, x [tokens, K], before it is added to `hidden` [tokens, hidden]: observed with the weights
    /// that the recipe asks for.
    void observe_branch(const at::Tensor& x, std::int64_t first, const at::Tensor& hidden, bool normalized);
    /// x [tokens, K] of this site, and the same in the original model.
    void observe_reference(const at::Tensor& x, const at::Tensor& original);
    /// After observe_branch(): what the only matrix of the site should make of that x, [tokens, N].
    void observe_target(const at::Tensor& x, const at::Tensor& target);
    const SmoothingGroup* group() const { return group_; }
    /// A matrix that reads the same input but is solved elsewhere (an expert) or never (a router): it takes part in the
    /// choice of the scales.
    void add_reader(StageMatrix matrix) { readers_.push_back(std::move(matrix)); }
    std::vector<StageMatrix>& readers() { return readers_; }
    /// Takes over the scales of a stage that stands for all readers of a norm.
    void follow(const Stage& whole);
    /// Chooses the strength and the scales. `producer_channels` = rows of the producer (fewer than the site's channels
    /// where v feeds several heads of o). The scales are what was *asked for*; the producer may round them and must
    /// report what it really divides by through set_scales().
    at::Tensor choose_scales(std::int64_t producer_channels);
    /// Scales that the producer really divides by, [producer channels].
    void set_scales(const at::Tensor& scales);
    /// The matrices belong to an expert that the router sent `tokens` to; fewer than it takes were filled up with
    /// others.
    void set_routed(std::int64_t tokens, bool filled_up) {
        routed_tokens_ = tokens;
        filled_up_ = filled_up;
    }
    /// Applies the smoothing to the matrices and solves them; keeps statistics and reports.
    void solve();
    /// Whether any matrix gets a scheme; the input is observed in any case.
    bool quantizes() const;
    /// The same, other readers included.
    bool feeds_quantized() const;

    SiteView view() const;
    /// Rows of a matrix are divided after its solve: its scales shrink, its codes stay. Returns what they are really
    /// divided by (scales are rounded; ones where a scale serves several rows or cannot shrink), [N].
    at::Tensor divide_rows(const std::string& role, const at::Tensor& divisor);
    /// Writes codes and scales of all matrices to the exporter and their reports to the run.
    void finish();

    std::vector<StageMatrix>& matrices() { return matrices_; }

    /// The grid that the recipe has the inputs of `scheme` rounded to while propagating.
    static std::optional<InputGrid> propagated_input(const Recipe& recipe, const std::optional<Scheme>& scheme,
                                                     const std::optional<InputScale>& fixed);
    /// Puts a solution in place of a matrix's weight.
    static void replace(Linear& linear, const Solution& solution, const Scheme& scheme, const Device& device);

private:
    std::vector<const StageMatrix*> all_readers() const;
    /// Sums otherᵀ x.
    void observe_products(const at::Tensor& x, const at::Tensor& other);
    HessianFactor factorized(const at::Tensor& hessian, const SolverOptions& solver);
    const StageMatrix& first_quantized() const; ///< there is one
    void keep_spectrum(const HessianFactor& factor);
    void keep_input_statistics();
    void keep_matrix_statistics(const StageMatrix& matrix);
    void solve_matrix(StageMatrix& matrix, const HessianFactor& factor, const at::Tensor& importance);
    /// Largest |w| over the matrices that vLLM fuses with this one, as they are solved.
    float fused_absmax(const StageMatrix& matrix) const;
    at::Tensor smoothed(const StageMatrix& matrix) const; ///< its weight, multiplied by the scales
    /// The same, corrected by what was observed of the original model.
    at::Tensor wanted(const StageMatrix& matrix, const HessianFactor& factor) const;
    /// What a static scheme of the first matrix (and of those that share its input) fixes.
    std::optional<InputScale> input_scale() const;
    /// Least and greatest value of the smoothed input that static scales have to hold.
    std::pair<float, float> input_range() const;
    MatrixReport report(const StageMatrix& matrix) const;
    at::Tensor expansion() const;

    StageContext& context_;
    std::string site_;
    std::vector<StageMatrix> matrices_, readers_;
    const SmoothingGroup* group_;
    InputObserver observer_;
    SmoothingChoice choice_;
    at::Tensor scales_;  ///< [K], undefined = none
    at::Tensor inverse_; ///< [K] 1 / scales
    bool has_target_ = false;
    at::Tensor token_scale_;          ///< [tokens of the last chunk, 1]: √ of their weights; undefined = 1
    std::optional<InputScale> fixed_; ///< input_scale() of what was solved
    std::int64_t routed_tokens_ = -1;
    bool filled_up_ = false;
    double seconds_ = 0;
};

} // namespace octavo
