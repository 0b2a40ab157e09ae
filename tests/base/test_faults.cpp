// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/faults.h"
#include "base/files.h"

using namespace octavo;
namespace fs = std::filesystem;

namespace {

struct Ended {
    int status = 0; ///< as waitpid() gives it
    std::string said;
};

/// `work` in a process of its own, for it may not survive it.
Ended in_child(const std::function<void()>& work) {
    int ends[2];
    if (::pipe(ends) != 0) return {};
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDERR_FILENO);
        explain_faults();
        work();
        ::_exit(0);
    }
    ::close(ends[1]);
    Ended out;
    char piece[512];
    for (ssize_t got; (got = ::read(ends[0], piece, sizeof piece)) > 0;) out.said.append(piece, std::size_t(got));
    ::close(ends[0]);
    ::waitpid(child, &out.status, 0);
    return out;
}

} // namespace

class TestFaults : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    fs::path path(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

private Q_SLOTS:
    void a_file_that_was_cut_short_is_named() {
        const fs::path file = path("model with a space.safetensors");
        write_file_atomically(file, std::string(1 << 20, 'x'));
        const Ended ended = in_child([&] {
            const MappedFile mapped(file);
            if (::truncate(file.c_str(), 0) != 0) return;
            volatile std::byte last = mapped.bytes().back();
            static_cast<void>(last);
        });
        QVERIFY2(WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 1, ended.said.c_str());
        QVERIFY2(ended.said.find("where: " + file.string()) != std::string::npos, ended.said.c_str());
        QVERIFY2(ended.said.find("cut short") != std::string::npos, ended.said.c_str());
        QVERIFY2(ended.said.find("advice:") != std::string::npos, ended.said.c_str());
    }

    void a_write_beyond_the_limit_is_an_error_like_others() {
        const fs::path file = path("large");
        const Ended ended = in_child([&] {
            rlimit limit{4096, 4096};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            try {
                write_file_atomically(file, std::string(1 << 20, 'x'));
            } catch (const Error& error) {
                const std::string text = error.what();
                if (::write(STDERR_FILENO, text.data(), text.size()) < 0) return;
            }
        });
        QVERIFY(WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0);
        QVERIFY2(ended.said.find("the file is too large") != std::string::npos, ended.said.c_str());
        QVERIFY2(ended.said.find("ulimit -f") != std::string::npos, ended.said.c_str());
        QVERIFY(!fs::exists(file));
        for (const auto& entry : fs::directory_iterator(folder_.path().toStdString()))
            QVERIFY(entry.path().filename().string().find(".tmp") == std::string::npos);
    }

    void advice_fits_what_went_wrong_data() {
        QTest::addColumn<int>("error");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("advice");
        QTest::newRow("full") << ENOSPC << int(ErrorCode::disk_full) << "Free some space";
        QTest::newRow("quota") << EDQUOT << int(ErrorCode::disk_full) << "Free some space";
        QTest::newRow("read-only") << EROFS << int(ErrorCode::io) << "read-only";
        QTest::newRow("defect") << EIO << int(ErrorCode::io) << "dmesg";
        QTest::newRow("memory") << ENOMEM << int(ErrorCode::out_of_memory) << "ulimit -v";
        QTest::newRow("files") << EMFILE << int(ErrorCode::io) << "ulimit -n";
        QTest::newRow("rights") << EACCES << int(ErrorCode::io) << "you may use it";
    }
    void advice_fits_what_went_wrong() {
        QFETCH(int, error);
        QFETCH(int, code);
        QFETCH(QString, advice);
        try {
            errno = error;
            throw_errno(msg("The file could not be written"), "/some/file");
        } catch (const Error& thrown) {
            QCOMPARE(int(thrown.code()), code);
            QCOMPARE(thrown.place().file, std::string("/some/file"));
            QVERIFY2(QString::fromStdString(thrown.advice().english()).contains(advice), thrown.what());
        }
    }
};

QTEST_APPLESS_MAIN(TestFaults)
#include "test_faults.moc"
