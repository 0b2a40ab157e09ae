// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "dialogs/dialogs.h"

namespace octavo::gui {

namespace {

struct Row {
    QString keys, what;
};

QList<Row> plotKeys() {
    return {{CheatSheet::tr("Wheel"), CheatSheet::tr("Zoom about the cursor")},
            {CheatSheet::tr("Drag"), CheatSheet::tr("Pan")},
            {CheatSheet::tr("Shift + drag"), CheatSheet::tr("Zoom into a rectangle")},
            {CheatSheet::tr("Double click, 0"), CheatSheet::tr("Show everything")},
            {CheatSheet::tr("Backspace"), CheatSheet::tr("Back to the view before")},
            {CheatSheet::tr("Z"), CheatSheet::tr("Drag draws a zoom rectangle, or pans again")},
            {CheatSheet::tr("+, −"), CheatSheet::tr("Zoom in, zoom out")},
            {CheatSheet::tr("Left, Right"), CheatSheet::tr("Pan")},
            {CheatSheet::tr("Ctrl + wheel"), CheatSheet::tr("Zoom the horizontal axis alone")},
            {CheatSheet::tr("Up, Down"), CheatSheet::tr("Walk through the layers")},
            {CheatSheet::tr("Right click"), CheatSheet::tr("Save as PNG, SVG, PDF or CSV; copy")}};
}

void addRows(QGridLayout* grid, const QString& title, const QList<Row>& rows) {
    auto* heading = new QLabel(title);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    const int first = grid->rowCount();
    grid->addWidget(heading, first, 0, 1, 2);
    int row = first;
    for (const Row& one : rows) {
        ++row;
        auto* keys = new QLabel(one.keys);
        keys->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(keys, row, 0);
        auto* what = new QLabel(one.what);
        what->setWordWrap(true);
        grid->addWidget(what, row, 1);
    }
    grid->setRowMinimumHeight(row + 1, 12);
    grid->addItem(new QSpacerItem(0, 8), row + 1, 0);
}

} // namespace

CheatSheet::CheatSheet(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keyboard and mouse"));
    resize(860, 700);
    auto* content = new QWidget;
    auto* columns = new QHBoxLayout(content);
    columns->setSpacing(36);
    auto* left = new QGridLayout;
    auto* right = new QGridLayout;
    for (QGridLayout* grid : {left, right}) {
        grid->setHorizontalSpacing(20);
        grid->setVerticalSpacing(4);
        grid->setColumnStretch(1, 1);
        columns->addLayout(grid, 1);
    }
    QList<Row> rows, places; // the two columns are of a length when what the digits open has its own list
    for (const QAction* action : actions) {
        if (action->shortcut().isEmpty()) continue;
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        (keys.back().isDigit() && !keys.startsWith(QLatin1Char('F')) ? places : rows)
            << Row{keys, action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…"))};
    }
    addRows(left, tr("Window"), rows);
    addRows(right, tr("Panels and pages"), places);
    addRows(right, tr("Plots"), plotKeys());
    addRows(right, tr("Tables"),
            {{QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText),
              tr("Copy the selected rows with header")}});
    for (QGridLayout* grid : {left, right}) grid->setRowStretch(grid->rowCount(), 1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
}

} // namespace octavo::gui
