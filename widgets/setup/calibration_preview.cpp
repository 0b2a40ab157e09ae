// SPDX-License-Identifier: GPL-3.0-or-later
#include "setup/calibration_preview.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

#include "job/gather.h"
#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {

namespace {

constexpr std::size_t shownSamples = 200;

struct Preview {
    struct Row {
        QString text;
        qsizetype tokens = 0;
    };
    std::vector<Row> rows;
    DatasetRecord record;
    std::vector<Message> notes;
};

/// Decodes the very rows that would be run, so what is read here is what is measured.
Preview readPreview(const std::string& model, const QuantizeRequest& request, const std::stop_token& stop) {
    const Tokenizer tokenizer(model);
    const CalibrationSet set = read_calibration(request, tokenizer, stop);
    Preview out;
    out.record = set.record;
    out.notes = set.notes;
    for (const auto& row : set.rows) {
        if (stop.stop_requested() || out.rows.size() >= shownSamples) break;
        out.rows.push_back({QString::fromStdString(tokenizer.decode(row)), static_cast<qsizetype>(row.size())});
    }
    return out;
}

} // namespace

CalibrationPreview::CalibrationPreview(Session& session, QWidget* parent) : QDialog(parent), m_session(session) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Calibration data"));
    resize(860, 560);
    auto* layout = new QVBoxLayout(this);
    m_summary = new QLabel(tr("Rendering and tokenising …"), this);
    m_summary->setWordWrap(true);
    layout->addWidget(m_summary);
    auto* splitter = new QSplitter(this);
    m_list = new QListWidget(splitter);
    m_list->setAccessibleName(tr("Samples"));
    m_text = new QPlainTextEdit(splitter);
    m_text->setAccessibleName(tr("Rendered text of the sample"));
    m_text->setReadOnly(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    splitter->addWidget(m_list);
    splitter->addWidget(m_text);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({240, 620});
    layout->addWidget(splitter, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        m_text->setPlainText(item ? item->data(Qt::UserRole).toString() : QString());
    });
    load();
}

void CalibrationPreview::load() {
    const auto model = m_session.model();
    if (!model) return;
    m_session.controller().request<Preview>(
        Lane::desk, QStringLiteral("calibration-preview"), this,
        [path = model->path.toStdString(), request = m_session.request()](std::stop_token stop) {
            return readPreview(path, request, stop);
        },
        [this](const Preview& preview) {
            const QLocale locale;
            QString text = tr("%1 rows, %2 tokens from %3, %4, seed %5.")
                               .arg(locale.toString(static_cast<qlonglong>(preview.record.samples)),
                                    locale.toString(static_cast<qlonglong>(preview.record.tokens)),
                                    QString::fromStdString(preview.record.source),
                                    preview.record.packed ? tr("packed") : tr("one sample per row"))
                               .arg(preview.record.seed);
            for (const Message& note : preview.notes) text += QLatin1Char('\n') + translated(note);
            m_summary->setText(text);
            int number = 0;
            for (const Preview::Row& row : preview.rows) {
                const QString start = row.text.simplified().left(80);
                auto* item = new QListWidgetItem(tr("%1 · %2 tokens").arg(++number).arg(row.tokens), m_list);
                item->setToolTip(start);
                item->setData(Qt::UserRole, row.text);
            }
            m_list->setCurrentRow(0);
        },
        [this](const Problem& problem) {
            m_summary->setText(translated(problem.message) + QLatin1Char('\n') + translated(problem.advice));
        });
}

} // namespace octavo::gui
