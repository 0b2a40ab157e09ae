// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "estimate/serving_memory.h"
#include "plot/plot.h"

namespace octavo::gui {

/// Bytes by kind, before and after, as two stacked bars below each other: of the weights and one sequence, or of all
/// that a server holds.
class MemoryPlot final : public Plot {
    Q_OBJECT

public:
    explicit MemoryPlot(QWidget* parent = nullptr);
    using Kinds = std::map<std::string, std::uint64_t>;
    /// `kvCache` = of one sequence of `context` tokens before and after, left out when 0.
    void setBytes(const Kinds& before, const Kinds& after, std::pair<std::uint64_t, std::uint64_t> kvCache,
                  std::int64_t context);
    /// All that each of the server's cards holds, with the limits of `card` as lines.
    void setServing(const ServingMemory& before, const ServingMemory& after, const TargetGpu& card,
                    const QString& name);
    static QString kindLabel(const std::string& kind); ///< translated

private:
    void drawBars(const Kinds& before, const Kinds& after, double least);
    Readout read(QPointF at) const;
};

} // namespace octavo::gui
