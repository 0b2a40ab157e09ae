// SPDX-License-Identifier: GPL-3.0-or-later
#include "setup/target_box.h"

#include <QSignalBlocker>

#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {

TargetBox::TargetBox(Session& session, QWidget* parent) : QComboBox(parent), m_session(session) {
    setAccessibleName(tr("Target GPU"));
    setToolTip(tr("The machine that will serve the result. Schemes are judged for it, memory is planned for it."));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(16);
    fill();
    connect(this, &QComboBox::activated, this, [this](int index) {
        m_session.setTarget(index <= 0 ? std::nullopt
                                       : ServingRules::instance().find(itemData(index).toString().toStdString()));
    });
    connect(&session, &Session::hardwareChanged, this, &TargetBox::fill);
    connect(&session, &Session::targetChanged, this, &TargetBox::follow);
}

void TargetBox::fill() {
    const QSignalBlocker quiet(this);
    clear();
    const std::optional<TargetGpu> chosen = m_session.target();
    const QString here = m_session.targetName();
    addItem(chosen ? tr("This machine") : here.left(1).toUpper() + here.mid(1));
    insertSeparator(1);
    try {
        for (const TargetGpu& gpu : ServingRules::instance().gpus())
            addItem(tr("%1 · %2", "%1 = GPU name (capability), %2 = memory")
                        .arg(gpuLabel(gpu), bytesText(gpu.memory_bytes)),
                    QString::fromStdString(gpu.name));
    } catch (const Error& error) {
        setToolTip(translated(error.message()));
    }
    follow();
}

void TargetBox::follow() {
    const QSignalBlocker quiet(this);
    setCurrentIndex(m_session.target() ? std::max(findData(QString::fromStdString(m_session.target()->name)), 0) : 0);
}

} // namespace octavo::gui
