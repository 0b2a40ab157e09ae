// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

#include "activations/range_plot.h"

namespace octavo::gui {

class LayerSelection;
class RunView;

/// The statistics of one kind of input over all layers, read from a run.
struct SiteData {
    QString kind;                          ///< "mlp_input"
    std::vector<LayerRange> before, after; ///< layers that have statistics, in order
    int layers = 0, channels = 0;
    std::vector<float> absmaxBefore, absmaxAfter; ///< layers × channels, NaN where there are none

    static SiteData read(const RunView& view, const QString& kind);
};

/// A channel that stands out.
struct OutlierChannel {
    int channel = 0;
    float absmax = 0, after = 0;
    double ratio = 0; ///< to the median channel
};
/// The largest channels of one input, falling; at most `count`, none without values. `after` may be empty.
std::vector<OutlierChannel> largestChannels(const std::vector<float>& before, const std::vector<float>& after,
                                            int count);

} // namespace octavo::gui
