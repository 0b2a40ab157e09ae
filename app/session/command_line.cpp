// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/command_line.h"

#include <QRegularExpression>
#include <QStringList>

#include "job/gather.h"

namespace octavo::gui {

QString shellWord(const QString& text) {
    static const QRegularExpression harmless(QStringLiteral("^[A-Za-z0-9_./:=@%+,-]+$"));
    if (harmless.match(text).hasMatch()) return text;
    QString quoted = text;
    quoted.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

QString quantizeCommand(const QuantizeRequest& request) {
    const auto word = [](const std::string& text) { return shellWord(QString::fromStdString(text)); };
    const bool plain = to_json(request.recipe) == to_json(Recipe::for_scheme(request.recipe.scheme));
    QString before;
    QStringList line{QStringLiteral("octavo-cli"), QStringLiteral("quantize"), word(request.model.string()),
                     QStringLiteral("--output"), word(request.output.string())};
    if (plain) {
        line << QStringLiteral("--scheme") << word(request.recipe.scheme.name);
    } else {
        before = QStringLiteral("cat > recipe.json <<'RECIPE'\n") +
                 QString::fromStdString(to_json(request.recipe).dump(2)) + QStringLiteral("\nRECIPE\n");
        line << QStringLiteral("--recipe") << QStringLiteral("recipe.json");
    }
    if (request.recipe.needs_data()) {
        const CalibrationOptions& options = request.calibration_options;
        if (!request.calibration_ids.empty())
            line << QStringLiteral("--calibration-ids") << word(request.calibration_ids.string());
        else if (!request.mixture.empty())
            for (const DataSource& part : request.mixture) line << QStringLiteral("--data") << word(to_text(part));
        else if (!request.calibration.empty())
            line << QStringLiteral("--calibration") << word(request.calibration.string());
        line << QStringLiteral("--samples") << QString::number(options.samples) << QStringLiteral("--sequence-length")
             << QString::number(options.sequence_length);
        if (options.packing) line << QStringLiteral("--packing");
        if (options.seed != 42) line << QStringLiteral("--seed") << QString::number(options.seed);
    }
    if (request.threads > 0) line << QStringLiteral("--threads") << QString::number(request.threads);
    if (request.device != "auto") line << QStringLiteral("--device") << word(request.device);
    return before + line.join(QLatin1Char(' '));
}

} // namespace octavo::gui
