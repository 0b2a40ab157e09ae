// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;

namespace octavo::gui {

class Session;

/// How inputs are quantized while serving: a scale for every token, or one that calibration fixes. Hidden for schemes
/// without a choice.
class InputOptionsBox : public QWidget {
    Q_OBJECT

public:
    explicit InputOptionsBox(Session& session, QWidget* parent = nullptr);

private:
    enum Kind { dynamic, symmetric, asymmetric };

    void follow();
    void writeKind();

    Session& m_session;
    QComboBox* m_kind = nullptr;
    QDoubleSpinBox* m_percentile = nullptr;
    bool m_following = false;
};

} // namespace octavo::gui
