// SPDX-License-Identifier: GPL-3.0-or-later
#include "start/hardware_box.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "session/format.h"
#include "session/session.h"
#include "setup/scheme_list.h"
#include "style/icons.h"

namespace octavo::gui {

namespace {

QString cpuFacts(const CpuInfo& cpu) {
    QStringList parts;
    parts << HardwareBox::tr("%n cores", nullptr, cpu.cores) << bytesText(cpu.memory_bytes);
    if (cpu.amx_bf16)
        parts << QStringLiteral("AMX");
    else if (cpu.avx512_vnni)
        parts << QStringLiteral("AVX-512 VNNI");
    else if (cpu.avx512f)
        parts << QStringLiteral("AVX-512");
    else if (cpu.avx2)
        parts << QStringLiteral("AVX2");
    return parts.join(QStringLiteral(" · "));
}

} // namespace

HardwareBox::HardwareBox(Session& session, QWidget* parent) : QFrame(parent), m_session(session) {
    setFrameShape(QFrame::StyledPanel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(6);
    auto* heading = new QLabel(tr("This machine"), this);
    heading->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(heading);
    m_device = new QLabel(tr("Looking …"), this);
    QFont font = m_device->font();
    font.setBold(true);
    m_device->setFont(font);
    m_device->setWordWrap(true);
    layout->addWidget(m_device);
    m_facts = new QLabel(this);
    m_facts->setWordWrap(true);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_facts);
    layout->addSpacing(6);
    m_caption = new QLabel(this);
    m_caption->setWordWrap(true);
    layout->addWidget(m_caption);
    m_schemes = new QGridLayout;
    m_schemes->setHorizontalSpacing(6);
    m_schemes->setVerticalSpacing(4);
    layout->addLayout(m_schemes);
    layout->addStretch(1);
    connect(&session, &Session::hardwareChanged, this, &HardwareBox::follow);
    follow();
}

void HardwareBox::follow() {
    const auto hardware = m_session.hardware();
    if (!hardware) return;
    QStringList facts;
    if (hardware->devices.empty()) {
        m_device->setText(QString::fromStdString(hardware->cpu.name));
        facts << cpuFacts(hardware->cpu);
        facts << (hardware->cuda_note.empty() ? tr("No NVIDIA GPU was found.") : translated(hardware->cuda_note));
    } else {
        const CudaDevice& device = hardware->devices.front();
        m_device->setText(QString::fromStdString(device.name));
        facts << tr("compute capability %1.%2 · %3 · driver %4")
                     .arg(device.capability.major)
                     .arg(device.capability.minor)
                     .arg(bytesText(device.memory_bytes), QString::fromStdString(hardware->driver_version));
        facts << QString::fromStdString(hardware->cpu.name) + QStringLiteral(" · ") + cpuFacts(hardware->cpu);
    }
    m_facts->setText(facts.join(QLatin1Char('\n')));
    listSchemes();
}

void HardwareBox::listSchemes() {
    while (QLayoutItem* item = m_schemes->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    ComputeCapability here;
    if (const auto hardware = m_session.hardware(); hardware && !hardware->devices.empty())
        here = hardware->devices.front().capability;
    try {
        const ServingRules& rules = ServingRules::instance();
        m_caption->setText(
            tr("What would run here, as of %1. Quantizing works on any machine, also for a GPU elsewhere: "
               "choose that as target.")
                .arg(QString::fromStdString(rules.as_of())));
        int row = 0;
        for (const Scheme& scheme : presets()) {
            const SchemeSupport support = rules.support(scheme.name, here);
            const QString reason = translated(support.reason);
            auto* icon = new QLabel(this);
            const bool good = support.support == Support::native;
            icon->setPixmap(themedIcon(good                                      ? QStringLiteral("check")
                                       : support.support == Support::unsupported ? QStringLiteral("close")
                                                                                 : QStringLiteral("info"))
                                .pixmap(QSize(14, 14), devicePixelRatioF()));
            auto* name = new QLabel(QString::fromStdString(scheme.name), this);
            auto* why = new QLabel(good ? supportText(support.support)
                                        : supportText(support.support) + QStringLiteral(" – ") + reason,
                                   this);
            why->setWordWrap(true);
            why->setForegroundRole(QPalette::PlaceholderText);
            for (QWidget* widget :
                 {static_cast<QWidget*>(icon), static_cast<QWidget*>(name), static_cast<QWidget*>(why)})
                widget->setToolTip(schemeDescription(scheme) + QLatin1Char('\n') + reason);
            m_schemes->addWidget(icon, row, 0, Qt::AlignTop);
            m_schemes->addWidget(name, row, 1, Qt::AlignTop);
            m_schemes->addWidget(why, row, 2);
            ++row;
        }
        m_schemes->setColumnStretch(2, 1);
    } catch (const Error& error) {
        m_caption->setText(translated(error.message()));
    }
}

} // namespace octavo::gui
