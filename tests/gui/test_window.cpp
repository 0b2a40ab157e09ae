// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyle>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTreeView>
#include <QtTest>

#include <cmath>

#include "docks/log_model.h"
#include "layers/layer_panel.h"
#include "message_bar.h"
#include "models/layer_tree_model.h"
#include "pages.h"
#include "session/session.h"
#include "style/appearance.h"
#include "support/synthetic_run.h"
#include "window/actions.h"
#include "window/main_window.h"
#include "window/workbench.h"

using namespace octavo;
using namespace octavo::gui;

class TestWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CONFIG_HOME", folder_.filePath(QStringLiteral("config")).toUtf8());
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.filePath(QStringLiteral("config")));
        qputenv("OCTAVO_DATA", folder_.filePath(QStringLiteral("data")).toUtf8());
        octavo::testing::write_synthetic_run(run());
        bench_ = std::make_unique<Workbench>();
        bench_->session().settings().setLanguage(QStringLiteral("en"));
        QCoreApplication::processEvents();
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
    }
    void cleanupTestCase() { bench_.reset(); }

    void littleIconsFollowThePalette() {
        for (const char* appearance : {"light", "dark"}) {
            applyAppearance(QString::fromLatin1(appearance));
            const int text = QApplication::palette().color(QPalette::WindowText).lightness();
            for (const QStyle::StandardPixmap which :
                 {QStyle::SP_TitleBarCloseButton, QStyle::SP_TitleBarNormalButton, QStyle::SP_LineEditClearButton}) {
                const QImage image = QApplication::style()->standardIcon(which).pixmap(16).toImage();
                int drawn = 0;
                for (int y = 0; y < image.height(); ++y)
                    for (int x = 0; x < image.width(); ++x)
                        if (const QColor color = image.pixelColor(x, y); color.alpha() > 200) {
                            ++drawn;
                            QVERIFY(std::abs(color.lightness() - text) < 10);
                        }
                QVERIFY(drawn > 10);
            }
        }
        applyAppearance({});
    }

    void everyShortcutIsUnique() {
        QMap<QString, QString> seen;
        for (const QAction* action : window().findChildren<QAction*>()) {
            if (action->shortcutContext() == Qt::WidgetShortcut) continue;
            for (const QKeySequence& key : action->shortcuts()) {
                if (key.isEmpty()) continue;
                const QString text = key.toString(), name = action->objectName() + QLatin1Char(' ') + action->text();
                QVERIFY2(!seen.contains(text),
                         qPrintable(QStringLiteral("%1: %2 and %3").arg(text, seen.value(text), name)));
                seen.insert(text, name);
            }
        }
        QVERIFY(seen.size() >= 20);
    }

    void aFolderThatIsNoModelIsExplained() {
        bench_->session().openModel(folder_.filePath(QStringLiteral("nothing")));
        QTRY_VERIFY(window().messages()->isVisible());
        QVERIFY(window().messages()->text().size() > 10);
    }

    void aRunCutShortIsExplained() {
        const QString broken = folder_.filePath(QStringLiteral("broken"));
        QDir().mkpath(broken);
        QFile file(broken + QStringLiteral("/run.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"schema_version\": 1, \"id\": \"x");
        file.close();
        window().messages()->hide();
        bench_->session().open(broken);
        QTRY_VERIFY(window().messages()->isVisible());
        QVERIFY(!bench_->session().view().run());
    }

    void aRunOpensWithoutModel() {
        bench_->session().open(QString::fromStdString(run().string()));
        QTRY_VERIFY(bench_->session().view().run());
        QVERIFY(window().windowTitle().contains(QStringLiteral("W8A8")));
        for (Page* page : window().pages()) {
            window().showPage(page->id());
            QCoreApplication::processEvents();
            QVERIFY2(page->isVisible(), qPrintable(page->id()));
        }
    }

    void theTreeShowsWhatTheRunFound() {
        const RunView& view = bench_->session().view();
        LayerTreeModel model(bench_->session());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), view.layers() + 1); // and lm_head
        double shares = 0, total = 0;
        for (const MatrixReport& report : view.reports()) total += report.relative_error;
        for (const MatrixReport& report : view.reports()) {
            const QModelIndex index = model.indexOf(QString::fromStdString(report.name));
            QVERIFY(index.isValid());
            QCOMPARE(index.siblingAtColumn(LayerTreeModel::ErrorColumn).data(LayerTreeModel::RawRole).toDouble(),
                     report.relative_error);
            const double share =
                index.siblingAtColumn(LayerTreeModel::DamageColumn).data(LayerTreeModel::RawRole).toDouble();
            QVERIFY(std::abs(share - 100 * report.relative_error / total) < 1e-9);
            shares += share;
        }
        QVERIFY(std::abs(shares - 100) < 1e-6);
    }

    void keepingALayerIn16BitTakesItsPartnersAlong() {
        auto* panel = window().findChild<LayerPanel*>();
        Session& session = bench_->session();
        const QString key = QStringLiteral("model.layers.1.self_attn.k_proj");
        session.selection().setMatrix(key);
        panel->tree()->expandAll();
        for (int top = 0; top < panel->tree()->model()->rowCount(); ++top) {
            const QModelIndex layer = panel->tree()->model()->index(top, 0);
            for (int row = 0; row < panel->tree()->model()->rowCount(layer); ++row) {
                const QModelIndex index = panel->tree()->model()->index(row, 0, layer);
                if (index.data(LayerTreeModel::ModuleRole).toString() == key)
                    panel->tree()->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                                                QItemSelectionModel::Rows);
            }
        }
        QCOMPARE(panel->selectedModules(), QStringList{key});
        QSignalSpy noted(panel, &LayerPanel::noted);
        const std::unique_ptr<QMenu> menu(panel->makeMenu());
        menu->actions().front()->trigger();
        QCOMPARE(session.recipe().schemeOf(QStringLiteral("model.layers.1.self_attn.q_proj")), QString());
        QCOMPARE(session.recipe().schemeOf(QStringLiteral("model.layers.0.self_attn.q_proj")), QStringLiteral("W8A8"));
        QCOMPARE(noted.count(), 1);
        QVERIFY(noted.first().first().toString().contains(QStringLiteral("1 · self_attn.q_proj")));
        window().actions().find(QStringLiteral("actionUndo"))->trigger();
        QCOMPARE(session.recipe().schemeOf(key), QStringLiteral("W8A8"));
    }

    void theTreeFollowsTheSelection() {
        auto* panel = window().findChild<LayerPanel*>();
        const QString wanted = QStringLiteral("model.layers.3.mlp.down_proj");
        bench_->session().selection().setMatrix(wanted);
        const QModelIndex current = panel->tree()->currentIndex();
        QVERIFY(current.data(LayerTreeModel::ModulesRole).toStringList().contains(wanted));
        window().actions().nextLayer->trigger();
        QCOMPARE(bench_->session().selection().matrix(), QStringLiteral("model.layers.4.mlp.down_proj"));
    }

    void theFilterKeepsMatchesWithTheirLayers() {
        auto* panel = window().findChild<LayerPanel*>();
        auto* filter = panel->findChild<QLineEdit*>();
        filter->setText(QStringLiteral("down_proj"));
        const QAbstractItemModel* model = panel->tree()->model();
        QCOMPARE(model->rowCount(), bench_->session().view().layers());
        QCOMPARE(model->rowCount(model->index(0, 0)), 1);
        filter->clear();
        QCOMPARE(model->rowCount(model->index(0, 0)), 7);
    }

    void theLogIsAProperModel() {
        LogBuffer buffer;
        LogModel model(buffer);
        {
            // The tester walks over all rows at each change: a few are enough.
            LogBuffer few;
            LogModel small(few);
            const QAbstractItemModelTester tester(&small, QAbstractItemModelTester::FailureReportingMode::QtTest);
            for (int i = 0; i < 20; ++i) few.add(LogLevel::info, msg("line %1", i));
            QCOMPARE(small.rowCount(), 20);
            few.clear();
            QCOMPARE(small.rowCount(), 0);
        }
        for (int i = 0; i < 20100; ++i) buffer.add(i % 7 == 0 ? LogLevel::warning : LogLevel::info, msg("line %1", i));
        QCOMPARE(model.rowCount(), static_cast<int>(buffer.entries().size()));
        QVERIFY(model.rowCount() <= 20000);
        QCOMPARE(model.index(model.rowCount() - 1, LogModel::TextColumn).data().toString(),
                 QStringLiteral("line 20099"));
        LogFilter filter;
        filter.setSourceModel(&model);
        filter.setLevel(LogLevel::warning);
        QVERIFY(filter.rowCount() > 0 && filter.rowCount() < model.rowCount() / 6);
    }

    void recipesGoThroughTheClipboard() {
        window().actions().copyRecipe->trigger();
        const QString before = QGuiApplication::clipboard()->text();
        QVERIFY(before.contains(QStringLiteral("W8A8")));
        QGuiApplication::clipboard()->setText(QStringLiteral("nonsense"));
        window().messages()->hide();
        window().actions().pasteRecipe->trigger();
        QVERIFY(window().messages()->isVisible());
        QCOMPARE(bench_->session().recipe().toJson(), before);
    }

    void everyInputHasAName() {
        for (const Page* page : window().pages()) {
            window().showPage(page->id());
            QCoreApplication::processEvents();
        }
        QStringList nameless;
        for (const QWidget* widget : window().findChildren<QWidget*>()) {
            const bool input = qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QComboBox*>(widget) ||
                               qobject_cast<const QAbstractSpinBox*>(widget) ||
                               qobject_cast<const QAbstractItemView*>(widget);
            if (!input || widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            if (qobject_cast<const QComboBox*>(widget->parentWidget()) ||
                qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()) || widget->window() != &window() ||
                widget->inherits("QHeaderView"))
                continue;
            bool named = !widget->accessibleName().isEmpty();
            for (const QLabel* label : window().findChildren<QLabel*>()) named = named || label->buddy() == widget;
            if (!named)
                nameless << QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') +
                                QLatin1String(widget->parentWidget()->metaObject()->className());
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    }

    void aSmallWindowIsEnough() {
        window().resize(1024, 700);
        QCoreApplication::processEvents();
        QCOMPARE(window().size(), QSize(1024, 700));
    }

    void anotherLanguageKeepsTheSession() {
        const auto run = bench_->session().view().run();
        const QString pages = window().pages().front()->title();
        bench_->session().settings().setLanguage(QStringLiteral("de"));
        QTRY_VERIFY(window().pages().front()->title() != pages);
        QCOMPARE(bench_->session().view().run(), run);
        QVERIFY(window().isVisible());
        bench_->session().settings().setLanguage(QStringLiteral("en"));
        QTRY_COMPARE(window().pages().front()->title(), pages);
    }

private:
    MainWindow& window() { return bench_->window(); }
    std::filesystem::path run() const { return folder_.filePath(QStringLiteral("run")).toStdString(); }

    const QTemporaryDir folder_;
    std::unique_ptr<Workbench> bench_;
};

QTEST_MAIN(TestWindow)
#include "test_window.moc"
