// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace octavo::gui {

/// A row that breaks into several where the window is narrow. What follows addStretch() goes to the right edge as long
/// as everything fits into one row. A label stays beside the field that it is the buddy of.
class FlowLayout final : public QLayout {
    Q_OBJECT

public:
    explicit FlowLayout(int spacing);
    ~FlowLayout() override;

    void addStretch();

    void addItem(QLayoutItem* item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange({0, 0, width, 0}, false); }
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& room) override;

private:
    /// Items that stay side by side: [first, last).
    struct Group {
        std::size_t first = 0, last = 0;
        int width = 0;
    };
    std::vector<Group> groups() const;
    int arrange(const QRect& room, bool move) const;
    /// Places the groups of one row; returns the row's height.
    int placeRow(const std::vector<Group>& row, const QRect& room, bool move) const;

    int m_spacing;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
    std::size_t m_stretch; ///< items from here on go to the right
};

} // namespace octavo::gui
