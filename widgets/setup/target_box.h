// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace octavo::gui {

class Session;

/// Chooses the GPU that will serve the result. Several may exist (toolbar, set-up panel): all show the session's
/// target.
class TargetBox : public QComboBox {
    Q_OBJECT

public:
    explicit TargetBox(Session& session, QWidget* parent = nullptr);

private:
    void fill();
    void follow();

    Session& m_session;
};

} // namespace octavo::gui
