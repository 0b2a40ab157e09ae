// SPDX-License-Identifier: GPL-3.0-or-later
#include "flow_layout.h"

#include <QLabel>

#include <algorithm>
#include <limits>

namespace octavo::gui {
namespace {

int widthOf(const QLayoutItem& item) { return item.sizeHint().width(); }

} // namespace

FlowLayout::FlowLayout(int spacing) : m_spacing(spacing), m_stretch(std::numeric_limits<std::size_t>::max()) {
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addStretch() { m_stretch = m_items.size(); }

void FlowLayout::addItem(QLayoutItem* item) { m_items.emplace_back(item); }

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? m_items[std::size_t(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    if (index < 0 || index >= count()) return nullptr;
    QLayoutItem* item = m_items[std::size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

std::vector<FlowLayout::Group> FlowLayout::groups() const {
    std::vector<Group> out;
    const QWidget* expected = nullptr; ///< the field of the label before
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (m_items[i]->isEmpty()) continue;
        QWidget* widget = m_items[i]->widget();
        if (widget && widget == expected) {
            out.back().last = i + 1;
            out.back().width += m_spacing + widthOf(*m_items[i]);
        } else {
            out.push_back({i, i + 1, widthOf(*m_items[i])});
        }
        const auto* label = qobject_cast<const QLabel*>(widget);
        expected = label ? label->buddy() : nullptr;
    }
    return out;
}

int FlowLayout::placeRow(const std::vector<Group>& row, const QRect& room, bool move) const {
    int height = 0, width = -m_spacing;
    for (const Group& group : row) {
        width += m_spacing + group.width;
        for (std::size_t i = group.first; i < group.last; ++i)
            height = std::max(height, m_items[i]->sizeHint().height());
    }
    if (!move) return height;
    int x = room.left();
    for (const Group& group : row) {
        if (group.first >= m_stretch) { // the first one takes what is left
            x += std::max(0, room.width() - width);
            width = room.width();
        }
        for (std::size_t i = group.first; i < group.last; ++i) {
            const int own = std::min(widthOf(*m_items[i]), room.width());
            m_items[i]->setGeometry({x, room.top(), own, height});
            x += own + m_spacing;
        }
    }
    return height;
}

int FlowLayout::arrange(const QRect& room, bool move) const {
    int y = room.top(), used = 0;
    std::vector<Group> row;
    const auto finish = [&] {
        if (row.empty()) return;
        y += placeRow(row, {room.left(), y, room.width(), 0}, move) + m_spacing;
        row.clear();
    };
    for (const Group& group : groups()) {
        const int added = group.width + (row.empty() ? 0 : m_spacing);
        if (!row.empty() && used + added > room.width()) finish();
        used = row.empty() ? group.width : used + added;
        row.push_back(group);
    }
    finish();
    return std::max(0, y - m_spacing - room.top());
}

QSize FlowLayout::sizeHint() const {
    int width = 0, height = 0;
    for (const Group& group : groups()) width += group.width + m_spacing;
    for (const auto& item : m_items)
        if (!item->isEmpty()) height = std::max(height, item->sizeHint().height());
    return {std::max(0, width - m_spacing), height};
}

QSize FlowLayout::minimumSize() const {
    int width = 0, height = 0;
    for (const Group& group : groups()) width = std::max(width, group.width);
    for (const auto& item : m_items)
        if (!item->isEmpty()) height = std::max(height, item->sizeHint().height());
    return {width, height};
}

void FlowLayout::setGeometry(const QRect& room) {
    QLayout::setGeometry(room);
    arrange(room, true);
}

} // namespace octavo::gui
