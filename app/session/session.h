// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>

#include "architecture/architecture.h"
#include "estimate/estimate.h"
#include "hardware/hardware.h"
#include "session/layer_selection.h"
#include "session/log_buffer.h"
#include "session/model_info.h"
#include "session/recipe_editor.h"
#include "session/run_controller.h"
#include "session/run_history.h"
#include "session/run_view.h"
#include "session/settings.h"

namespace octavo::gui {

/// Everything that belongs together while the window is open. Pages get this object and nothing else.
class Session : public QObject {
    Q_OBJECT

public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    Settings& settings() { return m_settings; }
    RunController& controller() { return m_controller; }
    LayerSelection& selection() { return m_selection; }
    RunView& view() { return m_view; }
    RecipeEditor& recipe() { return m_recipe; }
    RunHistory& history() { return m_history; }
    LogBuffer& log() { return m_log; }

    /// Null until a model is opened; a run alone has none.
    std::shared_ptr<const ModelInfo> model() const { return m_model; }
    std::shared_ptr<const Hardware> hardware() const { return m_hardware; } ///< null until detected
    /// The GPU that will serve the result; empty = this machine's first GPU, or its CPU.
    const std::optional<TargetGpu>& target() const { return m_target; }
    /// The target, or the first GPU of this machine; none where that is a processor.
    std::optional<TargetGpu> targetGpu() const;
    ComputeCapability targetCapability() const;
    QString targetName() const;
    void setTarget(const std::optional<TargetGpu>& target);
    std::int64_t servingContext() const { return m_context; } ///< tokens per sequence when serving
    void setServingContext(std::int64_t tokens);

    /// What Quantize will do; calibration, output and threads are edited here, the recipe in recipe().
    QuantizeRequest& request() { return m_request; }
    void touchRequest() { Q_EMIT requestChanged(); }
    /// The forecast of the current set-up, recomputed off the GUI thread.
    std::shared_ptr<const Forecast> forecast() const { return m_forecast; }
    /// The same as a command line of octavo-cli.
    QString commandLine() const;

    void openModel(const QString& folder); ///< asynchronous: modelChanged(), or controller().failed()
    /// Asynchronous: view().runChanged(), or controller().failed(). `otherwise` is shown in place of a run that ended
    /// before its first matrix.
    void openRun(const QString& folder, const std::shared_ptr<const Run>& otherwise = {});
    /// Asynchronous: the calibration data of the next run; calibrationChanged(), or controller().failed() and the data
    /// stay what they were.
    void openDataset(const QString& file);
    void open(const QString& path); ///< a model, run, config.json, .safetensors or dataset, whatever it is
    /// Opens the sample model; makes it first from the GGUF file that the installer left, with progress through busy().
    void openSample();
    void startQuantize();
    /// The shown run was interrupted and has finished layers that need not be computed again.
    bool canResume() const;
    void resumeRun(); ///< goes on with the shown run, whatever the set-up says now
    QString suggestedOutput() const;

Q_SIGNALS:
    void modelChanged();
    void hardwareChanged();
    void targetChanged();
    void requestChanged();
    void forecastChanged();
    void calibrationChanged();       ///< another data set was opened or dropped
    void noted(const QString& text); ///< worth a line in the message bar
    void busy(const QString& what);  ///< something short is being opened; empty when it is done

private:
    void connectController();
    void readLiveStatistics();
    void endRun(const QString& folder, bool done);
    void useModel(std::shared_ptr<const ModelInfo> model);
    void useRun(std::shared_ptr<const Run> run);
    void updateSelectable();
    void updateForecast();
    void startRun(QuantizeRequest request, std::optional<std::int64_t> context);

    Settings m_settings;
    RunController m_controller;
    LayerSelection m_selection;
    RunView m_view;
    RecipeEditor m_recipe;
    RunHistory m_history;
    LogBuffer m_log;
    std::shared_ptr<const ModelInfo> m_model;
    std::shared_ptr<const Hardware> m_hardware;
    std::optional<TargetGpu> m_target;
    std::int64_t m_context = 4096;
    QuantizeRequest m_request;
    std::shared_ptr<const Forecast> m_forecast;
    QTimer m_liveTimer;
    QString m_liveFolder, m_runningModel;
    std::shared_ptr<const Run> m_shownBefore; ///< the run that is going
};

} // namespace octavo::gui
