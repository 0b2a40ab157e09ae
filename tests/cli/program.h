// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

#include "support/tiny_model.h"

/// What octavo-cli left: its exit code (−1 when it crashed or did not end) and what it printed.
struct Result {
    int code = -1;
    QByteArray out, err;
    tiny::Json json() const { return tiny::Json::parse(out.toStdString(), nullptr, false); }
};

/// Runs octavo-cli; its runs are kept below `data`.
inline Result run_program(const QStringList& arguments, const QString& data, int milliseconds = 120000) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("OCTAVO_DATA", data);
    process.setProcessEnvironment(environment);
    process.start(qEnvironmentVariable("OCTAVO_CLI"), arguments);
    Result result;
    if (!process.waitForFinished(milliseconds)) {
        process.kill();
        process.waitForFinished();
        return result;
    }
    result.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}
