// SPDX-License-Identifier: GPL-3.0-or-later
#include "activations/site_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "session/format.h"
#include "session/run_view.h"

namespace octavo::gui {
namespace {

constexpr int most_layers = 2048;

LayerRange rangeOf(const RunView& view, const QString& site, int layer, bool after) {
    const auto array = [&](const char* before, const char* later) { return view.array(site, after ? later : before); };
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    LayerRange range;
    range.layer = layer;
    const auto low = array("min_before", "min_after"), high = array("max_before", "max_after"),
               absmax = array("absmax_before", "absmax_after");
    range.minimum = low->empty() ? nan : *std::min_element(low->begin(), low->end());
    range.maximum = high->empty() ? nan : *std::max_element(high->begin(), high->end());
    range.absmax = absmax->empty() ? nan : *std::max_element(absmax->begin(), absmax->end());
    const auto percentiles = array("percentiles_before", "percentiles_after");
    const auto histogram = array("histogram_before", "histogram_after");
    static const double shares[] = {0.01, 0.25, 0.5, 0.75, 0.99};
    for (std::size_t i = 0; i < 5; ++i) {
        range.percentiles[i] = percentiles->size() == 7 ? double((*percentiles)[i + 1]) : nan;
        range.magnitudePercentiles[i] = histogramQuantile(*histogram, shares[i]);
    }
    return range;
}

} // namespace

SiteData SiteData::read(const RunView& view, const QString& kind) {
    SiteData data;
    data.kind = kind;
    std::vector<std::shared_ptr<const std::vector<float>>> before, after;
    std::vector<int> layers;
    QString seen;
    for (const MatrixReport& report : view.reports()) {
        const QString site = QString::fromStdString(report.site);
        if (site == seen || withinLayer(site) != kind) continue;
        seen = site;
        const auto values = view.array(site, "absmax_before");
        // A run folder may come from anywhere: no layer number decides how much memory is taken.
        if (values->empty() || report.layer < 0 || report.layer >= most_layers) continue;
        layers.push_back(report.layer);
        before.push_back(values);
        const auto smoothed = view.array(site, "absmax_after");
        after.push_back(smoothed->size() == values->size() ? smoothed : std::make_shared<const std::vector<float>>());
        data.before.push_back(rangeOf(view, site, report.layer, false));
        if (!after.back()->empty()) data.after.push_back(rangeOf(view, site, report.layer, true));
        data.channels = std::max(data.channels, int(values->size()));
        data.layers = std::max(data.layers, report.layer + 1);
    }
    // While the run goes on, the layers to come have their place already.
    if (data.layers > 0 && view.isLive()) data.layers = std::clamp(view.layers(), data.layers, most_layers);
    const auto cells = std::size_t(data.layers) * std::size_t(data.channels);
    data.absmaxBefore.assign(cells, std::numeric_limits<float>::quiet_NaN());
    data.absmaxAfter = data.absmaxBefore;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto row = std::ptrdiff_t(layers[i]) * data.channels;
        std::copy(before[i]->begin(), before[i]->end(), data.absmaxBefore.begin() + row);
        std::copy(after[i]->begin(), after[i]->end(), data.absmaxAfter.begin() + row);
    }
    return data;
}

std::vector<OutlierChannel> largestChannels(const std::vector<float>& before, const std::vector<float>& after,
                                            int count) {
    std::vector<int> order(before.size());
    std::iota(order.begin(), order.end(), 0);
    std::vector<float> sorted = before;
    std::sort(sorted.begin(), sorted.end());
    const double median = sorted.empty() ? 0 : sorted[sorted.size() / 2];
    const auto end = order.begin() + std::min<std::ptrdiff_t>(count, std::ptrdiff_t(order.size()));
    std::partial_sort(order.begin(), end, order.end(),
                      [&](int a, int b) { return before[std::size_t(a)] > before[std::size_t(b)]; });
    std::vector<OutlierChannel> channels;
    for (auto it = order.begin(); it != end; ++it) {
        const auto k = std::size_t(*it);
        channels.push_back({*it, before[k], k < after.size() ? after[k] : std::numeric_limits<float>::quiet_NaN(),
                            median > 0 ? before[k] / median : std::numeric_limits<double>::quiet_NaN()});
    }
    return channels;
}

} // namespace octavo::gui
