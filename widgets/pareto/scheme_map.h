// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

#include "plot/heat_map.h"

namespace octavo::gui {

class Mix;

/// Which group has how many bits: layer × group, pinned ones marked.
class SchemeMap final : public HeatMap {
    Q_OBJECT

public:
    explicit SchemeMap(const Mix& mix, QWidget* parent = nullptr);
    void draw(); ///< what the mix says now
    void retranslate();
    /// Index of the allocator's group under these plot coordinates.
    std::optional<std::size_t> groupAt(QPointF at) const;

    static QString shownScheme(const std::string& scheme); ///< "16 bit" for none

private:
    Readout read(QPointF at) const;

    const Mix& m_mix;
    QStringList m_roles; ///< rows
};

} // namespace octavo::gui
