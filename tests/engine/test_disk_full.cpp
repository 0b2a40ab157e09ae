// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <fcntl.h>
#include <functional>
#include <sys/mount.h>
#include <unistd.h>

#include "base/files.h"
#include "workshop.h"

using namespace octavo;

namespace {

/// A file system of a few megabytes of its own.
class SmallDisk {
public:
    explicit SmallDisk(const char* size) {
        mounted_ = ::mount("tmpfs", path().c_str(), "tmpfs", 0, (std::string("size=") + size).c_str()) == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(path().c_str(), MNT_DETACH);
    }
    bool mounted() const { return mounted_; }
    tiny::fs::path path() const { return directory_.path().toStdString(); }

    /// Another program takes all that is free.
    void fill() const {
        const int file = ::open((path() / "other program").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        const std::vector<char> block(4096, 'x');
        while (::write(file, block.data(), block.size()) > 0) {
        }
        ::close(file);
    }

private:
    QTemporaryDir directory_;
    bool mounted_ = false;
};

class At final : public Sink {
public:
    At(std::function<bool(const Event&)> when, std::function<void()> act)
        : when_(std::move(when)), act_(std::move(act)) {}
    void on_event(const Event& event) override {
        if (const auto* line = std::get_if<LogLine>(&event)) log_ += line->message.english() + "\n";
        if (done_ || !when_(event)) return;
        done_ = true;
        act_();
    }
    bool done() const { return done_; }
    const std::string& log() const { return log_; }

private:
    std::function<bool(const Event&)> when_;
    std::function<void()> act_;
    bool done_ = false;
    std::string log_;
};

std::string refusal(const QuantizeRequest& request, Sink& sink, ErrorCode code) {
    try {
        octavo::quantize(request, sink, {});
    } catch (const Error& error) {
        return (error.code() == code ? "" : "another code: ") + error.message().english();
    }
    return "no error";
}

std::vector<std::string> names_in(const tiny::fs::path& folder) {
    std::vector<std::string> out;
    for (const auto& entry : tiny::fs::directory_iterator(folder)) out.push_back(entry.path().filename().string());
    std::ranges::sort(out);
    return out;
}

bool is_first_matrix(const Event& event) { return std::holds_alternative<MatrixFinished>(event); }

} // namespace

// A disk without room: noticed before the work where that can be known, and cleaned up after where it cannot.
class TestDiskFull : public QObject {
    Q_OBJECT

private:
    const Recipe recipe_ = recipe_of("W8A8", SmoothingMode::automatic);

private Q_SLOTS:
    void noticed_before_the_work() {
        const SmallDisk disk("8m"); // the margin alone is more
        if (!disk.mounted()) QSKIP("needs the right to mount a file system");
        const Workshop shop;
        QuantizeRequest request = shop.request("out", recipe_);
        request.output = disk.path() / "out";
        At sink([](const Event& event) { return std::holds_alternative<Progress>(event); }, [] {});
        QVERIFY(QString::fromStdString(refusal(request, sink, ErrorCode::disk_full)).startsWith("The export needs"));
        QVERIFY(!sink.done());
        QVERIFY(names_in(disk.path()).empty());
    }

    /// The weights' room was reserved; config and side files find none.
    void filled_while_the_export_is_written() {
        const SmallDisk disk("24m");
        if (!disk.mounted()) QSKIP("needs the right to mount a file system");
        const Workshop shop;
        QuantizeRequest request = shop.request("out", recipe_);
        request.output = disk.path() / "out";
        At sink(is_first_matrix, [&] { disk.fill(); });
        const std::string said = refusal(request, sink, ErrorCode::disk_full);
        QVERIFY2(QString::fromStdString(said).contains("disk", Qt::CaseInsensitive), said.c_str());
        QVERIFY(sink.done());
        QCOMPARE(names_in(disk.path()), std::vector<std::string>{"other program"});
        const Run run = Run::open(shop.root() / "run-out");
        QCOMPARE(run.record.status, "failed");
        // What was solved is not lost with it: with room again the job goes on.
        tiny::fs::remove(disk.path() / "other program");
        FanOut nobody({});
        octavo::quantize(resumable_request(shop.root() / "run-out"), nobody, {});
        QCOMPARE(names_in(disk.path()), std::vector<std::string>{"out"});
    }

    /// Nothing more can be kept of the run: the job ends soon, not after hours of work, and goes on from there.
    void filled_while_the_run_folder_is_written() {
        const SmallDisk disk("24m");
        if (!disk.mounted()) QSKIP("needs the right to mount a file system");
        const Workshop shop;
        QuantizeRequest request = shop.request("out", recipe_);
        request.run_directory = disk.path() / "run";
        const auto kept = [&] { return tiny::fs::exists(disk.path() / "run/journal/layer-00000.safetensors"); };
        At sink([count = 0](const Event& event) mutable { return is_first_matrix(event) && ++count == 8; },
                [&] { // of the second layer; the first one is being kept meanwhile
                    for (int i = 0; i < 1000 && !kept(); ++i) QTest::qSleep(10);
                    disk.fill();
                });
        const std::string said = refusal(request, sink, ErrorCode::disk_full);
        QVERIFY2(QString::fromStdString(said).contains("disk", Qt::CaseInsensitive), said.c_str());
        QVERIFY(sink.done());
        QVERIFY2(sink.log().find("1 of 2 layers are kept") != std::string::npos, sink.log().c_str());
        QVERIFY(!tiny::fs::exists(shop.root() / "out"));
        for (const std::string& name : names_in(shop.root()))
            QVERIFY2(name.find("partial") == std::string::npos, name.c_str());
        QVERIFY(kept());
        tiny::fs::remove(disk.path() / "other program");
        FanOut nobody({});
        QCOMPARE(octavo::quantize(resumable_request(disk.path() / "run"), nobody, {}).status, "done");
        QVERIFY(tiny::fs::exists(shop.root() / "out"));
    }

    /// A run folder that takes no more is known long before the last matrix, also when nothing is calibrated.
    void filled_while_weights_are_encoded() {
        const SmallDisk disk("24m");
        if (!disk.mounted()) QSKIP("needs the right to mount a file system");
        const Workshop shop;
        QuantizeRequest request =
            shop.request("out", recipe_of("FP8_DYNAMIC", SmoothingMode::off, SolverMethod::round_to_nearest));
        request.run_directory = disk.path() / "run";
        int matrices = 0;
        At sink(
            [&](const Event& event) {
                matrices += is_first_matrix(event);
                return matrices == 1;
            },
            [&] { disk.fill(); });
        const std::string said = refusal(request, sink, ErrorCode::disk_full);
        QVERIFY2(QString::fromStdString(said).contains("disk", Qt::CaseInsensitive), said.c_str());
        QVERIFY2(matrices < 14, std::to_string(matrices).c_str());
        QVERIFY(!tiny::fs::exists(shop.root() / "out"));
    }

    /// A journal that would fill the disk is not begun, and that is said.
    void no_room_for_the_journal() {
        const SmallDisk disk("24m");
        if (!disk.mounted()) QSKIP("needs the right to mount a file system");
        const Workshop shop;
        QuantizeRequest request = shop.request("out", recipe_);
        request.run_directory = disk.path() / "run";
        const ModelFolder model(request.model);
        const std::uint64_t needed = journal_bytes(model, resolve(recipe_, linear_modules(read_model_config(model))));
        QVERIFY(needed > 8192);
        tiny::write_text(disk.path() / "other program", std::string(free_bytes(disk.path()) - needed / 2, 'x'));
        At sink([](const Event&) { return false; }, [] {});
        refusal(request, sink, ErrorCode::disk_full); // whether the rest has room does not matter here
        QVERIFY2(sink.log().find("it is not kept") != std::string::npos, sink.log().c_str());
        QVERIFY(!tiny::fs::exists(disk.path() / "run/journal"));
    }
};

QTEST_APPLESS_MAIN(TestDiskFull)
#include "test_disk_full.moc"
