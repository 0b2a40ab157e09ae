// SPDX-License-Identifier: GPL-3.0-or-later
#include "setup/mixture_dialog.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "session/session.h"

namespace octavo::gui {

namespace {

enum Column { SourceColumn, WeightColumn, ShareColumn };
constexpr int kindRole = Qt::UserRole, fileRole = Qt::UserRole + 1;

} // namespace

QString dataSetFilter() { return MixtureDialog::tr("Data sets (*.jsonl *.json *.parquet *.txt);;All files (*)"); }

MixtureDialog::MixtureDialog(Session& session, QWidget* parent) : QDialog(parent), m_session(session) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Calibration data from several sources"));
    resize(560, 320);
    auto* layout = new QVBoxLayout(this);
    auto* hint = new QLabel(tr("Samples are taken from each by its weight and shuffled together."), this);
    hint->setWordWrap(true);
    layout->addWidget(hint);
    m_parts = new QTableWidget(0, 3, this);
    m_parts->setHorizontalHeaderLabels({tr("source"), tr("weight"), tr("share")});
    m_parts->setAccessibleName(windowTitle());
    m_parts->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_parts->setTabKeyNavigation(false);
    m_parts->verticalHeader()->hide();
    m_parts->horizontalHeader()->setSectionResizeMode(SourceColumn, QHeaderView::Stretch);
    layout->addWidget(m_parts, 1);
    auto* row = new QHBoxLayout;
    const auto button = [&](const QString& text, auto&& pressed) {
        auto* made = new QPushButton(text, this);
        connect(made, &QPushButton::clicked, this, pressed);
        row->addWidget(made);
        return made;
    };
    button(tr("Add files…"), [this] {
        for (const QString& file : QFileDialog::getOpenFileNames(this, windowTitle(), {}, dataSetFilter()))
            add({.kind = DataSource::Kind::file, .file = file.toStdString()});
    });
    button(tr("Add built-in chats"), [this] { add({.kind = DataSource::Kind::built_in}); });
    button(tr("Add text that the model writes"), [this] { add({.kind = DataSource::Kind::self}); });
    row->addStretch(1);
    m_remove = button(tr("Remove"), [this] {
        m_parts->removeRow(m_parts->currentRow());
        showShares();
    });
    layout->addLayout(row);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_use = buttons->button(QDialogButtonBox::Ok);
    connect(buttons, &QDialogButtonBox::accepted, this, &MixtureDialog::apply);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    const QuantizeRequest& request = session.request();
    for (const DataSource& part : request.mixture) add(part);
    if (request.mixture.empty() && !request.calibration.empty())
        add({.kind = DataSource::Kind::file, .file = request.calibration});
    if (request.mixture.empty() && request.calibration.empty()) add({.kind = DataSource::Kind::built_in});
    showShares();
}

void MixtureDialog::add(const DataSource& source) {
    const int row = m_parts->rowCount();
    m_parts->insertRow(row);
    const bool file = source.kind == DataSource::Kind::file;
    const QString path = QString::fromStdString(source.file.string());
    auto* name = new QTableWidgetItem(file                                        ? QFileInfo(path).fileName()
                                      : source.kind == DataSource::Kind::built_in ? tr("Built-in chats")
                                                                                  : tr("Text that the model writes"));
    name->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    name->setToolTip(path);
    name->setData(kindRole, static_cast<int>(source.kind));
    name->setData(fileRole, path);
    m_parts->setItem(row, SourceColumn, name);
    auto* weight = new QDoubleSpinBox(m_parts);
    weight->setRange(0.01, 10000);
    weight->setDecimals(2);
    weight->setValue(source.weight);
    weight->setFrame(false);
    weight->setAccessibleName(tr("Weight of %1").arg(name->text()));
    connect(weight, &QDoubleSpinBox::valueChanged, this, &MixtureDialog::showShares);
    m_parts->setCellWidget(row, WeightColumn, weight);
    auto* share = new QTableWidgetItem;
    share->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    share->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_parts->setItem(row, ShareColumn, share);
    m_parts->setCurrentCell(row, SourceColumn);
    showShares();
}

void MixtureDialog::showShares() {
    const auto weight = [this](int row) {
        return qobject_cast<QDoubleSpinBox*>(m_parts->cellWidget(row, WeightColumn))->value();
    };
    double total = 0;
    for (int row = 0; row < m_parts->rowCount(); ++row) total += weight(row);
    for (int row = 0; row < m_parts->rowCount(); ++row)
        if (QTableWidgetItem* share = m_parts->item(row, ShareColumn))
            share->setText(tr("%1 %").arg(QLocale().toString(100 * weight(row) / total, 'f', 1)));
    m_remove->setEnabled(m_parts->rowCount() > 0);
    m_use->setEnabled(m_parts->rowCount() > 0);
}

void MixtureDialog::apply() {
    std::vector<DataSource> parts;
    for (int row = 0; row < m_parts->rowCount(); ++row) {
        const QTableWidgetItem* item = m_parts->item(row, SourceColumn);
        parts.push_back({.kind = static_cast<DataSource::Kind>(item->data(kindRole).toInt()),
                         .file = item->data(fileRole).toString().toStdString(),
                         .weight = qobject_cast<QDoubleSpinBox*>(m_parts->cellWidget(row, WeightColumn))->value()});
    }
    QuantizeRequest& request = m_session.request();
    request.calibration.clear();
    // A single file is asked for as one, so that it is tried at once and its errors are told here.
    if (parts.size() == 1 && parts.front().kind != DataSource::Kind::self) {
        request.mixture.clear();
        if (parts.front().kind == DataSource::Kind::file)
            m_session.openDataset(QString::fromStdString(parts.front().file.string()));
    } else {
        request.mixture = std::move(parts);
    }
    m_session.touchRequest();
    accept();
}

} // namespace octavo::gui
