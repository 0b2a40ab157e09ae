// SPDX-License-Identifier: GPL-3.0-or-later
#include "progress.h"

#include <algorithm>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

#include "output.h"

namespace octavo::cli {

namespace {

constexpr std::chrono::milliseconds redraw{200};
constexpr std::chrono::seconds sparse{2};

std::size_t terminal_width() {
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20) return 79;
    return size.ws_col - 1u;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

bool has_terminal() {
    const char* kind = std::getenv("TERM");
    return ::isatty(STDERR_FILENO) && kind && std::strcmp(kind, "dumb") != 0;
}

} // namespace

ProgressPrinter::ProgressPrinter()
    : terminal_(has_terminal()), last_line_(Clock::now()), ticker_([this](std::stop_token stop) { tick(stop); }) {}

ProgressPrinter::~ProgressPrinter() {
    ticker_.request_stop();
    ticker_.join();
    if (terminal_) std::fputs("\r\033[K", stderr);
}

void ProgressPrinter::on_event(const Event& event) {
    try {
        const std::lock_guard lock(guard_);
        std::visit([this](const auto& each) { show(each); }, event);
    } catch (...) { // a sink must not throw: a line that cannot be shown is no reason to fail
    }
}

void ProgressPrinter::show(const PhaseStarted& event) {
    phase_ = event.phase;
    progress_ = {};
    phase_start_ = progress_time_ = Clock::now();
    if (terminal_) draw();
}

void ProgressPrinter::show(const PhaseFinished& event) {
    say(event.phase + ": " + duration_text(event.seconds));
    phase_.clear();
}

void ProgressPrinter::show(const Progress& event) {
    if (phase_ != event.phase) phase_start_ = Clock::now();
    phase_ = event.phase;
    progress_ = event;
    progress_time_ = Clock::now();
}

void ProgressPrinter::show(const LogLine& event) {
    if (event.level == LogLevel::debug) return;
    const char* mark = event.level == LogLevel::error ? "error: " : event.level == LogLevel::warning ? "warning: " : "";
    say(mark + event.message.english());
}

void ProgressPrinter::tick(std::stop_token stop) {
    std::unique_lock lock(guard_);
    while (!stop.stop_requested()) {
        wake_.wait_for(lock, stop, redraw, [] { return false; });
        if (stop.stop_requested() || phase_.empty()) continue;
        if (terminal_ || Clock::now() - last_line_ >= sparse) draw();
    }
}

std::string ProgressPrinter::line() const {
    std::string out = phase_;
    if (progress_.layers > 0 && progress_.layer >= 0)
        out += "  layer " + std::to_string(progress_.layer + 1) + "/" + std::to_string(progress_.layers);
    if (progress_.total > 0) out += "  " + percent(std::clamp(progress_.done / progress_.total, 0.0, 1.0), 0);
    out += "  " + duration_text(seconds_since(phase_start_));
    if (progress_.remaining_seconds >= 0)
        out += ", about " + duration_text(std::max(0.0, progress_.remaining_seconds - seconds_since(progress_time_))) +
               " left";
    if (!progress_.item.empty()) out += "  " + progress_.item;
    return out;
}

void ProgressPrinter::draw() {
    std::string text = line();
    if (terminal_) {
        if (const std::size_t width = terminal_width(); text.size() > width) text.resize(width);
        text = "\r\033[K" + text;
    } else {
        text += "\n";
    }
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
    last_line_ = Clock::now();
}

void ProgressPrinter::say(const std::string& text) {
    const std::string whole = (terminal_ ? "\r\033[K" : "") + text + "\n";
    std::fwrite(whole.data(), 1, whole.size(), stderr);
    std::fflush(stderr);
    last_line_ = Clock::now();
}

EventWriter::EventWriter(const std::string& file) : standard_output_(file == "-") {
    if (standard_output_) return;
    file_.open(file, std::ios::binary | std::ios::trunc);
    if (!file_)
        throw Error(ErrorCode::io, msg("The file for events cannot be written"),
                    msg("Check that its folder exists and that you may write there."), {.file = file});
}

void EventWriter::on_event(const Event& event) {
    try {
        const std::string line = to_json(event).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
        const std::lock_guard lock(guard_);
        if (standard_output_) {
            std::fwrite(line.data(), 1, line.size(), stdout);
            std::fflush(stdout);
        } else {
            file_.write(line.data(), static_cast<std::streamsize>(line.size())).flush();
        }
    } catch (...) {
    }
}

} // namespace octavo::cli
