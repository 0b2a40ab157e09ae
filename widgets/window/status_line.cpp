// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/status_line.h"

#include <QFile>
#include <QLabel>

#include <unistd.h>

#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {

std::uint64_t residentBytes() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toULongLong() * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

StatusLine::StatusLine(Session& session, QWidget* parent) : QStatusBar(parent), m_session(session) {
    m_left = new QLabel(this);
    m_memory = new QLabel(this);
    m_memory->setToolTip(tr("Memory that this program occupies now"));
    m_device = new QLabel(this);
    m_device->setObjectName(QStringLiteral("deviceMemory"));
    m_device->hide();
    m_run = new QLabel(this);
    addWidget(m_left, 1);
    addPermanentWidget(m_run);
    addPermanentWidget(m_memory);
    addPermanentWidget(m_device);
    m_timer.setInterval(2000);
    connect(&m_timer, &QTimer::timeout, this, &StatusLine::showMemory);
    m_timer.start();
    connect(&session, &Session::hardwareChanged, this, &StatusLine::showMemory);
    connect(&session.view(), &RunView::runChanged, this, &StatusLine::showRun);
    connect(&session.selection(), &LayerSelection::changed, this, &StatusLine::showLeft);
    showMemory();
    showRun();
    showLeft();
}

void StatusLine::showValue(const QString& text) {
    m_value = text;
    showLeft();
}

void StatusLine::showBusy(const QString& text) {
    m_busy = text;
    showLeft();
}

void StatusLine::showLeft() {
    if (!m_busy.isEmpty()) {
        m_left->setText(m_busy);
        return;
    }
    if (!m_value.isEmpty()) {
        m_left->setText(m_value);
        return;
    }
    const LayerSelection& selection = m_session.selection();
    QString text = layerLabel(selection.matrix());
    if (selection.channel() >= 0) text += QStringLiteral("   ") + tr("channel %1").arg(selection.channel());
    m_left->setText(text);
}

void StatusLine::showMemory() {
    m_memory->setText(tr("Memory %1").arg(bytesText(residentBytes())));
    const CudaDevice* device = deviceInUse();
    if (!device) return;
    m_session.controller().request<std::optional<DeviceMemory>>(
        Lane::desk, QStringLiteral("device-memory"), this,
        [device = *device](std::stop_token) { return device_memory(device); },
        [this, name = QString::fromStdString(device->name)](const std::optional<DeviceMemory>& memory) {
            m_device->setVisible(memory.has_value());
            if (!memory) return;
            m_device->setText(tr("GPU %1 of %2", "memory of a graphics card")
                                  .arg(bytesText(memory->used_bytes), bytesText(memory->total_bytes)));
            m_device->setToolTip(tr("Memory that all programs occupy on %1 now").arg(name));
        });
}

const CudaDevice* StatusLine::deviceInUse() const {
    const auto hardware = m_session.hardware();
    if (!hardware || hardware->devices.empty()) return nullptr;
    for (const CudaDevice& device : hardware->devices)
        if (m_session.settings().device() == QStringLiteral("cuda:%1").arg(device.index)) return &device;
    return &hardware->devices.front();
}

void StatusLine::showRun() { m_run->setText(m_session.view().title()); }

} // namespace octavo::gui
