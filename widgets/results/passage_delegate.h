// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include <functional>
#include <memory>

class QTextDocument;

namespace octavo {
struct Passage;
}

namespace octavo::gui {

/// The tokens of a passage as HTML, each on a ground that is the warmer the further its distribution moved; in front
/// the text before them, muted. `palette`: of the view; `selected`: on the ground of a selected row.
QString passageHtml(const Passage& passage, const QPalette& palette, bool selected);

/// Paints passages wrapped, with their tokens marked.
class PassageDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// `passage` finds what an index stands for, null for nothing.
    PassageDelegate(std::function<const Passage*(const QModelIndex&)> passage, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    std::unique_ptr<QTextDocument> document(const QStyleOptionViewItem& option, const QModelIndex& index) const;
    std::function<const Passage*(const QModelIndex&)> m_passage;
};

} // namespace octavo::gui
