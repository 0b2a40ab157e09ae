// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/workbench.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>

#include "style/appearance.h"
#include "window/main_window.h"

namespace octavo::gui {

Workbench::Workbench() {
    m_session = std::make_unique<Session>();
    Settings& settings = m_session->settings();
    loadLanguage(settings.language());
    applyAppearance(settings.appearance());
    m_window = std::make_unique<MainWindow>(*m_session);
    connect(&settings, &Settings::appearanceChanged, this, &applyAppearance);
    // Queued: the change comes from a dialog of the window that is about to go.
    connect(
        &settings, &Settings::languageChanged, this,
        [this](const QString& code) {
            loadLanguage(code);
            rebuild();
        },
        Qt::QueuedConnection);
}

Workbench::~Workbench() = default;

void Workbench::loadLanguage(const QString& code) {
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    QLocale::setDefault(locale);
    // English has a file too: the source texts know no singular. It serves languages that Octavo does not speak.
    if (m_own.load(locale, QStringLiteral("octavo"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        m_own.load(QStringLiteral(":/i18n/octavo_en.qm")))
        QCoreApplication::installTranslator(&m_own);
    if (m_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
}

void Workbench::rebuild() {
    Settings& settings = m_session->settings();
    settings.setWindow(m_window->saveGeometry(), m_window->saveState(Settings::windowStateVersion()));
    auto next = std::make_unique<MainWindow>(*m_session);
    next->showPage(m_window->currentPage());
    next->setGeometry(m_window->geometry()); // without the frame, which the saved geometry may count twice
    next->show();
    m_window = std::move(next);
}

} // namespace octavo::gui
