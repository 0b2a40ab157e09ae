// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sample_model.h"

#include <QDir>
#include <QFileInfo>

#include "base/resources.h"

namespace octavo::gui {

QString sampleModelFolder() {
    if (const QString own = qEnvironmentVariable("OCTAVO_SAMPLE_MODEL"); !own.isEmpty()) return own;
    return QString::fromStdString((data_home() / "models" / "SmolLM2-135M-Instruct").string());
}

QString sampleModelSource() {
    if (const QString own = qEnvironmentVariable("OCTAVO_SAMPLE_GGUF"); QFileInfo::exists(own)) return own;
    const QDir folder(QString::fromStdString((data_home() / "models").string()));
    const QStringList files = folder.entryList({QStringLiteral("*.gguf")}, QDir::Files);
    return files.isEmpty() ? QString() : folder.filePath(files.front());
}

} // namespace octavo::gui
