// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/faults.h"

#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

// What runs in a signal handler calls nothing that may take a lock: no memory, no streams.
namespace octavo {

namespace {

void say(const char* text, std::size_t length) {
    while (length > 0) {
        const ssize_t put = ::write(STDERR_FILENO, text, length);
        if (put <= 0) return; // nobody is there to read it
        text += put;
        length -= static_cast<std::size_t>(put);
    }
}

void say(const char* text) { say(text, std::strlen(text)); }

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Reads "begin-end" of a line of /proc/self/maps; where it holds `address`, the line's path goes to stderr.
bool say_if_mapped_here(const char* line, std::size_t length, std::uintptr_t address) {
    std::uintptr_t bounds[2] = {};
    std::size_t at = 0;
    for (std::uintptr_t& bound : bounds) {
        for (int digit; at < length && (digit = hex_digit(line[at])) >= 0; ++at)
            bound = bound * 16 + static_cast<std::uintptr_t>(digit);
        ++at;
    }
    if (address < bounds[0] || address >= bounds[1]) return false;
    while (at < length && line[at] != '/') ++at;
    say("\n  where: ");
    say(line + at, length - at);
    return true;
}

void name_file_at(std::uintptr_t address) {
    const int maps = ::open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    if (maps < 0) return;
    char line[4096], piece[512];
    std::size_t length = 0;
    bool found = false;
    for (ssize_t got; !found && (got = ::read(maps, piece, sizeof piece)) > 0;)
        for (ssize_t i = 0; i < got && !found; ++i) {
            if (piece[i] != '\n') {
                if (length < sizeof line) line[length++] = piece[i];
                continue;
            }
            found = say_if_mapped_here(line, length, address);
            length = 0;
        }
    ::close(maps);
}

void on_bus_error(int, siginfo_t* info, void*) {
    say("\nerror: A file can no longer be read: it was cut short, or its disk fails");
    name_file_at(reinterpret_cast<std::uintptr_t>(info->si_addr));
    say("\n  advice: Leave a model's files alone while they are read; if nobody touched them, see dmesg. A calibrated "
        "job "
        "goes on with --resume.\n");
    ::_exit(1);
}

} // namespace

void explain_faults() {
    std::signal(SIGXFSZ, SIG_IGN);
    struct sigaction action {};
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    ::sigaction(SIGBUS, &action, nullptr);
}

} // namespace octavo
