// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <memory>

#include "session/session.h"
#include "support/synthetic_run.h"

namespace octavo::testing {

inline std::filesystem::path path_in(const QTemporaryDir& folder, const char* name) {
    return folder.filePath(QLatin1String(name)).toStdString();
}

/// A session whose settings and data lie in `folder`, so that it neither sees nor leaves anything of the user's.
inline std::unique_ptr<gui::Session> session_in(const QTemporaryDir& folder) {
    QStandardPaths::setTestModeEnabled(true);
    qputenv("OCTAVO_DATA", folder.filePath(QStringLiteral("data")).toUtf8());
    return std::make_unique<gui::Session>();
}

} // namespace octavo::testing
