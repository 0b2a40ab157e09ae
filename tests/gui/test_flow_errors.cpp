// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDoubleSpinBox>
#include <QPushButton>

#include <new>
#include <sys/mount.h>
#include <unistd.h>

#include "support/flow.h"
#include "support/gate.h"

using namespace octavo;
using namespace octavo::gui;

namespace {

/// Throws at a chosen event out of the middle of a real run, where a device or the memory would give up.
class FailingSink final : public Sink {
public:
    FailingSink(Sink& sink, std::function<void()> fail) : sink_(sink), fail_(std::move(fail)) {}
    void on_event(const Event& event) override {
        sink_.on_event(event);
        if (std::holds_alternative<MatrixFinished>(event) && ++seen_ == 3) fail_();
    }

private:
    Sink& sink_;
    std::function<void()> fail_;
    int seen_ = 0;
};

JobWork failingWork(std::function<void()> fail) {
    JobWork work;
    work.quantize = [fail](const QuantizeRequest& request, Sink& sink, std::stop_token stop) {
        FailingSink failing(sink, fail);
        return octavo::quantize(request, failing, stop);
    };
    return work;
}

/// A file system of its own that is small enough to be filled.
class SmallDisk {
public:
    SmallDisk(const QString& folder, const char* size) : folder_(folder.toLocal8Bit()) {
        QDir().mkpath(folder);
        mounted_ = ::mount("tmpfs", folder_.constData(), "tmpfs", 0, (QByteArray("size=") + size).constData()) == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(folder_.constData(), MNT_DETACH);
    }
    explicit operator bool() const { return mounted_; }

private:
    QByteArray folder_;
    bool mounted_ = false;
};

} // namespace

// Whatever goes wrong is a sentence with advice in the window, and nothing that was there is lost.
class TestFlowErrors : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Flow> flow_;

    void openModel() {
        tiny::write(flow_->file("model"));
        flow_->openModel(flow_->path("model"));
        flow_->setCalibration(4, 48);
    }
    /// The message bar explains: every word of `wanted` is in it, with advice below what happened.
    void explains(const QStringList& wanted) {
        const QString text = flow_->message();
        QVERIFY2(text.contains(QLatin1Char('\n')) && text.section(QLatin1Char('\n'), 1).size() > 10, qPrintable(text));
        for (const QString& word : wanted) QVERIFY2(text.contains(word, Qt::CaseInsensitive), qPrintable(text));
        flow_->window().messages()->hide();
    }
    void isUsable() {
        QVERIFY(!flow_->controller().isRunning());
        QVERIFY(flow_->actions().quantize->isEnabled());
        flow_->controller().setWork({});
        const QString run = flow_->quantize();
        QVERIFY2(!flow_->window().messages()->isVisible(), qPrintable(flow_->message()));
        QCOMPARE(runJson(run)[QStringLiteral("status")].toString(), QStringLiteral("done"));
    }
    /// Presses Quantize and waits for the failure. Returns the run folder.
    QString failRun() {
        QSignalSpy finished(&flow_->controller(), &RunController::runFinished);
        flow_->pressQuantize();
        if (finished.isEmpty() && !finished.wait(60000)) QTest::qFail("the run did not end", __FILE__, __LINE__);
        Flow::settle();
        return flow_->controller().runFolder();
    }

private Q_SLOTS:
    void init() {
        flow_ = std::make_unique<Flow>();
        flow_->start();
    }
    void cleanup() { flow_.reset(); }

    void aFolderThatIsNoModel() {
        openModel();
        const auto model = flow_->session().model();
        QDir().mkpath(flow_->path("empty"));
        flow_->session().open(flow_->path("empty"));
        explains({QStringLiteral("config.json")});
        QDir().mkpath(flow_->path("broken"));
        tiny::write_text(flow_->file("broken/config.json"), "{\"model_type\": ");
        flow_->session().open(flow_->path("broken"));
        explains({QStringLiteral("config.json")});
        flow_->session().open(flow_->path("not-there"));
        explains({QStringLiteral("not-there")});
        QCOMPARE(flow_->session().model(), model);
    }

    void damagedRunFolders() {
        openModel();
        const QString run = flow_->quantize();
        const auto shown = flow_->session().view().run();
        QVERIFY(shown);
        const auto damaged = [&](const char* file, const std::function<void(std::string&)>& damage) {
            const std::filesystem::path copy = flow_->file("copy");
            std::filesystem::remove_all(copy);
            std::filesystem::copy(run.toStdString(), copy);
            std::string text = tiny::read_text(copy / file);
            damage(text);
            tiny::write_text(copy / file, text);
            flow_->session().open(flow_->path("copy"));
        };
        damaged("run.json", [](std::string& text) { text.resize(text.size() / 2); });
        explains({QStringLiteral("run.json")});
        damaged("run.json", [](std::string& text) { text.replace(text.find("\"schema\": 1"), 11, "\"schema\": 9"); });
        explains({QStringLiteral("newer version"), QStringLiteral("Update")});
        damaged("statistics.safetensors", [](std::string& text) { text.resize(text.size() - 100); });
        explains({QStringLiteral("statistics")});
        std::filesystem::remove(flow_->file("copy/run.json"));
        flow_->session().openRun(flow_->path("copy"));
        explains({QStringLiteral("run.json")});
        QCOMPARE(flow_->session().view().run()->folder, shown->folder);
        // Losses that are cut short cost the picture along the text, not the run.
        damaged("losses.safetensors", [](std::string& text) { text.resize(40); });
        QTRY_VERIFY(flow_->session().view().run()->folder == flow_->file("copy"));
        flow_->page("results");
        QVERIFY(!flow_->session().view().losses());
        QVERIFY(!flow_->window().messages()->isVisible());
    }

    void aDatasetThatDoesNotParse() {
        openModel();
        tiny::write_text(flow_->file("good.jsonl"),
                         "{\"text\": \"one two three four\"}\n{\"text\": \"five six seven\"}\n");
        flow_->session().open(flow_->path("good.jsonl"));
        QTRY_COMPARE(flow_->session().request().calibration, flow_->file("good.jsonl"));
        flow_->window().messages()->hide();
        tiny::write_text(flow_->file("bad.jsonl"), "{\"text\": \"one\"}\n{\"text\": \"two\"\n");
        flow_->session().open(flow_->path("bad.jsonl"));
        explains({QStringLiteral("bad.jsonl"), QStringLiteral("line 2")});
        tiny::write_text(flow_->file("picture.png"), std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16));
        flow_->session().open(flow_->path("picture.png"));
        explains({QStringLiteral("picture.png")});
        QCOMPARE(flow_->session().request().calibration, flow_->file("good.jsonl")); // what was chosen stays
        // One that breaks between the choice and the run.
        std::filesystem::copy_file(flow_->file("bad.jsonl"), flow_->file("good.jsonl"),
                                   std::filesystem::copy_options::overwrite_existing);
        failRun();
        explains({QStringLiteral("good.jsonl"), QStringLiteral("line 2")});
        QCOMPARE(entriesOf(flow_->path("data/exports")), QStringList());
        flow_->session().request().calibration.clear();
        flow_->session().touchRequest();
        isUsable();
    }

    void aRefusedRunLeavesThePicturesThere() {
        openModel();
        const QString first = flow_->quantize();
        QVERIFY(flow_->session().view().run());
        flow_->session().request().calibration = flow_->file("vanished.jsonl");
        failRun();
        explains({QStringLiteral("vanished.jsonl")});
        QVERIFY(flow_->session().view().run());
        QCOMPARE(QString::fromStdString(flow_->session().view().run()->folder.string()), first);
        QVERIFY(flow_->page("activations")->hasContent());
    }

    void aFullDisk() {
        if (::geteuid() != 0) QSKIP("mounting a small file system needs root");
        SmallDisk disk(flow_->path("small"), "24m");
        if (!disk) QSKIP("a small file system cannot be mounted here");
        openModel();
        const auto fill = [this] { // whatever is still free
            QFile rest(flow_->path("small/rest"));
            const QByteArray block(4096, 'x');
            if (rest.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
                while (rest.write(block) > 0) {
                }
        };
        // Filled by somebody else while the export is being written.
        flow_->session().request().output = flow_->file("small/out");
        flow_->session().touchRequest();
        Gate gate(Gate::afterMatrices(3));
        flow_->controller().setWork(gate.work());
        flow_->pressQuantize();
        QTRY_VERIFY_WITH_TIMEOUT(gate.isHolding(), 60000);
        fill();
        gate.release();
        QTRY_VERIFY_WITH_TIMEOUT(!flow_->controller().isRunning(), 60000);
        explains({QStringLiteral("The disk is full"), QStringLiteral("another folder")});
        QCOMPARE(entriesOf(flow_->path("small")), QStringList{QStringLiteral("rest")});
        QCOMPARE(runJson(flow_->controller().runFolder())[QStringLiteral("status")].toString(),
                 QStringLiteral("failed"));
        // Full from the start.
        flow_->controller().setWork({});
        failRun();
        explains({QStringLiteral("free"), QStringLiteral("another disk")});
        // The same for the folder of runs.
        flow_->session().request().output.clear();
        const QString runs = flow_->session().settings().runFolder();
        flow_->session().settings().setRunFolder(flow_->path("small/runs"));
        failRun();
        explains({QStringLiteral("full")});
        QCOMPARE(entriesOf(flow_->path("data/exports")), QStringList());
        flow_->session().settings().setRunFolder(runs);
        isUsable();
    }

    void aFolderThatCannotBeWritten() {
        openModel();
        flow_->session().request().output = "/proc/octavo/out";
        flow_->session().touchRequest();
        failRun();
        explains({QStringLiteral("/proc/octavo")});
        flow_->session().request().output.clear();
        flow_->session().touchRequest();
        isUsable();
    }

    void theModelIsDeletedDuringTheRun() {
        openModel();
        Gate gate(Gate::afterMatrices(3));
        flow_->controller().setWork(gate.work());
        QSignalSpy finished(&flow_->controller(), &RunController::runFinished);
        flow_->pressQuantize();
        QTRY_VERIFY_WITH_TIMEOUT(gate.isHolding(), 60000);
        QVERIFY(QDir(flow_->path("model")).removeRecursively());
        gate.release();
        QTRY_VERIFY_WITH_TIMEOUT(!flow_->controller().isRunning(), 60000);
        explains({QStringLiteral("model")});
        QCOMPARE(finished.last().last().toBool(), false);
        QCOMPARE(entriesOf(flow_->path("data/exports")), QStringList());
        QCOMPARE(runJson(flow_->controller().runFolder())[QStringLiteral("status")].toString(),
                 QStringLiteral("failed"));
        QTRY_VERIFY(flow_->session().view().run()); // what was seen until then
        tiny::write(flow_->file("model"));
        isUsable();
    }

    void memoryAndDevicesGiveUp_data() {
        QTest::addColumn<int>("failure");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("out of memory") << 0
                                       << QStringList{QStringLiteral("memory"), QStringLiteral("fewer or shorter")};
        QTest::newRow("lost device") << 1 << QStringList{QStringLiteral("CUDA device"), QStringLiteral("nvidia-smi")};
        QTest::newRow("unexpected") << 2 << QStringList{QStringLiteral("unexpected"), QStringLiteral("report")};
        QTest::newRow("no exception of the library") << 3 << QStringList{QStringLiteral("unexpected")};
    }
    void memoryAndDevicesGiveUp() {
        QFETCH(int, failure);
        QFETCH(QStringList, words);
        openModel();
        flow_->controller().setWork(failingWork([failure] {
            if (failure == 0) throw std::bad_alloc();
            if (failure == 1)
                throw Error(ErrorCode::device_lost, msg("The CUDA device failed: %1", "an illegal memory access"),
                            msg("Check nvidia-smi; repeat, or use --device cpu."));
            if (failure == 2) throw std::runtime_error("vector::_M_range_check");
            throw 42;
        }));
        const QString run = failRun();
        explains(words);
        QCOMPARE(entriesOf(flow_->path("data/exports")), QStringList());
        QTRY_VERIFY(flow_->session().view().run());
        QVERIFY(!flow_->session().view().isEmpty());
        QCOMPARE(QString::fromStdString(flow_->session().view().run()->folder.string()), run);
        isUsable();
    }

    void theMeasurementFails() {
        openModel();
        JobWork work;
        work.evaluate = [](const EvaluateRequest&, Sink&, std::stop_token) -> EvaluateResult {
            throw Error(ErrorCode::out_of_memory, msg("The device ran out of memory: %1", "2 GiB"),
                        msg("Use fewer or shorter samples, or --device cpu."));
        };
        flow_->controller().setWork(work);
        const QString run = failRun();
        QTRY_VERIFY(flow_->session().view().run());
        QCOMPARE(runJson(run)[QStringLiteral("status")].toString(), QStringLiteral("done")); // the export is whole
        explains({QStringLiteral("could not be measured"), QStringLiteral("memory"), QStringLiteral("fewer")});
        QVERIFY(flow_->page("results")->hasContent());
    }

    void absurdNumbers() {
        openModel();
        auto* panel = flow_->window().findChild<SetupPanel*>();
        for (QAbstractSpinBox* box : panel->findChildren<QAbstractSpinBox*>()) {
            for (const auto& typed : {"999999999999999999", "-5", "nan", "1e300", ""}) {
                box->setFocus();
                box->selectAll();
                QTest::keyClicks(box, QLatin1String(typed));
                QTest::keyClick(box, Qt::Key_Tab);
                Flow::settle();
            }
            for (const bool up : {false, true}) {
                if (auto* whole = qobject_cast<QSpinBox*>(box))
                    whole->setValue(up ? whole->maximum() : whole->minimum());
                if (auto* real = qobject_cast<QDoubleSpinBox*>(box))
                    real->setValue(up ? real->maximum() : real->minimum());
                Flow::settle();
            }
        }
        // Everything at its largest: more data than there are, rows as long as the model allows.
        QTRY_VERIFY(flow_->session().forecast());
        QVERIFY(flow_->session().request().calibration_options.sequence_length <= 512);
        const auto* seed = flow_->field<QSpinBox>(panel, QStringLiteral("Seed"));
        QCOMPARE(flow_->session().request().calibration_options.seed, std::uint64_t(seed->value()));
        flow_->window().messages()->hide();
        isUsable();
    }

    void settingsThatCannotBeWritten() {
        flow_->close();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("/proc/octavo"));
        flow_->start();
        const QString text = flow_->message();
        QVERIFY2(text.contains(QStringLiteral("settings")) &&
                     text.contains(QStringLiteral("until the window is closed")),
                 qPrintable(text));
        flow_->session().settings().setDecimals(6);
        QCOMPARE(flow_->session().settings().decimals(), 6); // in this session
        flow_->window().messages()->hide();
        openModel();
        isUsable();
        QVERIFY(flow_->window().close());
    }

    void aSampleThatIsNotThere() {
        flow_->actions().openSample->trigger();
        explains({QStringLiteral("installer/run")});
    }
};

QTEST_MAIN(TestFlowErrors)
#include "test_flow_errors.moc"
