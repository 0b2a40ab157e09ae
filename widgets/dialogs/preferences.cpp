// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include "dialogs/dialogs.h"
#include "session/session.h"
#include "style/icons.h"

namespace octavo::gui {

namespace {

/// A line edit with a button that asks for a folder or a file. The line edit is the buddy of the form's label.
QLineEdit* addPath(QFormLayout* form, const QString& label, const QString& value, bool folder, QWidget* parent) {
    auto* edit = new QLineEdit(value, parent);
    edit->setMinimumWidth(320);
    edit->setAccessibleName(label);
    auto* choose = new QToolButton(parent);
    choose->setIcon(themedIcon(QStringLiteral("folder")));
    choose->setToolTip(PreferencesDialog::tr("Choose…"));
    choose->setAccessibleName(PreferencesDialog::tr("Choose: %1").arg(label));
    QObject::connect(choose, &QToolButton::clicked, parent, [edit, folder, parent, label] {
        const QString path = folder ? QFileDialog::getExistingDirectory(parent, label, edit->text())
                                    : QFileDialog::getOpenFileName(parent, label, edit->text());
        if (!path.isEmpty()) edit->setText(path);
    });
    auto* row = new QHBoxLayout;
    row->addWidget(edit, 1);
    row->addWidget(choose);
    form->addRow(label, row);
    return edit;
}

QComboBox* addChoice(QFormLayout* form, const QString& label, const QList<std::pair<QString, QString>>& entries,
                     const QString& current, QWidget* parent) {
    auto* box = new QComboBox(parent);
    for (const auto& [text, value] : entries) box->addItem(text, value);
    box->setCurrentIndex(std::max(box->findData(current), 0));
    form->addRow(label, box);
    return box;
}

QSpinBox* addNumber(QFormLayout* form, const QString& label, int low, int high, int value, const QString& special,
                    QWidget* parent) {
    auto* box = new QSpinBox(parent);
    box->setRange(low, high);
    box->setSpecialValueText(special);
    box->setValue(value);
    form->addRow(label, box);
    return box;
}

} // namespace

PreferencesDialog::PreferencesDialog(Session& session, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Preferences"));
    Settings& settings = session.settings();
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* language = addChoice(form, tr("Language"),
                               {{tr("As the system"), {}},
                                {QStringLiteral("English"), QStringLiteral("en")},
                                {QStringLiteral("Deutsch"), QStringLiteral("de")},
                                {QStringLiteral("简体中文"), QStringLiteral("zh_CN")}},
                               settings.language(), this);
    auto* appearance = addChoice(
        form, tr("Appearance"),
        {{tr("As the system"), {}}, {tr("Light"), QStringLiteral("light")}, {tr("Dark"), QStringLiteral("dark")}},
        settings.appearance(), this);
    auto* digits = addNumber(form, tr("Significant digits"), 2, 6, settings.decimals(), {}, this);
    QList<std::pair<QString, QString>> devices{{tr("Automatic"), QStringLiteral("auto")},
                                               {tr("CPU"), QStringLiteral("cpu")}};
    if (session.hardware())
        for (const CudaDevice& device : session.hardware()->devices)
            devices << std::pair(QString::fromStdString(device.name), QStringLiteral("cuda:%1").arg(device.index));
    auto* device = addChoice(form, tr("Compute on"), devices, settings.device(), this);
    auto* threads = addNumber(form, tr("Threads"), 0, 1024, settings.threads(), tr("all"), this);
    auto* windows = addNumber(form, tr("Windows measured after a run"), 0, 100000, settings.evaluationWindows(),
                              tr("the whole text"), this);
    auto* runs = addPath(form, tr("Folder of runs"), settings.runFolder(), true, this);
    auto* exports = addPath(form, tr("Folder of exports"), settings.exportFolder(), true, this);
    auto* vllm = addPath(form, tr("vLLM program"), settings.vllm(), false, this);
    vllm->setPlaceholderText(tr("found on the PATH"));

    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    if (!settings.writable()) {
        auto* note =
            new QLabel(tr("The settings file cannot be written: changes hold until the window is closed."), this);
        note->setWordWrap(true);
        layout->addWidget(note);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [=, this, &settings] {
        settings.setDecimals(digits->value());
        settings.setDevice(device->currentData().toString());
        settings.setThreads(threads->value());
        settings.setEvaluationWindows(windows->value());
        settings.setRunFolder(runs->text());
        settings.setExportFolder(exports->text());
        settings.setVllm(vllm->text());
        settings.setAppearance(appearance->currentData().toString());
        accept();
        settings.setLanguage(language->currentData().toString()); // last: it replaces the window
    });
}

} // namespace octavo::gui
