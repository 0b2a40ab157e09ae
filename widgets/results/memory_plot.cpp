// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/memory_plot.h"

#include <cmath>

#include "session/format.h"

namespace octavo::gui {
namespace {

/// A kind has the same colour in every run; what hardly shows gets the one that is left.
constexpr struct {
    const char* kind;
    Tone tone;
} order[] = {{"mlp", Tone::first},         {"attention", Tone::second}, {"embeddings", Tone::third},
             {"head", Tone::fourth},       {"norms", Tone::neutral},    {"other", Tone::neutral},
             {"activations", Tone::fifth}, {"graphs", Tone::sixth},     {"kv cache", Tone::seventh}};

constexpr double longBar = 0.3;  ///< of the axis: its label has room inside
constexpr double unseen = 0.002; ///< of the axis: no place in the legend

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
    if (kind == "activations") return tr("activations");
    if (kind == "graphs") return tr("CUDA graphs");
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
                      : (narrow ? tr("weights, KV cache of %n token(s) in FP8", nullptr, int(context))
                                : tr("weights, KV cache of %n token(s) in 16 bit", nullptr, int(context))),
                  QString());
    Kinds first = before, second = after;
    if (kvCache.first > 0) {
        first["kv cache"] = kvCache.first;
        second["kv cache"] = kvCache.second;
    }
    drawBars(first, second, 1);
}

void MemoryPlot::setServing(const ServingMemory& before, const ServingMemory& after, const TargetGpu& card,
                            const QString& name) {
    clearSeries();
    clearGuides();
    setNamedAxis(yAxis, {tr("before"), tr("after")});
    setAxisTitles(tr("memory of each card while serving"), QString());
    const auto kinds = [](const ServingMemory& memory) {
        Kinds out(memory.weights.begin(), memory.weights.end());
        out["kv cache"] = memory.cache;
        out["activations"] = memory.activations;
        out["graphs"] = memory.graphs;
        return out;
    };
    drawBars(kinds(before), kinds(after), double(card.memory_bytes));
    // One label for both lines: they stand close together.
    addGuide(double(after.limit), QString(), Tone::neutral, Qt::DashLine);
    addGuide(double(card.memory_bytes),
             tr("%1: %2, of which vLLM takes %3", "card, its memory, a part of it")
                 .arg(name, bytesText(card.memory_bytes), bytesText(after.limit)),
             Tone::neutral, Qt::SolidLine);
}

void MemoryPlot::drawBars(const Kinds& before, const Kinds& after, double least) {
    double sums[2] = {};
    for (int i : {0, 1})
        for (const auto& [kind, bytes] : i == 0 ? before : after) sums[i] += double(bytes);
    const double longest = std::max({sums[0], sums[1], least});
    QCPBars* below = nullptr;
    for (const auto& [kind, tone] : order) {
        const std::uint64_t values[] = {bytesOf(before, kind), bytesOf(after, kind)};
        if (values[0] == 0 && values[1] == 0) continue;
        auto* bars = new QCPBars(yAxis, xAxis);
        bars->setName(kindLabel(kind));
        bars->setWidth(0.62);
        setTone(bars, tone);
        for (int i : {0, 1}) bars->addData(i, double(values[i]));
        if (double(std::max(values[0], values[1])) < unseen * longest) bars->removeFromLegend();
        if (below) bars->moveAbove(below);
        below = bars;
    }
    for (int i : {0, 1})
        addLabel({sums[i], double(i)}, bytesText(std::uint64_t(sums[i])),
                 (sums[i] > longBar * longest ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    setHome({0, longest * 1.04}, {-0.5, 1.5});
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
