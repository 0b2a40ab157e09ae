// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>

namespace octavo::gui {

/// A form that fills `box` and adds no margins: the options of one kind inside a section.
QFormLayout* formIn(QWidget* box);

/// A titled part of the set-up panel. Rows are added to body().
class Section : public QWidget {
    Q_OBJECT

public:
    explicit Section(const QString& title, QWidget* parent = nullptr);

protected:
    QVBoxLayout* body() const { return m_body; }
    /// A label of muted, small explanatory text that wraps.
    QLabel* addHint();
    /// Labels right of nothing, fields filling: the same in every section.
    QFormLayout* addForm();

private:
    QVBoxLayout* m_body;
};

} // namespace octavo::gui
