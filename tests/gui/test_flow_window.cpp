// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QTabBar>
#include <QTreeView>

#include <clocale>

#include "base/resources.h"
#include "dialogs/dialogs.h"
#include "layers/layer_panel.h"
#include "plot/plot.h"
#include "support/flow.h"
#include "support/synthetic_run.h"

using namespace octavo;
using namespace octavo::gui;

// The window around the work: languages, keys, sizes, layout, preferences, the program's command line.
class TestFlowWindow : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Flow> flow_;

    void openRun() {
        if (!QFileInfo::exists(flow_->path("run"))) octavo::testing::write_synthetic_run(flow_->file("run"));
        flow_->session().open(flow_->path("run"));
        QTRY_VERIFY(flow_->session().view().run());
        Flow::settle();
    }
    static bool isInput(const QWidget* widget) {
        return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QComboBox*>(widget) ||
               qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QAbstractItemView*>(widget) ||
               qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QSlider*>(widget) ||
               qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const Plot*>(widget);
    }
    static bool
    hasOwner(const QWidget* widget) { // parts of a composite: the list of a combo box, the edit of a spin box
        for (const QWidget* up = widget->parentWidget(); up; up = up->parentWidget())
            if (qobject_cast<const QComboBox*>(up) || qobject_cast<const QAbstractSpinBox*>(up) ||
                qobject_cast<const QLineEdit*>(up) || up->inherits("QTabBar") || up->inherits("QToolBar") ||
                up->inherits("QMenuBar") || up->inherits("QDockWidgetTitleButton"))
                return true;
        return false;
    }
    /// Qt's own title buttons, and docks behind another tab, which Qt puts beside the window.
    static bool isBehind(const QWidget* widget) {
        if (widget->inherits("QDockWidgetTitleButton")) return true;
        for (const QWidget* up = widget; up; up = up->parentWidget())
            if (qobject_cast<const QDockWidget*>(up)) return !up->window()->rect().intersects(up->geometry());
        return false;
    }
    static QString nameOf(const QWidget* widget) {
        QString out = QLatin1String(widget->metaObject()->className());
        for (const QWidget* at = widget; at; at = at->parentWidget())
            if (!at->accessibleName().isEmpty() || !at->objectName().isEmpty()) {
                out += QLatin1Char(' ') + at->accessibleName() + QLatin1Char(' ') + at->objectName();
                break;
            }
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) out += QLatin1Char(' ') + button->text();
        return out;
    }
    QString octavo() const { return QFileInfo(qEnvironmentVariable("OCTAVO_CLI")).path() + QStringLiteral("/octavo"); }

private Q_SLOTS:
    void init() {
        flow_ = std::make_unique<Flow>();
        flow_->start();
    }
    void cleanup() {
        flow_.reset();
        std::setlocale(LC_NUMERIC, "C");
        QLocale::setDefault(QLocale::c());
    }

    void germanNumbersOnScreenAndPointsInFiles() {
        flow_->session().settings().setLanguage(QStringLiteral("de"));
        Flow::settle();
        std::setlocale(LC_NUMERIC, "de_DE.UTF-8"); // where it is installed: nothing that is written may care
        tiny::write(flow_->file("model"));
        flow_->openModel(flow_->path("model"));
        flow_->session().request().calibration_options.samples = 4;
        flow_->session().request().calibration_options.sequence_length = 48;
        flow_->session().touchRequest();
        QStringList fields;
        for (const auto* box : flow_->window().findChild<SetupPanel*>()->findChildren<QDoubleSpinBox*>())
            fields << box->text();
        QVERIFY2(fields.join(QLatin1Char(' ')).contains(QStringLiteral("1,00")),
                 qPrintable(fields.join(QLatin1Char(' '))));
        const QString run = flow_->quantize();
        QTRY_VERIFY(flow_->session().view().metrics());
        const QJsonObject metrics = runJson(run)[QStringLiteral("metrics")].toObject();
        const double perplexity = metrics[QStringLiteral("perplexity")].toDouble();
        QVERIFY(perplexity > 1);
        const std::string text = tiny::read_text((run + QStringLiteral("/run.json")).toStdString());
        const std::size_t at = text.find("\"perplexity\": ");
        QVERIFY(text.substr(at + 14, 12).find('.') != std::string::npos);
        QStringList shown;
        for (const QLabel* label : flow_->page("results")->findChildren<QLabel*>()) shown << label->text();
        const QString german = QLocale(QLocale::German).toString(perplexity, 'f', 2);
        QVERIFY(german.contains(QLatin1Char(',')));
        QVERIFY2(shown.join(QLatin1Char('\n')).contains(german), qPrintable(shown.join(QLatin1Char('\n'))));
        // What a plot writes can be read anywhere.
        Page* page = flow_->page("activations");
        int points = 0;
        for (const Plot* plot : page->findChildren<Plot*>())
            for (const QString& line : plot->csv().split(QStringLiteral("\r\n")).mid(1))
                for (const QString& cell : line.split(QLatin1Char(','))) {
                    bool number = false;
                    QLocale::c().toDouble(cell, &number);
                    QVERIFY2(number || cell.isEmpty(), qPrintable(line));
                    points += cell.contains(QLatin1Char('.'));
                }
        QVERIFY(points > 20);
        flow_->actions().copyRecipe->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("0.01")));
    }

    void everyShortcutIsUniqueInEveryLanguage_data() {
        QTest::addColumn<QString>("language");
        for (const char* language : {"en", "de", "zh_CN"}) QTest::newRow(language) << QString::fromLatin1(language);
    }
    void everyShortcutIsUniqueInEveryLanguage() {
        QFETCH(QString, language);
        flow_->session().settings().setLanguage(language);
        Flow::settle();
        openRun();
        QMap<QString, QString> seen;
        for (const QAction* action : flow_->window().findChildren<QAction*>()) {
            if (action->shortcutContext() == Qt::WidgetShortcut) continue;
            for (const QKeySequence& key : action->shortcuts()) {
                if (key.isEmpty()) continue;
                const QString name = action->objectName() + QLatin1Char(' ') + action->text();
                QVERIFY2(
                    !seen.contains(key.toString()),
                    qPrintable(QStringLiteral("%1: %2 and %3").arg(key.toString(), seen.value(key.toString()), name)));
                seen.insert(key.toString(), name);
            }
        }
        QVERIFY(seen.size() >= 20);
        QMap<QString, QString> menus; // Alt + letter of the menu bar
        for (const QAction* menu : flow_->window().findChild<QMenuBar*>()->actions()) {
            const QString key = QKeySequence::mnemonic(menu->text()).toString();
            QVERIFY2(!key.isEmpty() && !menus.contains(key), qPrintable(menu->text()));
            menus.insert(key, menu->text());
        }
    }

    void everyInputCanBeReachedByTab() {
        openRun();
        MainWindow& window = flow_->window();
        QApplication::setActiveWindow(&window);
        QStringList missed, nameless;
        for (const char* dock : {"setup", "layers", "job", "log"}) {
            window.showDock(QLatin1String(dock));
            for (Page* page : window.pages()) {
                if (qstrcmp(dock, "setup") != 0 && page != window.pages().front()) continue;
                flow_->page(page->id().toLatin1().constData());
                QSet<const QWidget*> reached;
                window.menuBar()->setFocus();
                for (int i = 0; i < 400; ++i) {
                    QWidget* at = QApplication::focusWidget() ? QApplication::focusWidget() : &window;
                    if (reached.contains(at) && i > 300) break;
                    reached.insert(at);
                    QTest::keyClick(at, Qt::Key_Tab);
                }
                for (const QWidget* widget : window.findChildren<QWidget*>()) {
                    if (!isInput(widget) || hasOwner(widget) || !widget->isVisible() || !widget->isEnabled() ||
                        widget->focusPolicy() == Qt::NoFocus || widget->inherits("QHeaderView") || widget->focusProxy())
                        continue;
                    if (!reached.contains(widget)) missed << page->id() + QLatin1Char(' ') + nameOf(widget);
                    const auto* button = qobject_cast<const QAbstractButton*>(widget);
                    bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
                    for (const QLabel* label : window.findChildren<QLabel*>())
                        named = named || label->buddy() == widget;
                    if (!named) nameless << page->id() + QLatin1Char(' ') + nameOf(widget);
                }
            }
        }
        missed.removeDuplicates();
        nameless.removeDuplicates();
        QVERIFY2(missed.isEmpty(), qPrintable(QStringLiteral("not reached:\n") + missed.join(QLatin1Char('\n'))));
        QVERIFY2(nameless.isEmpty(),
                 qPrintable(QStringLiteral("without a name:\n") + nameless.join(QLatin1Char('\n'))));
    }

    static QStringList cutPlots(const QWidget& window, const QString& where) {
        QStringList cut;
        for (const Plot* plot : window.findChildren<Plot*>()) {
            if (!plot->isVisible()) continue;
            if (plot->width() < 150 || plot->height() < 80)
                cut << where + QStringLiteral(": a plot of %1 × %2").arg(plot->width()).arg(plot->height());
            for (const QCPAxis* axis : {plot->yAxis, plot->yAxis2})
                for (const QString& line : axis->label().split(QLatin1Char('\n')))
                    if (axis->visible() && QFontMetrics(axis->labelFont()).horizontalAdvance(line) > plot->height())
                        cut << where + QStringLiteral(": an axis title is cut: ") + line;
        }
        return cut;
    }
    /// Tabs that are out of sight, or whose words are shortened.
    static QStringList scrolledTabs(const QWidget& window, const QString& where) {
        QStringList cut;
        for (const QTabBar* bar : window.findChildren<QTabBar*>()) {
            if (!bar->isVisible()) continue;
            const bool vertical = bar->shape() == QTabBar::RoundedWest || bar->shape() == QTabBar::RoundedEast;
            for (int tab = 0; tab < bar->count() && !vertical; ++tab) {
                const QRect room = bar->tabRect(tab);
                if (room.right() > bar->width() || room.left() < 0 ||
                    room.width() < bar->fontMetrics().horizontalAdvance(bar->tabText(tab)))
                    cut << where + QStringLiteral(": the tab ") + bar->tabText(tab);
            }
        }
        return cut;
    }

    void aSmallWindowCutsNothingOff_data() { everyShortcutIsUniqueInEveryLanguage_data(); }
    void aSmallWindowCutsNothingOff() {
        QFETCH(QString, language);
        flow_->session().settings().setLanguage(language);
        Flow::settle();
        openRun();
        MainWindow& window = flow_->window();
        window.showNormal();
        window.resize(1024, 700);
        QStringList cut;
        const auto look = [&](const QString& where) {
            QCOMPARE(window.size(), QSize(1024, 700));
            for (const QWidget* widget : window.findChildren<QWidget*>()) {
                const auto* label = qobject_cast<const QLabel*>(widget);
                const bool counts = label || qobject_cast<const QAbstractButton*>(widget) ||
                                    qobject_cast<const QComboBox*>(widget) ||
                                    qobject_cast<const QAbstractSpinBox*>(widget);
                if (!counts || !widget->isVisible() || hasOwner(widget) || isBehind(widget)) continue;
                if (label && label->text().isEmpty()) continue;
                const QString what =
                    where + QStringLiteral(": ") + nameOf(widget) + (label ? label->text() : QString());
                // Inside a scroll area what lies below can be reached; beside it nothing may lie.
                QRect room = window.rect();
                bool scrolls = false;
                for (const QWidget* up = widget->parentWidget(); up && up != &window; up = up->parentWidget()) {
                    scrolls = scrolls || qobject_cast<const QAbstractScrollArea*>(up);
                    if (!scrolls) room &= QRect(up->mapTo(&window, QPoint()), up->size());
                }
                const QRect own(widget->mapTo(&window, QPoint()), widget->size());
                if (!scrolls && !room.contains(own)) cut << what + QStringLiteral(" lies outside");
                const bool elided = widget->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored;
                QSize needed = label ? label->minimumSizeHint() : widget->minimumSizeHint();
                if (label && label->wordWrap()) needed = {0, label->heightForWidth(label->width())};
                if (elided) needed.setWidth(0);
                if (own.width() < needed.width() || own.height() + 1 < needed.height())
                    cut << what + QStringLiteral(" needs %1 × %2, has %3 × %4")
                                      .arg(needed.width())
                                      .arg(needed.height())
                                      .arg(own.width())
                                      .arg(own.height());
            }
            cut << cutPlots(window, where) << scrolledTabs(window, where);
            const auto* tree = window.findChild<LayerPanel*>()->tree();
            if (tree->isVisible() && tree->horizontalScrollBar()->maximum() > 0)
                cut << where + QStringLiteral(": the tree scrolls sideways");
        };
        window.showPage(QStringLiteral("start"));
        Flow::settle();
        look(QStringLiteral("start"));
        for (const char* dock : {"setup", "layers"}) {
            window.showDock(QLatin1String(dock));
            for (const Page* page : window.pages()) {
                flow_->page(page->id().toLatin1().constData());
                look(page->id() + QLatin1Char('/') + QLatin1String(dock));
            }
        }
        cut.removeDuplicates();
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QLatin1Char('\n'))));
    }

    void theLayoutIsKeptAndCanBeReset() {
        const auto dock = [this](const char* name) {
            return flow_->window().findChild<QDockWidget*>(QLatin1String(name));
        };
        QVERIFY(dock("log") && dock("job"));
        dock("job")->hide();
        dock("log")->setFloating(true);
        flow_->window().resize(1111, 777);
        QVERIFY(flow_->window().close());
        flow_->close();
        flow_->start();
        QVERIFY(dock("job")->isHidden());
        QVERIFY(dock("log")->isFloating());
        flow_->actions().resetLayout->trigger();
        Flow::settle();
        QVERIFY(dock("job")->isVisible());
        QVERIFY(!dock("log")->isFloating());
        QVERIFY(dock("setup")->isVisible());
        // A layout of another version is left alone.
        dock("setup")->hide();
        flow_->session().settings().setWindow(flow_->window().saveGeometry(),
                                              flow_->window().saveState(Settings::windowStateVersion() + 1));
        flow_->close();
        flow_->start();
        QVERIFY(!dock("setup")->isHidden());
        // So is one that is nonsense.
        flow_->session().settings().setWindow("nonsense", "nonsense");
        flow_->close();
        flow_->start();
        QVERIFY(dock("setup")->isVisible() && dock("layers"));
    }

    void preferencesAreKept() {
        auto* dialog = new PreferencesDialog(flow_->session(), &flow_->window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
        const auto number = [&](const char* label) {
            return flow_->field<QSpinBox>(dialog, QString::fromLatin1(label));
        };
        auto* threads = number("Threads");
        QVERIFY(threads);
        threads->setValue(3);
        for (auto* edit : dialog->findChildren<QLineEdit*>())
            if (edit->accessibleName() == QStringLiteral("Folder of exports")) edit->setText(flow_->path("my exports"));
        for (auto* box : dialog->findChildren<QComboBox*>())
            if (box->findData(QStringLiteral("cpu")) >= 0) box->setCurrentIndex(box->findData(QStringLiteral("cpu")));
        dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
        QCOMPARE(flow_->session().settings().threads(), 3);
        flow_->close();
        flow_->start();
        QCOMPARE(flow_->session().settings().threads(), 3);
        QCOMPARE(flow_->session().settings().device(), QStringLiteral("cpu"));
        tiny::write(flow_->file("model"));
        flow_->openModel(flow_->path("model"));
        QVERIFY(flow_->session().suggestedOutput().startsWith(flow_->path("my exports")));
        QVERIFY(flow_->session().commandLine().contains(QStringLiteral("--threads 3")));
        flow_->setCalibration(2, 24);
        const QString run = flow_->quantize();
        QCOMPARE(runJson(run)[QStringLiteral("environment")].toObject()[QStringLiteral("threads")].toInt(), 3);
        QCOMPARE(runJson(run)[QStringLiteral("environment")].toObject()[QStringLiteral("device")].toString(),
                 QStringLiteral("cpu"));
        QCOMPARE(entriesOf(flow_->path("my exports")).size(), 1);
    }

    void theProgramExplainsItself() {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(QLatin1String(name));
        program.setProcessEnvironment(environment);
        program.start(octavo(), {QStringLiteral("--help")});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
        const QString help = QString::fromUtf8(program.readAllStandardOutput());
        QVERIFY2(help.contains(QStringLiteral("[MODEL|RUN]")), qPrintable(help));
        program.start(octavo(), {QStringLiteral("--version")});
        QVERIFY(program.waitForFinished());
        QVERIFY(QString::fromUtf8(program.readAllStandardOutput()).contains(QString::fromUtf8(::octavo::version())));
        program.start(octavo(), {flow_->path("run")});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 1);
        const QString text = QString::fromUtf8(program.readAllStandardError());
        QVERIFY2(text.contains(QStringLiteral("no display")) && text.contains(QStringLiteral("octavo-cli")),
                 qPrintable(text));
        program.start(octavo(), {QStringLiteral("--nonsense")});
        QVERIFY(program.waitForFinished());
        QVERIFY(program.exitCode() != 0);
    }

    void theProgramOpensWhatItIsGiven() {
        octavo::testing::write_synthetic_run(flow_->file("run"));
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), flow_->path("own-config"));
        program.setProcessEnvironment(environment);
        program.start(octavo(), {flow_->path("run")});
        QVERIFY(program.waitForStarted());
        // A program that opened the run remembers it.
        const QString settings = flow_->path("own-config/octavo/octavo.ini");
        QTRY_VERIFY_WITH_TIMEOUT(QSettings(settings, QSettings::IniFormat)
                                     .value(QStringLiteral("recentRuns"))
                                     .toStringList()
                                     .contains(flow_->path("run")),
                                 20000);
        program.terminate();
        program.waitForFinished();
    }
};

QTEST_MAIN(TestFlowWindow)
#include "test_flow_window.moc"
