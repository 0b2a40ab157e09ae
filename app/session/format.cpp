// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <array>
#include <cmath>
#include <set>

#include "report/run_record.h"

namespace octavo::gui {

namespace {

const QString dash = QStringLiteral("–");

struct Format {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

/// A number of the core ("0.12", "0.0112 ± 0.0003") as the language writes it; everything else stays as it is. Names
/// and versions are no such numbers: they have letters, or more than one point.
QString localNumber(const std::string& argument) {
    static const QRegularExpression number(QStringLiteral("^-?[0-9]+\\.[0-9]+( ± [0-9]+\\.[0-9]+)?$"));
    QString text = QString::fromStdString(argument);
    const QString point = QLocale().decimalPoint();
    if (point != QLatin1String(".") && number.match(text).hasMatch()) text.replace(QLatin1Char('.'), point);
    return text;
}

/// Position of the layer's number in "….layers.12.…": begins and ends of its parts; empty when there is none.
struct LayerName {
    QString layer, rest;
};

LayerName split(const QString& name) {
    const QString key = QStringLiteral("layers.");
    const qsizetype at = name.indexOf(key);
    if (at < 0) return {};
    const qsizetype begin = at + key.size();
    const qsizetype dot = name.indexOf(QLatin1Char('.'), begin);
    if (dot < 0) return {};
    bool number = false;
    name.mid(begin, dot - begin).toInt(&number);
    if (!number) return {};
    return {name.mid(begin, dot - begin), name.mid(dot + 1)};
}

} // namespace

QString bytesText(std::uint64_t bytes) {
    static constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    return QLocale().toString(value, 'f', unit == 0 ? 0 : 1) + QChar(0x00a0) + QLatin1String(units[unit]);
}

QString durationText(double seconds) {
    if (!(seconds >= 0)) return dash;
    const auto whole = static_cast<qint64>(seconds + 0.5);
    const QLatin1Char zero('0');
    const QString tail = QStringLiteral("%1").arg(whole % 60, 2, 10, zero);
    if (whole < 3600) return QStringLiteral("%1:%2").arg(whole / 60).arg(tail);
    return QStringLiteral("%1:%2:%3").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, zero).arg(tail);
}

QString roughDurationText(double seconds) {
    if (!(seconds >= 0)) return dash;
    const auto whole = static_cast<qint64>(seconds + 0.5);
    if (whole < 1) return Format::tr("under 1 s");
    if (whole < 90) return Format::tr("%1 s").arg(whole);
    if (whole < 3600) return Format::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return Format::tr("%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60);
}

QString numberText(double value, int significantDigits) {
    if (std::isnan(value)) return dash;
    if (std::isinf(value)) return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    if (value == 0) return QLocale().toString(0);
    const double magnitude = std::floor(std::log10(std::abs(value)));
    if (magnitude < -4 || magnitude > 6) return QLocale().toString(value, 'e', std::max(significantDigits - 1, 0));
    const int decimals = std::max(significantDigits - 1 - static_cast<int>(magnitude), 0);
    return QLocale().toString(value, 'f', decimals);
}

QString countText(double value) {
    if (value >= 1e9) return Format::tr("%1 B", "billions, of parameters").arg(QLocale().toString(value / 1e9, 'f', 1));
    if (value >= 1e6) return Format::tr("%1 M", "millions, of parameters").arg(QLocale().toString(value / 1e6, 'f', 1));
    return QLocale().toString(static_cast<qint64>(value));
}

QString withinLayer(const QString& name) {
    const LayerName parts = split(name);
    return parts.layer.isEmpty() ? name.section(QLatin1Char('.'), -1) : parts.rest;
}

QString layerLabel(const QString& name) {
    const LayerName parts = split(name);
    if (parts.layer.isEmpty()) return name;
    return parts.layer + QStringLiteral(" · ") + siteKindLabel(parts.rest);
}

QString schemesText(const RunRecord& record) {
    std::set<std::string> used;
    for (const MatrixReport& matrix : record.layers)
        if (!matrix.scheme.empty()) used.insert(matrix.scheme);
    QStringList names;
    for (const std::string& scheme : used) names << QString::fromStdString(scheme);
    if (!names.isEmpty()) return names.join(QStringLiteral(" + "));
    const auto scheme = record.recipe.is_object() ? record.recipe.find("scheme") : record.recipe.end();
    if (scheme == record.recipe.end()) return {};
    if (scheme->is_string()) return QString::fromStdString(scheme->get<std::string>());
    const bool named = scheme->is_object() && scheme->contains("name") && scheme->at("name").is_string();
    return named ? QString::fromStdString(scheme->at("name").get<std::string>()) : QString();
}

QString siteKindLabel(const QString& kind) {
    static const QRegularExpression expert(
        QStringLiteral("^(?:experts\\.([0-9]+)|shared_expert)\\.((?:mlp|down)_input)$"));
    if (const auto match = expert.match(kind); match.hasMatch()) {
        const QString input = siteKindLabel(match.captured(2));
        return match.captured(1).isEmpty() ? Format::tr("shared expert: %1").arg(input)
                                           : Format::tr("expert %1: %2").arg(match.captured(1), input);
    }
    if (kind == QLatin1String("attention_input")) return Format::tr("attention input (q, k, v)");
    if (kind == QLatin1String("output_input")) return Format::tr("output projection input (o)");
    if (kind == QLatin1String("mlp_input")) return Format::tr("MLP input (gate, up)");
    if (kind == QLatin1String("down_input")) return Format::tr("down projection input (down)");
    if (kind == QLatin1String("query_latent")) return Format::tr("latent of the queries (q_b)");
    if (kind == QLatin1String("key_value_latent")) return Format::tr("latent of keys and values (kv_b)");
    return kind;
}

QString translated(const Message& message) {
    const QString text = QCoreApplication::translate("core", message.text.c_str());
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool place = text[i] == QLatin1Char('%') && i + 1 < text.size() && text[i + 1] >= QLatin1Char('1') &&
                           text[i + 1] <= QLatin1Char('9');
        const std::size_t index = place ? static_cast<std::size_t>(text[i + 1].unicode() - u'1') : 0;
        if (place && index < message.arguments.size()) {
            out += index < message.parts.size() && !message.parts[index].empty()
                       ? translated(message.parts[index])
                       : localNumber(message.arguments[index]);
            ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

QString gpuLabel(const TargetGpu& gpu) {
    return QStringLiteral("%1 (%2.%3)")
        .arg(QString::fromStdString(gpu.name))
        .arg(gpu.capability.major)
        .arg(gpu.capability.minor);
}

} // namespace octavo::gui
