// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPixmap>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

#include "base/resources.h"
#include "dialogs/dialogs.h"
#include "style/versions.h"

namespace octavo::gui {

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("About Octavo"));
    resize(600, 440);
    auto* icon = new QLabel(this);
    icon->setPixmap(QIcon(QStringLiteral(":/icons/octavo.svg")).pixmap(QSize(56, 56), devicePixelRatioF()));
    auto* head = new QLabel(tr("<b>Octavo %1</b><br>Quantizes language models for vLLM and shows what it did.<br>GNU "
                               "General Public License, version 3 or later; there is no warranty.")
                                .arg(QString::fromLatin1(octavo::version())),
                            this);
    head->setWordWrap(true);
    auto* top = new QHBoxLayout;
    top->setSpacing(16);
    top->addWidget(icon, 0, Qt::AlignTop);
    top->addWidget(head, 1);

    auto* parts = new QTextBrowser(this);
    parts->setAccessibleName(tr("Parts and their licences"));
    parts->setOpenExternalLinks(true);
    QString rows;
    const auto add = [&rows](const QString& name, const QString& version, const QString& licence) {
        rows += QStringLiteral(
                    "<tr><td>%1</td><td style='padding-left:16px'>%2</td><td style='padding-left:16px'>%3</td></tr>")
                    .arg(name.toHtmlEscaped(), version.toHtmlEscaped(), licence.toHtmlEscaped());
    };
    add(QStringLiteral("Qt"), QString::fromLatin1(qVersion()), QStringLiteral("LGPL-3.0"));
    add(QStringLiteral("QCustomPlot"), plotVersion(), QStringLiteral("GPL-3.0-or-later"));
    add(QStringLiteral("LibTorch"), tr("loaded by the first job"), QStringLiteral("BSD-3-Clause"));
    add(QStringLiteral("JSON for Modern C++"),
        QStringLiteral("%1.%2.%3")
            .arg(NLOHMANN_JSON_VERSION_MAJOR)
            .arg(NLOHMANN_JSON_VERSION_MINOR)
            .arg(NLOHMANN_JSON_VERSION_PATCH),
        QStringLiteral("MIT"));
    add(QStringLiteral("SentencePiece"), QStringLiteral(OCTAVO_VERSION_SENTENCEPIECE), QStringLiteral("Apache-2.0"));
    add(QStringLiteral("tokenizers"), QStringLiteral(OCTAVO_VERSION_TOKENIZERS), QStringLiteral("Apache-2.0"));
    add(QStringLiteral("minijinja"), QStringLiteral(OCTAVO_VERSION_MINIJINJA), QStringLiteral("Apache-2.0"));
    add(QStringLiteral("onig"), QStringLiteral(OCTAVO_VERSION_ONIG), tr("MIT; Oniguruma itself BSD-2-Clause"));
    add(tr("CUDA runtime"), tr("where the build has it"), tr("NVIDIA EULA"));
    parts->setHtml(
        tr("<p>QCustomPlot is under the GNU General Public License, version 3 or later, therefore the whole program "
           "is.</p>") +
        QStringLiteral("<table><tr><th align='left'>%1</th><th align='left' style='padding-left:16px'>%2</th><th "
                       "align='left' style='padding-left:16px'>%3</th></tr>%4</table>")
            .arg(tr("Part"), tr("Version"), tr("Licence"), rows));

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(14);
    layout->addLayout(top);
    layout->addWidget(parts, 1);
    layout->addWidget(buttons);
}

} // namespace octavo::gui
