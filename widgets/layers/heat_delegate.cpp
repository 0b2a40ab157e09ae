// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/heat_delegate.h"

#include <QPainter>

#include "models/layer_tree_model.h"

namespace octavo::gui {

void HeatDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const double heat = index.data(LayerTreeModel::HeatRole).toDouble();
    if (heat > 0 && !(option.state & QStyle::State_Selected)) {
        // Blue → vermillion of the colour-blind-safe set; the length says the same, so nothing hangs on the hue.
        const QColor calm(0x56, 0xb4, 0xe9), hot(0xd5, 0x5e, 0x00);
        const auto blend = [heat](int a, int b) { return a + static_cast<int>((b - a) * heat); };
        QColor color(blend(calm.red(), hot.red()), blend(calm.green(), hot.green()), blend(calm.blue(), hot.blue()));
        color.setAlpha(110);
        QRect bar = option.rect.adjusted(2, 3, -2, -3);
        bar.setLeft(bar.right() - std::max(2, static_cast<int>(bar.width() * heat)));
        painter->fillRect(bar, color);
    }
    QStyledItemDelegate::paint(painter, option, index);
}

} // namespace octavo::gui
