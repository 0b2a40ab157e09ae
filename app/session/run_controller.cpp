// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/run_controller.h"

#include <QPointer>

#include <new>

#include "base/current_error.h"
#include "session/event_relay.h"
#include "session/losses.h"
#include "session/worker.h"

namespace octavo::gui {

struct RunController::Ticket {
    std::stop_source stop;
};

namespace {

const QString runTag = QStringLiteral("run");
constexpr int drainMilliseconds = 50;

Problem problemOf(const Error& error) { return {error.code(), error.message(), error.advice(), error.place()}; }

Problem unexpected(Message what) {
    return {ErrorCode::internal, std::move(what), msg("Please report this with the log (View, Log, Save)."), {}};
}

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

/// Measures the export against the original. A failure leaves the run as it is: quantized, not measured.
void evaluateRun(const JobWork& work, const std::filesystem::path& runFolder, const EvaluateRequest& request,
                 Sink& sink, std::stop_token stop) {
    store_evaluation(runFolder, work.evaluate(request, sink, stop));
}

} // namespace

Problem currentProblem() {
    try {
        throw;
    } catch (const Error& error) {
        return problemOf(error);
    } catch (const std::bad_alloc&) {
        return problemOf(memory_ran_out());
    } catch (const std::exception& error) {
        return unexpected(msg("An unexpected error: %1", error.what()));
    } catch (...) {
        return unexpected(msg("An unexpected error of an unknown kind"));
    }
}

RunController::RunController(QObject* parent)
    : QObject(parent), m_engine(std::make_unique<Worker>(QStringLiteral("engine"), 5)),
      m_desk(std::make_unique<Worker>(QStringLiteral("desk"), 0)),
      m_quick(std::make_unique<Worker>(QStringLiteral("quick"), 0)) {
    qRegisterMetaType<Problem>();
    m_drain.setInterval(drainMilliseconds);
    connect(&m_drain, &QTimer::timeout, this, &RunController::drainEvents);
}

RunController::~RunController() {
    for (const auto& ticket : std::as_const(m_tickets)) ticket->stop.request_stop();
    m_tickets.clear();
    m_quick.reset();
    m_desk.reset();
    m_engine.reset();
}

Worker& RunController::worker(Lane lane) {
    switch (lane) {
    case Lane::engine: return *m_engine;
    case Lane::quick: return *m_quick;
    case Lane::desk: break;
    }
    return *m_desk;
}

void RunController::supersede(const QString& tag) {
    if (const auto ticket = m_tickets.take(tag)) ticket->stop.request_stop();
    for (const auto& worker : {m_engine.get(), m_desk.get(), m_quick.get()}) worker->drop(tag);
}

void RunController::post(Lane lane, const QString& tag, QObject* receiver, std::function<Answer(std::stop_token)> work,
                         std::function<void(const Problem&)> failedHandler) {
    supersede(tag);
    const auto ticket = std::make_shared<Ticket>();
    m_tickets.insert(tag, ticket);
    const QPointer<QObject> guard(receiver);
    // Runs in the GUI thread, for the answer as for the failure: only if somebody still wants it.
    const auto finish = [this, tag, ticket, guard](const std::function<void()>& call) {
        if (m_tickets.value(tag) != ticket) return;
        m_tickets.remove(tag);
        if (guard) call();
    };
    worker(lane).post({tag, [this, ticket, finish, work = std::move(work), failedHandler = std::move(failedHandler)] {
                           try {
                               const Answer answer = work(ticket->stop.get_token());
                               QMetaObject::invokeMethod(
                                   this, [finish, answer] { finish(answer); }, Qt::QueuedConnection);
                           } catch (...) {
                               const Problem problem = currentProblem();
                               QMetaObject::invokeMethod(
                                   this,
                                   [this, finish, failedHandler, problem] {
                                       finish([&] {
                                           if (failedHandler)
                                               failedHandler(problem);
                                           else if (!problem.cancelled())
                                               Q_EMIT failed(problem);
                                       });
                                   },
                                   Qt::QueuedConnection);
                           }
                       }});
}

void RunController::startRun(const QString& runFolder, std::function<void(Sink&, std::stop_token)> work,
                             Finished finished) {
    m_running = true;
    m_cancelling = false;
    m_progress = {};
    m_runFolder = runFolder;
    m_relay = std::make_shared<EventRelay>();
    m_drain.start();
    Q_EMIT runningChanged(true);
    const auto end = [this, finished](bool done) {
        drainEvents();
        m_drain.stop();
        m_running = false;
        m_relay.reset();
        Q_EMIT runningChanged(false);
        Q_EMIT(this->*finished)(m_runFolder, done);
    };
    post(
        Lane::engine, runTag, this,
        [relay = m_relay, work = std::move(work), end](std::stop_token stop) -> Answer {
            work(*relay, stop);
            return [end] { end(true); };
        },
        [this, end](const Problem& problem) {
            end(false);
            if (!problem.cancelled()) Q_EMIT failed(problem);
        });
}

void RunController::quantize(QuantizeRequest request, std::optional<EvaluateRequest> evaluation) {
    if (m_running) return;
    if (request.run_directory.empty())
        request.run_directory = default_run_folder(request.model.filename().string(), request.recipe.scheme.name);
    Q_EMIT runStarted(request);
    const auto folder = request.run_directory;
    startRun(QString::fromStdString(folder.string()),
             [this, work = m_work, request = std::move(request),
              evaluation = std::move(evaluation)](Sink& sink, std::stop_token stop) mutable {
                 work.quantize(request, sink, stop);
                 if (!evaluation) return;
                 evaluation->model = request.output;
                 evaluation->reference = request.model;
                 try {
                     evaluateRun(work, request.run_directory, *evaluation, sink, stop);
                 } catch (...) {
                     // The export is whole and stays; only its measurement is missing.
                     Problem problem = currentProblem();
                     problem.message = msg("The run is complete but could not be measured: %1", problem.message);
                     if (problem.cancelled())
                         sink.on_event(LogLine{LogLevel::info, problem.message});
                     else
                         QMetaObject::invokeMethod(this, [this, problem] { Q_EMIT failed(problem); });
                 }
             });
}

void RunController::evaluate(const std::filesystem::path& runFolder, const EvaluateRequest& request) {
    if (m_running) return;
    startRun(QString::fromStdString(runFolder.string()),
             [work = m_work, runFolder, request](Sink& sink, std::stop_token stop) {
                 evaluateRun(work, runFolder, request, sink, stop);
             });
}

void RunController::measureSensitivity(const std::filesystem::path& runFolder, const SensitivityRequest& request) {
    if (m_running) return;
    startRun(
        QString::fromStdString(runFolder.string()),
        [request](Sink& sink, std::stop_token stop) { load_engine().measure_sensitivity(request, sink, stop); },
        &RunController::sensitivityFinished);
}

void RunController::compareAnswers(const std::filesystem::path& runFolder, const PromptsRequest& request,
                                   AnswerWork answer) {
    if (m_running) return;
    const QString folder = QString::fromStdString(runFolder.string());
    startRun(
        folder,
        [this, answer = std::move(answer), folder, request](Sink& sink, std::stop_token stop) {
            // Queued before the end of the run is.
            QMetaObject::invokeMethod(
                this, [this, folder, answers = answer(request, sink, stop)] { Q_EMIT answersFound(folder, answers); },
                Qt::QueuedConnection);
        },
        &RunController::answersFinished);
}

void RunController::cancel() {
    const auto ticket = m_tickets.value(runTag);
    if (!ticket || m_cancelling) return;
    m_cancelling = true;
    ticket->stop.request_stop();
    Q_EMIT cancelling();
}

void RunController::drainEvents() {
    if (!m_relay) return;
    for (const Event& event : m_relay->take()) deliver(event);
}

void RunController::deliver(const Event& event) {
    std::visit(Overloaded{[this](const PhaseStarted& one) { Q_EMIT phaseStarted(QString::fromStdString(one.phase)); },
                          [this](const PhaseFinished& one) {
                              Q_EMIT phaseFinished(QString::fromStdString(one.phase), one.seconds);
                          },
                          [this](const Progress& one) {
                              m_progress = one;
                              Q_EMIT progressed(one);
                          },
                          [this](const MatrixFinished& one) { Q_EMIT matrixFinished(one.report); },
                          [this](const StatisticsSaved&) { Q_EMIT statisticsSaved(m_runFolder); },
                          [this](const SensitivityMeasured& one) { Q_EMIT sensitivityMeasured(one.row); },
                          [this](const LogLine& one) { Q_EMIT logged(one.level, one.message); }},
               event);
}

} // namespace octavo::gui
