// SPDX-License-Identifier: GPL-3.0-or-later
#include "setup/scheme_list.h"

#include <QEvent>
#include <QHeaderView>
#include <QSignalBlocker>

#include "session/format.h"
#include "session/session.h"
#include "style/icons.h"

namespace octavo::gui {

namespace {

constexpr int visibleRows = 9;

QString numberType(const QuantizationArgs& args) {
    return args.type == NumberType::integer ? SchemeList::tr("INT%1").arg(args.bits)
                                            : SchemeList::tr("FP%1").arg(args.bits);
}

QString strategyText(const QuantizationArgs& args) {
    switch (args.strategy) {
    case Strategy::tensor: return SchemeList::tr("one scale per tensor");
    case Strategy::channel: return SchemeList::tr("a scale per channel");
    case Strategy::token: return SchemeList::tr("a scale per token");
    case Strategy::group: return SchemeList::tr("a scale per %1 columns").arg(args.group_size);
    case Strategy::tensor_group:
        return SchemeList::tr("a scale per %1 columns and one per tensor").arg(args.group_size);
    case Strategy::block:
        return args.block ? SchemeList::tr("a scale per %1 × %2 block").arg((*args.block)[0]).arg((*args.block)[1])
                          : SchemeList::tr("a scale per block");
    }
    return {};
}

int groupOf(const Scheme& scheme) {
    if (scheme.weights.bits == 8) return scheme.input ? 0 : 1;
    return scheme.input ? 2 : 3;
}

QString groupText(int group) {
    switch (group) {
    case 0: return SchemeList::tr("8-bit weights and activations");
    case 1: return SchemeList::tr("8-bit weights only");
    case 2: return SchemeList::tr("Narrower weights, quantized activations");
    default: return SchemeList::tr("Narrower weights only");
    }
}

QString supportIcon(Support support) {
    switch (support) {
    case Support::native: return QStringLiteral("check");
    case Support::weight_only: return QStringLiteral("info");
    case Support::emulated: return QStringLiteral("warning");
    case Support::unsupported: return QStringLiteral("error");
    }
    return {};
}

} // namespace

QString schemeDescription(const Scheme& scheme) {
    QString out = SchemeList::tr("%1 weights, %2.").arg(numberType(scheme.weights), strategyText(scheme.weights));
    out += QLatin1Char(' ');
    if (!scheme.input)
        out += SchemeList::tr("Activations stay in 16 bit.");
    else if (scheme.input->dynamic == Dynamic::no)
        out += SchemeList::tr("%1 activations, scales fixed by calibration.").arg(numberType(*scheme.input));
    else
        out += SchemeList::tr("%1 activations, %2, found while serving.")
                   .arg(numberType(*scheme.input), strategyText(*scheme.input));
    return out;
}

QString supportText(Support support) {
    switch (support) {
    case Support::native: return SchemeList::tr("native");
    case Support::weight_only: return SchemeList::tr("weight only", "support of a scheme");
    case Support::emulated: return SchemeList::tr("emulated");
    case Support::unsupported: return SchemeList::tr("unsupported");
    }
    return {};
}

SchemeList::SchemeList(Session& session, QWidget* parent) : QTreeWidget(parent), m_session(session) {
    setColumnCount(2);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(12);
    setUniformRowHeights(true);
    setAccessibleName(tr("Scheme"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    fill();
    judge();
    follow();
    connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        const QString name = item ? item->data(0, Qt::UserRole).toString() : QString();
        if (!name.isEmpty() && name.toStdString() != base_preset(m_session.recipe().recipe().scheme.name))
            m_session.recipe().setPreset(preset(name.toStdString()));
    });
    connect(&session, &Session::targetChanged, this, &SchemeList::judge);
    connect(&session.recipe(), &RecipeEditor::changed, this, &SchemeList::follow);
}

QSize SchemeList::sizeHint() const { return {220, (fontMetrics().height() + 6) * visibleRows}; }

void SchemeList::fill() {
    const QSignalBlocker quiet(this);
    for (int group = 0; group < 4; ++group) {
        QTreeWidgetItem* heading = nullptr;
        for (const Scheme& scheme : presets()) {
            if (groupOf(scheme) != group) continue;
            if (!heading) {
                heading = new QTreeWidgetItem(this, {groupText(group)});
                heading->setFlags(Qt::ItemIsEnabled);
                heading->setFirstColumnSpanned(true);
                heading->setExpanded(true);
            }
            auto* item = new QTreeWidgetItem(heading, {QString::fromStdString(scheme.name)});
            item->setData(0, Qt::UserRole, QString::fromStdString(scheme.name));
        }
    }
}

void SchemeList::changeEvent(QEvent* event) {
    QTreeWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) judge();
}

void SchemeList::judge() {
    for (int i = 0; i < topLevelItemCount(); ++i) {
        topLevelItem(i)->setForeground(0, palette().brush(QPalette::PlaceholderText));
        for (int k = 0; k < topLevelItem(i)->childCount(); ++k) {
            QTreeWidgetItem* item = topLevelItem(i)->child(k);
            const std::string name = item->data(0, Qt::UserRole).toString().toStdString();
            QString tip = schemeDescription(preset(name));
            if (!is_implemented(preset(name))) {
                item->setDisabled(true);
                item->setIcon(0, themedIcon(QStringLiteral("close")));
                item->setText(1, tr("not yet", "scheme that this version cannot make"));
                item->setToolTip(0, tip + QLatin1Char('\n') + tr("This version cannot make it yet."));
                item->setToolTip(1, item->toolTip(0));
                continue;
            }
            try {
                const SchemeSupport support = ServingRules::instance().support(name, m_session.targetCapability());
                item->setIcon(0, themedIcon(supportIcon(support.support)));
                item->setText(1, support.support == Support::native ? QString() : supportText(support.support));
                item->setForeground(1, palette().brush(QPalette::PlaceholderText));
                tip += QStringLiteral("\n") + tr("On %1: %2").arg(m_session.targetName(), translated(support.reason));
            } catch (const Error& error) {
                tip += QStringLiteral("\n") + translated(error.message());
            }
            item->setToolTip(0, tip);
            item->setToolTip(1, tip);
        }
    }
}

void SchemeList::follow() {
    const QString name = QString::fromStdString(std::string(base_preset(m_session.recipe().recipe().scheme.name)));
    if (currentItem() && currentItem()->data(0, Qt::UserRole).toString() == name) return;
    const QSignalBlocker quiet(this);
    for (int i = 0; i < topLevelItemCount(); ++i)
        for (int k = 0; k < topLevelItem(i)->childCount(); ++k)
            if (topLevelItem(i)->child(k)->data(0, Qt::UserRole).toString() == name)
                setCurrentItem(topLevelItem(i)->child(k));
}

} // namespace octavo::gui
