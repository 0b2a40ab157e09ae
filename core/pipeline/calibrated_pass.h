// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>

#include "job/job.h"
#include "model/activation_store.h"
#include "model/decoder.h"
#include "model/device_memory.h"
#include "pipeline/progress.h"
#include "pipeline/reference_stream.h"
#include "pipeline/residual_rotation.h"
#include "pipeline/stage.h"

namespace octavo {

/// The walk over the decoder layers (DESIGN "The way of the data"): every stage's input is observed while it is
/// produced, the matrices that read it are smoothed and solved, and the quantized matrices produce the input of the
/// next stage. Every matrix is multiplied once per calibration token. Which inputs there are and what may be rescaled
/// follows from linear_modules() and smoothing_groups().
class CalibratedPass {
public:
    CalibratedPass(Job& job, Device device);
    void run();

private:
    /// Rows of a matrix of tokens: consecutive ones, or those of `index`; [begin, end) are their places in what an MLP
    /// computes.
    struct Batch {
        std::int64_t begin = 0, end = 0;
        at::Tensor index;
    };
    /// Adds what a layer's MLP or mixture gives, through its norm, to the residual stream of a chunk.
    using Branch = std::function<void(const Chunk&, const Norm& norm)>;

    /// work() for a chunk, or for its rows in smaller parts where a device has too little memory for all of them: it
    /// must bear to be repeated after it ran out. With a second stream, which nobody can repeat, for the whole.
    void in_parts(const Chunk& chunk, const std::function<void(const Chunk&)>& work);
    void in_parts(const Batch& batch, const std::function<void(const Batch&)>& work);
    /// Whether the pass works on a device, or on what imitates one.
    bool has_device() const;
    void make_streams(std::int64_t inner); ///< in store_; `inner` = widest input of o and down
    void check_stream(const std::string& layer) const;
    /// The second stream, where the recipe asks for one.
    void open_reference();
    void embed();
    void read_next(int layer); ///< into next_; for a device in a thread of its own, while that computes
    std::unique_ptr<LayerWeights> take_next();
    /// Observes, solves and propagates through one layer.
    void run_layer(int layer);
    /// Walks past a layer that an interrupted run had finished, and writes again what it had found: the same bits as
    /// run_layer(), without its work.
    void replay_layer(int layer);
    void restore_matrix(int layer, const Module& module, const Scheme& scheme, const LayerEntry& entry);
    void restore_kept(int layer, const LayerEntry& entry);
    void replay_latent(int layer, const LayerEntry& entry);
    /// `original` and `router` as they were before they were smoothed: the router has chosen by them.
    void replay_mixture(int layer, const LayerEntry& entry, const Norm& original, const Linear& router);
    SiteView restored_view(int layer, const std::string& site, const LayerEntry& entry) const;
    /// Takes the layer's entry; it is written while the next layer is computed.
    void keep_in_journal();
    void finish_journal(); ///< waits for that
    // calibrated_attention.cpp. Each multiplication sees its input as `view` says; what it produces is observed by
    // `next` unless that is null.
    void attention(int layer, const SiteView& view, Stage* next);
    /// Largest magnitudes of keys and values so far, [kv_heads, channels]: watched where scales of the cache are asked
    /// for.
    CacheHook cache_observer();
    /// Scales of the keys and values that were seen. `producer` = the stage of v, whose rows may have been divided
    /// since.
    void write_cache_scales(int layer, Stage& producer);
    void latent_attention(int layer, const SiteView& view, Stage& next);
    void add_output(int layer, const SiteView& view, Stage* next);
    // calibrated_mlp.cpp
    void mlp(int layer, const SiteView& view, Stage* next, const MlpWeights& weights, const std::vector<Batch>& batches,
             std::int64_t columns);
    /// Solves the matrices that read `input`, observed and smoothed already, then down; gated_ holds what down reads.
    void solve_mlp(int layer, Stage& input, Stage& down, const MlpWeights& weights, const std::vector<Batch>& batches);
    at::Tensor inner_rows(const Batch& batch, std::int64_t columns) const; ///< of gated_, to be read
    std::vector<Batch> all_tokens() const;
    /// Solves router-fed experts one by one; their sum is left in branch_.
    void mixture(int layer, Stage& mlp_input);
    Routing route(const Norm& norm);
    void shared_expert(int layer, Stage& mlp_input);
    void add_shared(int layer, const SiteView& down);
    /// What one expert sees.
    struct Dispatch {
        at::Tensor tokens;       ///< indexes; the router's choice, then others that fill up a Hessian
        std::int64_t routed = 0; ///< how many the router chose
        at::Tensor share;        ///< [tokens, 1] what its output counts for; 0 for the others
        std::vector<Batch> batches;
    };
    Dispatch dispatch(int number, const Routing& routing) const;
    void expert(int layer, int number, const Stage& mlp_input, const Norm& original, const Dispatch& sent);
    void add_expert(int layer, int number, const SiteView& down, const Dispatch& sent);
    void report_coverage(int layer, const std::vector<std::int64_t>& routed, const Stage& mlp_input);
    void add_branch(int layer, const Branch& branch, const std::string& item);
    Branch down_branch(const SiteView& view);
    Branch experts_branch();
    /// To the next layer, whose input is observed while this one's branch is added.
    void leave_layer(int layer, const Branch& branch, const std::string& item);

    /// Divides a norm's weight by what the stage asks for, as far as its dtype can hold it; exports it, and readers of
    /// the norm that keep their precision.
    void smooth_norm(Stage& stage, Norm& norm);
    /// Turns the values of every head and turns them back in o: exact whatever the matrix, because attention mixes
    /// tokens and not channels.
    void rotate_values(int layer);
    void keep_turned_bias(int layer);
    // residual_rotation.cpp, where the recipe asks for it.
    std::unique_ptr<LayerWeights> read_layer(int layer); ///< turned, what keeps its precision rounded
    at::Tensor embedded(const std::vector<std::int32_t>& ids) const;
    void keep_turned_layer(int layer); ///< norms, biases and what keeps its precision
    void write_turned_ends();          ///< embedding, last norm and head
    void write_turned_table(const std::string& source, const std::string& target, const at::Tensor& gain);
    void scale_kept(Stage& stage, const at::Tensor& scales);
    /// Divides the rows of a matrix that was solved just before (v or up) by what the stage that reads its output asks
    /// for.
    void smooth_rows(Stage& stage, Stage& producer);
    Stage make_stage(int layer, const std::string& site, std::int64_t channels,
                     std::optional<std::vector<std::int64_t>> sample = {});
    const SmoothingGroup* group_of(const std::string& site) const;
    /// x normalised, observed by `stage`, for one chunk that was just finished; nothing when that is null.
    at::Tensor observe_normalized(Stage* stage, const Norm& norm, const Chunk& chunk);
    void advance(std::int64_t tokens, std::int64_t weights, std::int64_t observed_channels, const std::string& item);

    Job& job_;
    const ModelConfig& config_;
    Device device_;
    WeightReader reader_;
    StageContext context_;
    std::vector<Chunk> chunks_;
    Decoder decoder_;
    ActivationStore store_;                                  ///< of hidden_, attended_ and gated_
    std::vector<std::vector<std::size_t>> modules_of_layer_; ///< indexes into the resolved recipe
    std::vector<std::string> sites_;                         ///< site_of() each of its modules
    std::vector<SmoothingGroup> groups_;
    std::map<std::string, const SmoothingGroup*> group_of_site_;
    const Linear* turned_bias_ = nullptr; ///< of this layer: its bias has to be exported
    Portions rows_, tokens_;              ///< of a chunk and of a batch that are worked on at once
    std::optional<ReferenceStream> reference_;
    std::optional<ResidualRotation> rotation_;
    at::Tensor hidden_;                        ///< [tokens, hidden]: the residual stream
    at::Tensor attended_;                      ///< [tokens, heads·value_dim]
    at::Tensor gated_;                         ///< tokens · widest MLP, as a vector; in the same memory
    at::Tensor branch_;                        ///< [tokens, hidden]: the sum of the experts
    at::Tensor largest_keys_, largest_values_; ///< of this layer, [kv_heads, channels]; keys after their rotation
    std::unique_ptr<Stage> first_; ///< the attention input of the layer to come, observed already; null while replaying
    std::unique_ptr<LayerWeights> weights_, next_;         ///< of this layer and the next; stages point into them
    std::future<std::unique_ptr<LayerWeights>> next_read_; ///< that will be next_
    PassProgress progress_;
    std::future<void> journal_write_; ///< of the last layer, if it was begun and not waited for
    bool told_slow_ = false;          ///< that the job waits for it
};

} // namespace octavo
