// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/event_relay.h"

namespace octavo::gui {

void EventRelay::on_event(const Event& event) {
    const std::lock_guard lock(m_guard);
    if (const auto* progress = std::get_if<Progress>(&event))
        m_progress = *progress;
    else
        m_events.push_back(event);
}

std::vector<Event> EventRelay::take() {
    const std::lock_guard lock(m_guard);
    std::vector<Event> out = std::move(m_events);
    m_events.clear();
    if (m_progress) out.push_back(*std::exchange(m_progress, std::nullopt));
    return out;
}

} // namespace octavo::gui
