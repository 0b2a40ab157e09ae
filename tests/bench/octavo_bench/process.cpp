// SPDX-License-Identifier: GPL-3.0-or-later
#include "process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>

#include "base/files.h"

extern char** environ;

namespace octavo::bench {

namespace {

/// What a child writes to one of its streams; a file, so that neither side ever waits for the other.
class Captured {
public:
    Captured() : file_(std::tmpfile(), &std::fclose) {
        if (!file_) throw_errno(msg("A temporary file could not be made"), std::filesystem::temp_directory_path());
    }
    int descriptor() const { return fileno(file_.get()); }
    std::string text() const {
        std::rewind(file_.get());
        std::string out;
        char piece[4096];
        for (std::size_t count; (count = std::fread(piece, 1, sizeof piece, file_.get())) > 0;)
            out.append(piece, count);
        return out;
    }

private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

} // namespace

Finished run_process(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const Captured out, errors;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.descriptor(), 1);
    posix_spawn_file_actions_adddup2(&actions, errors.descriptor(), 2);
    pid_t child = 0;
    const auto started = std::chrono::steady_clock::now();
    const int refused = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (refused) throw Error(ErrorCode::io, msg("The program could not be started"), {}, {.file = command[0]});
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        const std::string said = errors.text();
        throw Error(ErrorCode::io,
                    msg("The program failed: %1", said.substr(said.size() - std::min<std::size_t>(said.size(), 800))),
                    {}, {.file = command[0]});
    }
    return {seconds, out.text()};
}

} // namespace octavo::bench
