// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStatusBar>
#include <QTimer>

class QLabel;

namespace octavo {
struct CudaDevice;
}

namespace octavo::gui {

class Session;

/// Value under the cursor on the left; what is shown and the memory of this program and of the GPU on the right.
class StatusLine : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusLine(Session& session, QWidget* parent = nullptr);
    void showValue(const QString& text);
    void showBusy(const QString& text);

private:
    void showMemory();
    const CudaDevice* deviceInUse() const; ///< null without an NVIDIA device
    void showRun();
    void showLeft();

    Session& m_session;
    QLabel* m_left;
    QLabel* m_memory;
    QLabel* m_device;
    QLabel* m_run;
    QString m_value, m_busy;
    QTimer m_timer;
};

/// Resident bytes of this process, 0 where it cannot be told.
std::uint64_t residentBytes();

} // namespace octavo::gui
