// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace octavo::gui {

class Session;

/// How codes are found: solver, scales, order, correction. Follows the recipe and writes undoable steps into it.
class SolverOptionsBox : public QWidget {
    Q_OBJECT

public:
    explicit SolverOptionsBox(Session& session, QWidget* parent = nullptr);

private:
    void follow();
    void write();

    Session& m_session;
    QComboBox* m_method = nullptr;
    QComboBox* m_scales = nullptr;
    QComboBox* m_correction = nullptr;
    QDoubleSpinBox *m_damping = nullptr, *m_shrinkage = nullptr;
    QSpinBox* m_sweeps = nullptr;
    QCheckBox* m_order = nullptr;
    QCheckBox* m_relative = nullptr;
    bool m_following = false;
};

} // namespace octavo::gui
