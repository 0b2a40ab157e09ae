// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "plot/plot.h"

namespace octavo::gui {

/// Bytes by kind, before and after, as two stacked bars beside each other.
class MemoryPlot final : public Plot {
    Q_OBJECT

public:
    explicit MemoryPlot(QWidget* parent = nullptr);
    using Kinds = std::map<std::string, std::uint64_t>;
    /// `kvCache` = of one sequence of `context` tokens before and after, left out when 0.
    void setBytes(const Kinds& before, const Kinds& after, std::pair<std::uint64_t, std::uint64_t> kvCache,
                  std::int64_t context);
    static QString kindLabel(const std::string& kind); ///< translated

private:
    Readout read(QPointF at) const;
};

} // namespace octavo::gui
