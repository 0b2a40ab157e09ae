// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "report/event.h"

namespace octavo::gui {

/// Takes events in the working thread and gives them out in the GUI thread, where a timer asks 20 times a second:
/// however fast the work reports, the window is never flooded. Of progress only the latest is kept.
class EventRelay final : public Sink {
public:
    void on_event(const Event& event) override;
    std::vector<Event> take();

private:
    std::mutex m_guard;
    std::vector<Event> m_events;
    std::optional<Progress> m_progress;
};

} // namespace octavo::gui
