// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMetaType>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "engine/engine.h"
#include "job/answers.h"
#include "job/job.h"

namespace octavo::gui {

class EventRelay;
class Worker;

/// An octavo::Error as a value, so that it can travel between threads.
struct Problem {
    ErrorCode code = ErrorCode::internal;
    Message message, advice;
    Place place;
    bool cancelled() const { return code == ErrorCode::cancelled; }
};

/// Call inside a catch block: whatever is being handled, as a Problem.
Problem currentProblem();

/// Which thread works: everything that may touch torch or CUDA goes to `engine`, one after the other; work without
/// torch goes to `desk`, so that a folder opens or a forecast answers while a run is going; what has to follow the
/// mouse goes to `quick`, where nothing takes longer than a few milliseconds.
enum class Lane { engine, desk, quick };

/// What a run consists of. Tests put failures in place of it that no machine shows on demand.
struct JobWork {
    std::function<RunRecord(const QuantizeRequest&, Sink&, std::stop_token)> quantize = octavo::quantize;
    std::function<EvaluateResult(const EvaluateRequest&, Sink&, std::stop_token)> evaluate =
        [](const EvaluateRequest& request, Sink& sink, std::stop_token stop) {
            return load_engine().evaluate(request, sink, stop);
        };
};

/// Asks both folders. Tests put answers in place of it that no tiny model gives.
using AnswerWork = std::function<std::vector<Answers>(const PromptsRequest&, Sink&, std::stop_token)>;

/// Sends work to the long-lived worker threads and brings results back as values. A request with a tag supersedes
/// earlier ones with the same tag: those that wait are dropped, the one that works is asked to stop, and none of them
/// reports back.
class RunController : public QObject {
    Q_OBJECT

public:
    explicit RunController(QObject* parent = nullptr);
    ~RunController() override; ///< stops and joins

    /// Runs `work` on `lane` and hands its value to `done` in the GUI thread, or the error to `failed` (default: the
    /// signal failed()). Nothing is called when `receiver` is gone or the request was superseded. Long work polls the
    /// token; octavo::Error may be thrown.
    template <class Result>
    void request(Lane lane, const QString& tag, QObject* receiver, std::function<Result(std::stop_token)> work,
                 std::function<void(const Result&)> done, std::function<void(const Problem&)> failed = {});
    /// Forgets the requests with this tag.
    void supersede(const QString& tag);

    /// The whole job: quantize, then evaluate against the original and store the figures in the run folder. One at a
    /// time; signals follow. `evaluation` says how to measure afterwards; its model and reference are filled in.
    /// Without it nothing is measured.
    void quantize(QuantizeRequest request, std::optional<EvaluateRequest> evaluation);
    /// Measures a finished run again, e.g. with more windows (0 = the whole text) or another text. Signals like
    /// quantize().
    void evaluate(const std::filesystem::path& runFolder, const EvaluateRequest& request);
    /// Measures what each group of matrices alone does to the logits; the table grows in the request's file. Rows come
    /// as sensitivityMeasured(), the end as sensitivityFinished(); progress and cancel() as with a run.
    void measureSensitivity(const std::filesystem::path& runFolder, const SensitivityRequest& request);
    /// Asks original and export of a finished run the same prompts: answersFound(), then answersFinished(); progress
    /// and cancel() as with a run.
    void compareAnswers(const std::filesystem::path& runFolder, const PromptsRequest& request,
                        AnswerWork work = octavo::answer_prompts);
    void cancel(); ///< the run that is going; runFinished() follows within about two seconds
    bool isRunning() const { return m_running; }
    bool isCancelling() const { return m_cancelling; } ///< cancel() was called; stays true until the next run starts
    void setWork(JobWork work) { m_work = std::move(work); }
    const Progress& progress() const { return m_progress; }
    const QString& runFolder() const { return m_runFolder; } ///< of the run that is going, or of the last one

Q_SIGNALS:
    void runStarted(const octavo::QuantizeRequest& request);
    void phaseStarted(const QString& phase);
    void phaseFinished(const QString& phase, double seconds);
    void progressed(const octavo::Progress& progress); ///< at most 20 per second
    void matrixFinished(const octavo::MatrixReport& report);
    void sensitivityMeasured(const octavo::SensitivityRow& row); ///< replaces what was known of its group and scheme
    void sensitivityFinished(const QString& runFolder, bool done);
    void answersFound(const QString& runFolder, const std::vector<octavo::Answers>& answers);
    void answersFinished(const QString& runFolder, bool done);
    void statisticsSaved(const QString& runFolder);
    void logged(octavo::LogLevel level, const octavo::Message& message);
    /// The run is over, done, failed or cancelled; the folder is empty when not even that came into being.
    void runFinished(const QString& runFolder, bool done);
    void runningChanged(bool running);
    void cancelling();
    /// Something went wrong that nobody else shows; belongs into the message bar.
    void failed(const octavo::gui::Problem& problem);

private:
    using Answer = std::function<void()>;
    struct Ticket;
    /// The work returns what has to be called in the GUI thread.
    void post(Lane lane, const QString& tag, QObject* receiver, std::function<Answer(std::stop_token)> work,
              std::function<void(const Problem&)> failed);
    Worker& worker(Lane lane);
    using Finished = void (RunController::*)(const QString& runFolder, bool done); ///< the signal of the end
    void startRun(const QString& runFolder, std::function<void(Sink&, std::stop_token)> work,
                  Finished finished = &RunController::runFinished);
    void drainEvents();
    void deliver(const Event& event);

    JobWork m_work;
    std::unique_ptr<Worker> m_engine, m_desk, m_quick;
    QHash<QString, std::shared_ptr<Ticket>> m_tickets; ///< the latest request of each tag
    std::shared_ptr<EventRelay> m_relay;
    QTimer m_drain;
    QString m_runFolder;
    bool m_running = false, m_cancelling = false;
    Progress m_progress;
};

template <class Result>
void RunController::request(Lane lane, const QString& tag, QObject* receiver,
                            std::function<Result(std::stop_token)> work, std::function<void(const Result&)> done,
                            std::function<void(const Problem&)> failed) {
    post(
        lane, tag, receiver,
        [work = std::move(work), done = std::move(done)](std::stop_token stop) -> Answer {
            auto result = std::make_shared<const Result>(work(stop));
            return [result, done] { done(*result); };
        },
        std::move(failed));
}

} // namespace octavo::gui

Q_DECLARE_METATYPE(octavo::gui::Problem)
