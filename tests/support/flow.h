// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include <cstring>
#include <map>
#include <memory>

#include "message_bar.h"
#include "pages.h"
#include "session/session.h"
#include "setup/setup_panel.h"
#include "support/tiny_model.h"
#include "window/actions.h"
#include "window/main_window.h"
#include "window/workbench.h"

/// The real window with settings, runs and exports in a folder of its own, driven as a person would. What it shows is
/// compared with the files that a run left, which are read without the product's code.
class Flow {
public:
    Flow() {
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path("config"));
        qputenv("OCTAVO_DATA", path("data").toUtf8());
        qputenv("OCTAVO_SAMPLE_MODEL", path("no-sample").toUtf8());
    }
    ~Flow() { close(); }

    QString path(const char* name) const { return folder_.filePath(QString::fromUtf8(name)); }
    std::filesystem::path file(const char* name) const { return path(name).toStdString(); }

    /// A window as after a start of the program, in English.
    void start() {
        bench_.reset();
        bench_ = std::make_unique<octavo::gui::Workbench>();
        session().settings().setLanguage(QStringLiteral("en"));
        QCoreApplication::processEvents(); // the change of language builds the window anew
        window().resize(1280, 860);
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
    }
    void close() { bench_.reset(); }
    bool isOpen() const { return bench_ != nullptr; }

    octavo::gui::MainWindow& window() { return bench_->window(); }
    octavo::gui::Session& session() { return bench_->session(); }
    octavo::gui::RunController& controller() { return session().controller(); }
    octavo::gui::Actions& actions() { return window().actions(); }

    void openModel(const QString& folder) {
        session().open(folder);
        QTRY_VERIFY_WITH_TIMEOUT(session().model(), 20000);
    }

    /// The field that a form's label belongs to.
    template <class Field>
    Field* field(QWidget* root, const QString& label) {
        for (const QLabel* one : root->findChildren<QLabel*>())
            if (QString(one->text()).remove(QLatin1Char('&')) == label)
                if (auto* found = qobject_cast<Field*>(one->buddy())) return found;
        return nullptr;
    }

    void setCalibration(int samples, int length) {
        auto* panel = window().findChild<octavo::gui::SetupPanel*>();
        for (const auto& [label, value] : {std::pair("Samples", samples), std::pair("Length", length)}) {
            auto* box = field<QSpinBox>(panel, QLatin1String(label));
            QVERIFY2(box, label);
            box->setValue(value);
            QCOMPARE(box->value(), value);
        }
    }

    /// Presses Quantize in the set-up panel and waits for the end.
    QString quantize(int timeout = 120000) {
        QSignalSpy finished(&controller(), &octavo::gui::RunController::runFinished);
        pressQuantize();
        if (finished.isEmpty() && !finished.wait(timeout)) {
            QTest::qFail("the run did not end", __FILE__, __LINE__);
            return {};
        }
        settle();
        return finished.last().first().toString();
    }

    void pressQuantize() {
        auto* panel = window().findChild<octavo::gui::SetupPanel*>();
        for (auto* button : panel->findChildren<QToolButton*>())
            if (button->defaultAction() == actions().quantize) {
                QVERIFY(button->isEnabled());
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        QFAIL("no button Quantize");
    }

    octavo::gui::Page* page(const char* id) {
        for (octavo::gui::Page* one : window().pages())
            if (one->id() == QLatin1String(id)) {
                window().showPage(one->id());
                settle();
                return one;
            }
        return nullptr;
    }

    static void click(QWidget* root, const QString& text) {
        for (auto* button : root->findChildren<QAbstractButton*>())
            if (QString(button->text()).remove(QLatin1Char('&')) == text) {
                QVERIFY2(button->isEnabled(), qPrintable(text));
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        QFAIL(qPrintable(QStringLiteral("no button ") + text));
    }

    /// Waits until the error bar is there and returns what it says, advice included.
    QString message() {
        for (int i = 0; i < 400 && !window().messages()->isVisible(); ++i) QTest::qWait(25);
        QStringList texts;
        if (window().messages()->isVisible())
            for (const QLabel* label : window().messages()->findChildren<QLabel*>())
                if (!label->text().isEmpty()) texts << label->text();
        return texts.join(QLatin1Char('\n'));
    }

    static void settle() {
        for (int i = 0; i < 4; ++i) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
        QTest::qWait(30);
    }

private:
    const QTemporaryDir folder_;
    std::unique_ptr<octavo::gui::Workbench> bench_;
};

inline QJsonObject readJson(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

inline QJsonObject runJson(const QString& run) { return readJson(run + QStringLiteral("/run.json")); }

using Arrays = std::map<std::string, std::vector<float>>;

/// statistics.safetensors of a run by "<owner>/<statistic>".
inline Arrays readArrays(const QString& run) {
    Arrays out;
    for (const auto& [name, tensor] :
         tiny::read_safetensors((run + QStringLiteral("/statistics.safetensors")).toStdString())) {
        std::vector<float> values(tensor.bytes.size() / 4);
        std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
        out[name] = std::move(values);
    }
    return out;
}

inline std::string arrayName(int layer, const char* owner, const char* statistic) {
    return "model.layers." + std::to_string(layer) + "." + owner + "/" + statistic;
}

/// Names below a folder that a run may have left half-written.
inline QStringList entriesOf(const QString& folder) {
    return QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System);
}
