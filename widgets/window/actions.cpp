// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/actions.h"

#include "style/icons.h"

namespace octavo::gui {

Actions::Actions(QObject* parent) : QObject(parent) {
    const auto key = [](const char* text) { return QKeySequence(QString::fromLatin1(text)); };
    openModel =
        make(QStringLiteral("actionOpenModel"), tr("&Open model…"), QKeySequence::Open, QStringLiteral("open-model"));
    openRun = make(QStringLiteral("actionOpenRun"), tr("Open &run…"), key("Ctrl+Shift+O"), QStringLiteral("open-run"));
    openSample = make(QStringLiteral("actionOpenSample"), tr("&Sample model"), {}, QStringLiteral("sample"));
    openDataset = make(QStringLiteral("actionOpenDataset"), tr("Open calibration &data…"), key("Ctrl+D"),
                       QStringLiteral("document"));
    savePlot = make(QStringLiteral("actionSavePlot"), tr("&Save the page as picture…"), QKeySequence::Save,
                    QStringLiteral("save"));
    preferences =
        make(QStringLiteral("actionPreferences"), tr("&Preferences…"), key("Ctrl+,"), QStringLiteral("preferences"));
    preferences->setMenuRole(QAction::PreferencesRole);
    quit = make(QStringLiteral("actionQuit"), tr("&Quit"), key("Ctrl+Q"));
    quit->setMenuRole(QAction::QuitRole);
    copyRecipe =
        make(QStringLiteral("actionCopyRecipe"), tr("&Copy recipe"), key("Ctrl+Shift+R"), QStringLiteral("copy"));
    pasteRecipe =
        make(QStringLiteral("actionPasteRecipe"), tr("&Paste recipe"), key("Ctrl+Shift+V"), QStringLiteral("paste"));
    copyCommand = make(QStringLiteral("actionCopyCommand"), tr("Copy as command &line"), key("Ctrl+Shift+L"));
    quantize = make(QStringLiteral("actionQuantize"), tr("&Quantize"), key("Ctrl+Return"), QStringLiteral("quantize"));
    resume = make(QStringLiteral("actionResume"), tr("&Resume the interrupted run"), key("Ctrl+Shift+Return"));
    measure = make(QStringLiteral("actionMeasure"), tr("&Measure again on the whole text"), key("Ctrl+M"));
    cancel = make(QStringLiteral("actionCancel"), tr("C&ancel"), key("Ctrl+."), QStringLiteral("cancel"));
    exportPage = make(QStringLiteral("actionExport"), tr("&Export for vLLM"), key("Ctrl+E"), QStringLiteral("export"));
    previousLayer = make(QStringLiteral("actionPreviousLayer"), tr("&Previous layer"), key("Alt+Up"));
    nextLayer = make(QStringLiteral("actionNextLayer"), tr("&Next layer"), key("Alt+Down"));
    resetLayout = make(QStringLiteral("actionResetLayout"), tr("&Reset layout"));
    fullScreen = make(QStringLiteral("actionFullScreen"), tr("&Full screen"), key("F11"));
    fullScreen->setCheckable(true);
    startPage = make(QStringLiteral("actionStartPage"), tr("&Start page"), key("Ctrl+Home"));
    cheatSheet = make(QStringLiteral("actionCheatSheet"), tr("&Keyboard and mouse"), key("F1"), QStringLiteral("help"));
    about = make(QStringLiteral("actionAbout"), tr("&About Octavo"));
    about->setMenuRole(QAction::AboutRole);
}

QAction* Actions::make(const QString& name, const QString& text, const QKeySequence& key, const QString& icon) {
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(key);
    if (!icon.isEmpty()) action->setIcon(themedIcon(icon));
    m_all.append(action);
    return action;
}

QAction* Actions::find(const QString& objectName) const {
    for (QAction* action : m_all)
        if (action->objectName() == objectName) return action;
    return nullptr;
}

} // namespace octavo::gui
