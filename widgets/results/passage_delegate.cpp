// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/passage_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QTextDocument>

#include <algorithm>
#include <cmath>

#include "plot/theme.h"
#include "report/comparison.h"

namespace octavo::gui {
namespace {

constexpr int padding = 3;
constexpr double warmest = 0.55; ///< share of the warm tone behind the worst token: the words stay readable
constexpr double muted = 0.6;    ///< share of the text's colour in the words before

QString plain(const std::string& text) {
    QString out = QString::fromStdString(text);
    for (QChar& c : out)
        if (c.isSpace()) c = QLatin1Char(' ');
    return out.toHtmlEscaped();
}

} // namespace

QString passageHtml(const Passage& passage, const QPalette& palette, bool selected) {
    const QColor ground = palette.color(selected ? QPalette::Highlight : QPalette::Base),
                 ink = palette.color(selected ? QPalette::HighlightedText : QPalette::Text),
                 warm = Theme::from(palette).color(Tone::alert);
    double most = 0;
    for (const PassageToken& token : passage.tokens) most = std::max(most, token.kl);
    QString html = QStringLiteral("<span style=\"color:%1\">%2</span>")
                       .arg(mixed(ground, ink, muted).name(), plain(passage.before));
    for (std::size_t i = 0; i < passage.tokens.size(); ++i) {
        const PassageToken& token = passage.tokens[i];
        const double share = most > 0 && std::isfinite(token.kl) ? std::clamp(token.kl / most, 0.0, 1.0) : 0;
        const bool worst = int(i) == passage.worst;
        html += QStringLiteral("<span style=\"color:%1;background-color:%2;font-weight:%3\">%4</span>")
                    .arg(ink.name(), mixed(ground, warm, warmest * share).name(),
                         worst ? QStringLiteral("bold") : QStringLiteral("normal"), plain(token.text));
    }
    return html;
}

PassageDelegate::PassageDelegate(std::function<const Passage*(const QModelIndex&)> passage, QObject* parent)
    : QStyledItemDelegate(parent), m_passage(std::move(passage)) {}

std::unique_ptr<QTextDocument> PassageDelegate::document(const QStyleOptionViewItem& option,
                                                         const QModelIndex& index) const {
    auto text = std::make_unique<QTextDocument>();
    text->setDefaultFont(option.font);
    text->setDocumentMargin(padding);
    if (const Passage* passage = m_passage(index))
        text->setHtml(passageHtml(*passage, option.palette, option.state & QStyle::State_Selected));
    text->setTextWidth(std::max(option.rect.width(), 80));
    return text;
}

void PassageDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    painter->save();
    painter->setClipRect(option.rect);
    painter->translate(option.rect.topLeft());
    document(option, index)->drawContents(painter);
    painter->restore();
}

QSize PassageDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {QStyledItemDelegate::sizeHint(option, index).width(),
            int(std::ceil(document(option, index)->size().height()))};
}

} // namespace octavo::gui
