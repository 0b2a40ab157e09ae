// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QTextStream>

#include <clocale>
#include <cstdio>
#include <initializer_list>
#include <string_view>

#include "base/faults.h"
#include "base/resources.h"
#include "window/main_window.h"
#include "window/screenshots.h"
#include "window/workbench.h"

namespace {

bool given(int argc, char** argv, std::initializer_list<const char*> names) {
    for (int i = 1; i < argc; ++i)
        for (const char* name : names)
            if (std::string_view(argv[i]) == name) return true;
    return false;
}

/// Qt would end the process with a message about its plug-ins; nobody can do anything with that.
bool hasDisplay(int argc, char** argv) {
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") || given(argc, argv, {"-platform", "--platform"});
}

} // namespace

int main(int argc, char** argv) {
    octavo::explain_faults();
    QCoreApplication::setApplicationName(QStringLiteral("octavo"));
    QCoreApplication::setApplicationVersion(QString::fromLatin1(octavo::version()));
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Workbench for quantizing language models: opens a model or a run, or the start page."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("path"), QStringLiteral("A model folder, a run folder, or a data set."),
                                 QStringLiteral("[MODEL|RUN]"));
    QCommandLineOption screenshots(QStringLiteral("screenshots"),
                                   QStringLiteral("Write a picture of every page and exit."), QStringLiteral("folder"));
    screenshots.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(screenshots);
    QCommandLineOption screenshotSize(QStringLiteral("screenshot-size"), QStringLiteral("Of those pictures."),
                                      QStringLiteral("WxH"));
    screenshotSize.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(screenshotSize);

    const bool onlyText = given(argc, argv, {"-h", "--help", "--help-all", "-v", "--version"});
    if (onlyText) {
        const QCoreApplication application(argc, argv);
        parser.process(application);
        return 0;
    }
    if (!hasDisplay(argc, argv)) {
        std::fputs(
            "octavo: there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).\n"
            "Log in with a desktop or with ssh -X, or use octavo-cli, which does the same work without a window.\n",
            stderr);
        return 1;
    }
    const QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // files are written with a point whatever the desktop's language
    QApplication::setApplicationDisplayName(QStringLiteral("Octavo"));
    QGuiApplication::setDesktopFileName(QStringLiteral("octavo"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/octavo.svg")));
    parser.process(application);
    const QStringList paths = parser.positionalArguments();
    if (paths.size() > 1) {
        std::fputs("octavo: one model or run at a time; start it again for another window.\n", stderr);
        return 2;
    }

    octavo::gui::Workbench workbench;
    if (parser.isSet(screenshots)) {
        const QStringList size = parser.value(screenshotSize).split(QLatin1Char('x'));
        return octavo::gui::takeScreenshots(workbench, parser.value(screenshots), paths.value(0),
                                            {size.value(0).toInt(), size.value(1).toInt()});
    }
    workbench.window().show();
    if (!paths.isEmpty()) workbench.session().open(paths.front());
    return QApplication::exec();
}
