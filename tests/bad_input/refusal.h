// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QtTest>

#include <functional>
#include <set>

#include "support/tiny_model.h"

/// One way to spoil an input, and what the message has to name.
struct Spoiled {
    const char* name;
    std::function<void(const tiny::fs::path& root)> spoil;
    QStringList words;          ///< all of them appear on standard error
    QStringList arguments = {}; ///< besides model, output and run folder; "ROOT" stands for the test's folder
};

/// A folder with an intact tiny model, and the built program to be driven against what was done to it.
class Refusal {
public:
    Refusal() : root_(directory_.path().toStdString()) { tiny::write(root_ / "model"); }

    const tiny::fs::path& root() const { return root_; }

    int run(QStringList arguments) {
        for (QString& argument : arguments) argument.replace("ROOT", directory_.path());
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("OCTAVO_DATA", directory_.filePath("data"));
        process.setProcessEnvironment(environment);
        process.start(qEnvironmentVariable("OCTAVO_CLI"), arguments);
        if (!process.waitForFinished(120000)) {
            process.kill();
            process.waitForFinished();
            return -1;
        }
        error_ = process.readAllStandardError();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

    /// quantize with these arguments; small calibration, the CPU.
    int quantize(const QStringList& arguments) {
        return run(QStringList{"quantize", "ROOT/model", "--output", "ROOT/out", "--run-directory", "ROOT/run",
                               "--device", "cpu", "--samples", "4", "--sequence-length", "32"} +
                   arguments);
    }

    /// Empty when the message names everything in `words` and gives advice, else what is wrong with it.
    QString missing_in_message(const QStringList& words) const {
        const QString text = QString::fromUtf8(error_);
        for (const QString& word : words)
            if (!text.contains(word)) return "\"" + word + "\" is not in:\n" + text;
        if (!text.contains("  advice: ")) return "no advice in:\n" + text;
        if (text.contains("should not have happened")) return text;
        return {};
    }

    QByteArray error() const { return error_; }

    /// Names in the root, hidden ones included.
    std::set<std::string> names() const {
        std::set<std::string> out;
        for (const auto& entry : tiny::fs::directory_iterator(root_)) out.insert(entry.path().filename().string());
        return out;
    }

private:
    QTemporaryDir directory_;
    tiny::fs::path root_;
    QByteArray error_;
};

inline bool program_is_there() { return QFileInfo(qEnvironmentVariable("OCTAVO_CLI")).isExecutable(); }

/// Replaces keys of config.json.
inline void change_config(const tiny::fs::path& root, const tiny::Json& changes) {
    tiny::Json config = tiny::Json::parse(tiny::read_text(root / "model/config.json"));
    config.update(changes);
    tiny::write_text(root / "model/config.json", config.dump());
}

/// A safetensors file with this header text and the data of the intact one.
inline void replace_header(const tiny::fs::path& root, const std::function<std::string(tiny::Json)>& changed) {
    const tiny::fs::path file = root / "model/model.safetensors";
    const std::string whole = tiny::read_text(file);
    std::uint64_t size = 0;
    std::memcpy(&size, whole.data(), 8);
    std::string text = changed(tiny::Json::parse(whole.substr(8, size)));
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const std::uint64_t length = text.size();
    tiny::write_text(file, std::string(reinterpret_cast<const char*>(&length), 8) + text + whole.substr(8 + size));
}

/// Sets number `index` of a tensor to these bits (of the low two bytes of BF16).
inline void set_value(const tiny::fs::path& root, const std::string& name, std::size_t index, std::uint16_t bits) {
    tiny::Tensors tensors = tiny::read_safetensors(root / "model/model.safetensors");
    for (auto& [found, tensor] : tensors)
        if (found == name) std::memcpy(tensor.bytes.data() + 2 * index, &bits, 2);
    tiny::write_safetensors(root / "model/model.safetensors", tensors);
}
