// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>

#include "hardware/hardware.h"
#include "recipe/scheme.h"

namespace octavo::gui {

class Session;

/// All schemes in groups. What the target cannot run natively is marked with the reason, never hidden.
class SchemeList : public QTreeWidget {
    Q_OBJECT

public:
    explicit SchemeList(Session& session, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void judge();
    void follow();

    Session& m_session;
};

/// "8-bit integer weights per channel, 8-bit integer activations per token": built from the scheme itself.
QString schemeDescription(const Scheme& scheme);
/// "native", "weight only", "emulated", "unsupported"; translated.
QString supportText(Support support);

} // namespace octavo::gui
