// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace octavo::gui {

/// One figure written large, with what it is above and how it came about below.
class FigureTile final : public QFrame {
    Q_OBJECT

public:
    explicit FigureTile(QWidget* parent = nullptr);
    void setFigure(const QString& caption, const QString& value, const QString& detail);

private:
    QLabel* m_caption;
    QLabel* m_value;
    QLabel* m_detail;
};

} // namespace octavo::gui
