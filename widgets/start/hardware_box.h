// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QGridLayout;
class QLabel;

namespace octavo::gui {

class Session;

/// This machine: GPU or CPU, and which schemes vLLM would run natively here, with the reason where it would not.
class HardwareBox : public QFrame {
    Q_OBJECT

public:
    explicit HardwareBox(Session& session, QWidget* parent = nullptr);

private:
    void follow();
    void listSchemes();

    Session& m_session;
    QLabel* m_device = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_caption = nullptr;
    QGridLayout* m_schemes = nullptr;
};

} // namespace octavo::gui
