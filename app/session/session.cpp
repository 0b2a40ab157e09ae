// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/session.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

#include "checkpoint/gguf.h"
#include "session/command_line.h"
#include "session/format.h"
#include "session/model_info.h"
#include "session/sample_model.h"

namespace octavo::gui {

namespace fs = std::filesystem;

namespace {

constexpr int liveMilliseconds = 300;
constexpr qint64 largestTriedDataset = 32 << 20;

fs::path toPath(const QString& text) { return text.toStdString(); }

/// What a dropped or given path is.
enum class Kind { model, run, dataset };

Kind kindOf(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir()) return QFileInfo::exists(path + QStringLiteral("/run.json")) ? Kind::run : Kind::model;
    const QString suffix = info.suffix().toLower();
    if (info.fileName() == QLatin1String("run.json") || info.fileName() == QLatin1String("statistics.safetensors"))
        return Kind::run;
    if (info.fileName() == QLatin1String("config.json") || suffix == QLatin1String("safetensors")) return Kind::model;
    return Kind::dataset;
}

} // namespace

Session::Session(QObject* parent) : QObject(parent), m_history(m_controller) {
    m_history.setFolder(m_settings.runFolder());
    connect(&m_settings, &Settings::changed, this, [this] { m_history.setFolder(m_settings.runFolder()); });
    m_request.calibration_options.samples = 64;
    m_request.calibration_options.sequence_length = 512;
    m_recipe.reset(Recipe::for_scheme(preset("W8A8")));
    connect(&m_recipe, &RecipeEditor::changed, this, &Session::updateForecast);
    connect(this, &Session::requestChanged, this, &Session::updateForecast);
    connect(this, &Session::targetChanged, this, &Session::updateForecast);
    connectController();
    m_controller.request<Hardware>(
        Lane::desk, QStringLiteral("hardware"), this, [](std::stop_token) { return detect_hardware(); },
        [this](const Hardware& hardware) {
            m_hardware = std::make_shared<const Hardware>(hardware);
            Q_EMIT hardwareChanged();
            Q_EMIT targetChanged();
        });
}

Session::~Session() = default;

void Session::connectController() {
    connect(&m_controller, &RunController::runStarted, this, [this](const QuantizeRequest& request) {
        m_shownBefore = m_view.run();
        m_runningModel = QString::fromStdString(request.model.string());
        const int layers = m_model && m_model->config ? m_model->config->layers
                           : m_shownBefore            ? m_shownBefore->record.model.layers
                                                      : 0;
        m_view.beginLive(QString::fromStdString(request.model.filename().string()),
                         QString::fromStdString(request.recipe.scheme.name), layers);
    });
    connect(&m_controller, &RunController::logged, &m_log, &LogBuffer::add);
    connect(&m_controller, &RunController::phaseFinished, this, [this](const QString& phase, double seconds) {
        m_log.add(LogLevel::info, msg("Phase %1: %2 s", phase.toStdString(), seconds));
    });
    connect(&m_controller, &RunController::failed, this, [this](const Problem& problem) {
        m_log.add(LogLevel::error, problem.message);
        m_log.add(LogLevel::info, problem.advice);
    });
    connect(&m_controller, &RunController::matrixFinished, &m_view, &RunView::addReport);
    connect(&m_controller, &RunController::sensitivityMeasured, this,
            [this](const SensitivityRow& row) { m_view.addSensitivity(m_controller.runFolder(), row); });
    connect(&m_controller, &RunController::sensitivityFinished, &m_view, &RunView::reloadSensitivity);
    // However many arrays come in: the folder is looked at a few times a second.
    m_liveTimer.setSingleShot(true);
    m_liveTimer.setInterval(liveMilliseconds);
    connect(&m_liveTimer, &QTimer::timeout, this, &Session::readLiveStatistics);
    connect(&m_controller, &RunController::statisticsSaved, this, [this](const QString& folder) {
        m_liveFolder = folder;
        if (!m_liveTimer.isActive()) m_liveTimer.start();
    });
    // The export is whole when its measurement begins: everything but the metrics can be shown.
    connect(&m_controller, &RunController::phaseStarted, this, [this](const QString& phase) {
        if (phase == QLatin1String("evaluate") && m_view.isLive()) openRun(m_controller.runFolder());
    });
    connect(&m_controller, &RunController::runFinished, this, &Session::endRun);
}

std::optional<TargetGpu> Session::targetGpu() const {
    if (m_target || !m_hardware || m_hardware->devices.empty()) return m_target;
    const CudaDevice& device = m_hardware->devices.front();
    return TargetGpu{device.name, device.capability, device.memory_bytes, 0, 0};
}

ComputeCapability Session::targetCapability() const {
    const std::optional<TargetGpu> gpu = targetGpu();
    return gpu ? gpu->capability : ComputeCapability();
}

QString Session::targetName() const {
    if (m_target) return gpuLabel(*m_target);
    if (!m_hardware) return tr("this machine");
    if (m_hardware->devices.empty()) return tr("this machine (CPU)");
    const CudaDevice& device = m_hardware->devices.front();
    return tr("this machine (%1, %2.%3)", "%1 = GPU name, %2.%3 = compute capability")
        .arg(QString::fromStdString(device.name))
        .arg(device.capability.major)
        .arg(device.capability.minor);
}

void Session::setTarget(const std::optional<TargetGpu>& target) {
    m_target = target;
    Q_EMIT targetChanged();
}

void Session::setServingContext(std::int64_t tokens) {
    if (tokens == m_context) return;
    m_context = tokens;
    Q_EMIT targetChanged();
}

void Session::openModel(const QString& folder) {
    Q_EMIT busy(tr("Opening %1 …").arg(QDir(folder).dirName()));
    m_controller.request<std::shared_ptr<const ModelInfo>>(
        Lane::desk, QStringLiteral("open-model"), this,
        [path = toPath(folder)](std::stop_token) { return readModelInfo(path); },
        [this](const std::shared_ptr<const ModelInfo>& model) {
            Q_EMIT busy({});
            useModel(model);
        },
        [this](const Problem& problem) {
            Q_EMIT busy({});
            Q_EMIT m_controller.failed(problem);
        });
}

void Session::useModel(std::shared_ptr<const ModelInfo> model) {
    m_model = std::move(model);
    m_settings.addRecentModel(m_model->path);
    m_request.model = toPath(m_model->path);
    m_request.output.clear(); // named after model and scheme when the run starts
    if (const std::int64_t context = m_model->config ? m_model->config->context : 0; context > 0) {
        std::size_t& length = m_request.calibration_options.sequence_length;
        length = std::min(length, static_cast<std::size_t>(context));
    }
    // Pictures of another model's run would answer the wrong question.
    const RunRecord* record = m_view.record();
    if ((record && record->model.fingerprint != m_model->fingerprint.toStdString()) ||
        (m_view.isLive() && m_model->path != m_runningModel))
        m_view.show(nullptr);
    m_recipe.setModules(m_model->modules);
    updateSelectable();
    Q_EMIT modelChanged();
    Q_EMIT requestChanged();
}

void Session::openRun(const QString& folder, const std::shared_ptr<const Run>& otherwise) {
    const QString name = QFileInfo(folder).isDir() ? folder : QFileInfo(folder).absolutePath();
    Q_EMIT busy(tr("Opening %1 …").arg(QDir(name).dirName()));
    m_controller.request<std::shared_ptr<const Run>>(
        Lane::desk, QStringLiteral("open-run"), this,
        [path = toPath(name)](std::stop_token) { return std::make_shared<const Run>(Run::open(path)); },
        [this, otherwise](const std::shared_ptr<const Run>& run) {
            Q_EMIT busy({});
            // A run that was cancelled before its first matrix has nothing to show.
            useRun(otherwise && run->record.layers.empty() && run->record.status != "done" ? otherwise : run);
        },
        [this](const Problem& problem) {
            Q_EMIT busy({});
            Q_EMIT m_controller.failed(problem);
        });
}

void Session::useRun(std::shared_ptr<const Run> run) {
    const RunRecord& record = run->record;
    const QString folder = QString::fromStdString(run->folder.string());
    m_settings.addRecentRun(folder);
    m_history.add(folder);
    const bool sameModel = m_model && m_model->fingerprint.toStdString() == record.model.fingerprint;
    if (m_model && !sameModel) {
        m_model.reset();
        Q_EMIT modelChanged();
    }
    if (!m_model) {
        // A run opened alone brings its own recipe and module list; a run just made leaves the recipe being edited as
        // it is.
        m_recipe.setModules(modulesOf(record));
        try {
            m_recipe.reset(recipe_from_json(record.recipe, folder.toStdString()));
        } catch (const Error& error) {
            Q_EMIT m_controller.logged(LogLevel::warning, error.message());
        }
    }
    m_view.show(std::move(run));
    updateSelectable();
}

void Session::updateSelectable() {
    std::vector<SelectableMatrix> matrices;
    const auto& reports = m_view.reports();
    if (!m_view.isLive() && !reports.empty()) {
        for (const MatrixReport& report : reports)
            matrices.push_back(
                {QString::fromStdString(report.name), QString::fromStdString(report.site), report.layer});
    } else if (m_model) {
        for (const Module& module : m_model->modules)
            matrices.push_back(
                {QString::fromStdString(module.name), QString::fromStdString(site_of(module)), module.layer});
    }
    m_selection.setMatrices(std::move(matrices));
}

void Session::open(const QString& path) {
    switch (kindOf(path)) {
    case Kind::run: openRun(path); return;
    case Kind::model: openModel(QFileInfo(path).isDir() ? path : QFileInfo(path).absolutePath()); return;
    case Kind::dataset: openDataset(path); return;
    }
}

void Session::openDataset(const QString& file) {
    const auto use = [this, file] {
        m_request.calibration = toPath(file);
        m_request.mixture.clear();
        Q_EMIT calibrationChanged();
        Q_EMIT requestChanged();
    };
    if (QFileInfo(file).size() > largestTriedDataset) {
        use(); // reading it takes a while; the run will say what is wrong with it
        return;
    }
    m_controller.request<std::size_t>(
        Lane::desk, QStringLiteral("open-dataset"), this,
        [path = toPath(file)](std::stop_token stop) { return read_dataset(path, stop).size(); },
        [use](const std::size_t&) { use(); });
}

void Session::openSample() {
    const QString folder = sampleModelFolder(), source = sampleModelSource();
    if (QFileInfo::exists(folder + QStringLiteral("/config.json"))) {
        openModel(folder);
        return;
    }
    if (source.isEmpty()) {
        Q_EMIT m_controller.failed({ErrorCode::unusable_model,
                                    msg("The sample model is not here yet"),
                                    msg("Run installer/run once: it fetches the sample. Or open a model of your own."),
                                    {.file = folder.toStdString()}});
        return;
    }
    Q_EMIT busy(tr("Making the sample model …"));
    m_controller.request<bool>(
        Lane::desk, QStringLiteral("open-model"), this,
        [this, folder, source](std::stop_token) {
            int shown = -1;
            convert_gguf(toPath(source), toPath(folder), [this, &shown](std::uint64_t done, std::uint64_t total) {
                const int percent = total > 0 ? static_cast<int>(100 * done / total) : 0;
                if (percent == shown) return;
                shown = percent;
                QMetaObject::invokeMethod(
                    this, [this, percent] { Q_EMIT busy(tr("Making the sample model: %1 %").arg(percent)); },
                    Qt::QueuedConnection);
            });
            return true;
        },
        [this, folder](bool) { openModel(folder); },
        [this](const Problem& problem) {
            Q_EMIT busy({});
            Q_EMIT m_controller.failed(problem);
        });
}

QString Session::suggestedOutput() const {
    if (!m_model) return {};
    const QString base =
        QDir(m_settings.exportFolder())
            .filePath(m_model->name + QLatin1Char('-') + QString::fromStdString(m_recipe.recipe().scheme.name));
    // Never into a folder that exists: each run keeps its own export.
    QString out = base;
    for (int i = 2; QFileInfo::exists(out); ++i) out = base + QStringLiteral("-%1").arg(i);
    return out;
}

QString Session::commandLine() const {
    QuantizeRequest request = m_request;
    request.recipe = m_recipe.recipe();
    request.threads = m_settings.threads();
    request.device = m_settings.device().toStdString();
    if (request.output.empty()) request.output = toPath(suggestedOutput());
    return quantizeCommand(request);
}

void Session::updateForecast() {
    const auto resolved = m_recipe.resolved();
    if (!m_model || !m_model->config || !resolved) {
        m_controller.supersede(QStringLiteral("forecast"));
        m_forecast.reset();
        Q_EMIT forecastChanged();
        return;
    }
    EstimateRequest request;
    request.context = m_context;
    request.target = targetGpu();
    const CalibrationOptions& options = m_request.calibration_options;
    request.calibration_tokens = static_cast<std::int64_t>(options.samples * options.sequence_length);
    request.threads = m_settings.threads();
    m_controller.request<Forecast>(
        Lane::desk, QStringLiteral("forecast"), this,
        [model = m_model, resolved, request](std::stop_token) {
            return octavo::forecast(ModelFolder(toPath(model->path)), *model->config, *resolved, request);
        },
        [this](const Forecast& forecast) {
            m_forecast = std::make_shared<const Forecast>(forecast);
            Q_EMIT forecastChanged();
        });
}

} // namespace octavo::gui
