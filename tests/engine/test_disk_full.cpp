// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <fcntl.h>
#include <functional>
#include <sys/mount.h>
#include <unistd.h>

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

    /// Nothing can be kept of the run; the job says so and ends without an export that nobody could look into.
    void filled_while_the_run_folder_is_written() {
        const SmallDisk disk("24m");
        if (!disk.mounted()) QSKIP("needs the right to mount a file system");
        const Workshop shop;
        QuantizeRequest request = shop.request("out", recipe_);
        request.run_directory = disk.path() / "run";
        At sink(is_first_matrix, [&] { disk.fill(); });
        const std::string said = refusal(request, sink, ErrorCode::disk_full);
        QVERIFY2(QString::fromStdString(said).contains("disk", Qt::CaseInsensitive), said.c_str());
        QVERIFY(sink.done());
        QVERIFY2(sink.log().find("The journal cannot be written") != std::string::npos, sink.log().c_str());
        QVERIFY(!tiny::fs::exists(shop.root() / "out"));
        for (const std::string& name : names_in(shop.root()))
            QVERIFY2(name.find("partial") == std::string::npos, name.c_str());
    }
};

QTEST_APPLESS_MAIN(TestDiskFull)
#include "test_disk_full.moc"
