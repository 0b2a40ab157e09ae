// SPDX-License-Identifier: GPL-3.0-or-later
#include "signals.h"

#include <atomic>
#include <csignal>
#include <pthread.h>
#include <thread>
#include <unistd.h>

namespace octavo::cli {

namespace {

std::atomic<int> scopes{0};

void say(const char* text, std::size_t length) {
    if (::write(STDERR_FILENO, text, length) < 0) return; // nobody is there to read it
}

} // namespace

// A thread that waits for the signals instead of a handler: request_stop() takes locks and calls back, which a handler
// may not.
void watch_signals(std::stop_source stop) {
    std::signal(SIGPIPE, SIG_IGN); // a reader of --events that goes away must not leave a half-written export behind
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP); // the terminal was closed, or the connection to it lost
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread([set, stop]() mutable {
        for (;;) {
            int signal = 0;
            if (sigwait(&set, &signal) != 0) continue;
            if (scopes.load() == 0 || stop.stop_requested()) ::_exit(130);
            constexpr char text[] = "\nStopping; once more ends the program at once.\n";
            say(text, sizeof text - 1);
            stop.request_stop();
        }
    }).detach();
}

StopScope::StopScope() { ++scopes; }
StopScope::~StopScope() { --scopes; }

} // namespace octavo::cli
