// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/memory_plot.h"

#include <cmath>

#include "session/format.h"

namespace octavo::gui {
namespace {

constexpr const char* order[] = {"mlp", "attention", "embeddings", "head", "norms", "other", "kv cache"};

std::uint64_t bytesOf(const MemoryPlot::Kinds& kinds, const char* kind) {
    const auto found = kinds.find(kind);
    return found == kinds.end() ? 0 : found->second;
}

} // namespace

MemoryPlot::MemoryPlot(QWidget* parent) : Plot(parent) {
    setByteAxis(xAxis);
    yAxis->grid()->setVisible(false);
    yAxis->setRangeReversed(true);
    showLegend();
    setReadout([this](QPointF at) { return read(at); });
}

QString MemoryPlot::kindLabel(const std::string& kind) {
    if (kind == "mlp") return tr("MLP");
    if (kind == "attention") return tr("attention");
    if (kind == "embeddings") return tr("embeddings");
    if (kind == "head") return tr("head");
    if (kind == "norms") return tr("norms");
    if (kind == "kv cache") return tr("KV cache");
    return tr("other");
}

void MemoryPlot::setBytes(const Kinds& before, const Kinds& after, std::pair<std::uint64_t, std::uint64_t> kvCache,
                          std::int64_t context) {
    clearSeries();
    clearGuides();
    setNamedAxis(yAxis, {tr("before"), tr("after")});
    const bool narrow = kvCache.second < kvCache.first;
    setAxisTitles(kvCache.first == 0
                      ? tr("memory of the weights")
                      : (narrow ? tr("memory: weights, and KV cache of %n token(s) in FP8", nullptr, int(context))
                                : tr("memory: weights, and KV cache of %n token(s) in 16 bit", nullptr, int(context))),
                  QString());
    Kinds first = before, second = after;
    if (kvCache.first > 0) {
        first["kv cache"] = kvCache.first;
        second["kv cache"] = kvCache.second;
    }
    QCPBars* below = nullptr;
    int tone = 0;
    double largest = 0, sums[2] = {};
    for (const char* kind : order) {
        const std::uint64_t values[] = {bytesOf(first, kind), bytesOf(second, kind)};
        const int series = tone++; // the same kind has the same colour in every run
        if (values[0] == 0 && values[1] == 0) continue;
        auto* bars = new QCPBars(yAxis, xAxis);
        bars->setName(kindLabel(kind));
        bars->setWidth(0.62);
        setTone(bars, Theme::series(series));
        for (int i : {0, 1}) {
            bars->addData(i, double(values[i]));
            sums[i] += double(values[i]);
        }
        if (below) bars->moveAbove(below);
        below = bars;
    }
    largest = std::max({sums[0], sums[1], 1.0});
    // At the end of the bar, inside it: there is room in every window.
    for (int i : {0, 1})
        addLabel({sums[i], double(i)}, bytesText(std::uint64_t(sums[i])), Qt::AlignRight | Qt::AlignVCenter);
    setHome({0, largest * 1.04}, {-0.5, 1.5});
}

Readout MemoryPlot::read(QPointF at) const {
    const int row = int(std::lround(at.y()));
    if (row < 0 || row > 1) return {};
    double from = 0;
    for (int i = 0; i < plottableCount(); ++i) {
        auto* bars = qobject_cast<QCPBars*>(const_cast<MemoryPlot*>(this)->plottable(i));
        if (!bars || bars->dataCount() < 2) continue;
        const double size = bars->dataMainValue(row);
        if (at.x() >= from && at.x() < from + size)
            return {{from + size / 2, double(row)},
                    tr("%1, %2\n%3")
                        .arg(bars->name(), row == 0 ? tr("before") : tr("after"), bytesText(std::uint64_t(size)))};
        from += size;
    }
    return {};
}

} // namespace octavo::gui
