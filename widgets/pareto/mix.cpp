// SPDX-License-Identifier: GPL-3.0-or-later
#include "pareto/mix.h"

#include <algorithm>
#include <cmath>

namespace octavo::gui {

void Mix::setTable(std::shared_ptr<const SensitivityTable> table, const std::optional<TargetGpu>& target) {
    m_table = std::move(table);
    m_target = target;
    std::erase_if(m_pins, [this](const auto& pin) {
        return !m_table || std::none_of(m_table->rows.begin(), m_table->rows.end(),
                                        [&](const SensitivityRow& row) { return row.group == pin.first; });
    });
    rebuild();
}

void Mix::rebuild() {
    m_problem.reset();
    m_allocator.reset();
    m_chosen.reset();
    if (!m_table) return;
    AllocationOptions options;
    options.target = m_target;
    options.pins.assign(m_pins.begin(), m_pins.end());
    try {
        m_allocator = std::make_unique<Allocator>(*m_table, options);
    } catch (const Error& error) {
        m_problem.emplace(error);
        return;
    }
    indexRows();
    // To begin with, what all of the first scheme would take.
    choose(m_budget > 0 || m_table->schemes.empty() ? m_budget
                                                    : double(m_allocator->uniform(m_table->schemes.front()).bytes));
}

void Mix::choose(double bytes) {
    if (!m_allocator || m_allocator->front().empty()) return;
    const auto& front = m_allocator->front();
    m_budget = std::clamp(bytes, double(front.front().bytes), double(front.back().bytes));
    m_chosen = m_allocator->solve({Budget::Kind::bytes, m_budget});
}

void Mix::chooseExactly() {
    if (m_allocator && m_chosen) m_chosen = m_allocator->solve({Budget::Kind::bytes, m_budget}, true);
}

void Mix::step(int direction) {
    if (!m_allocator || !m_chosen) return;
    const auto& front = m_allocator->front();
    const auto after = std::find_if(front.begin(), front.end(), [this, direction](const Allocator::Point& point) {
        return direction > 0 ? double(point.bytes) > m_budget + 0.5 : double(point.bytes) >= m_budget - 0.5;
    });
    if (direction > 0 && after != front.end()) choose(double(after->bytes));
    if (direction < 0 && after != front.begin()) choose(double(std::prev(after)->bytes));
}

void Mix::indexRows() {
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < m_allocator->groups().size(); ++i) places[m_allocator->groups()[i].name] = i;
    m_rows.assign(m_allocator->groups().size(), {});
    for (const SensitivityRow& row : m_table->rows)
        if (const auto place = places.find(row.group); place != places.end())
            m_rows[place->second].emplace(row.scheme, &row);
}

const SensitivityRow* Mix::row(std::size_t group) const {
    const std::string& scheme = m_chosen->schemes[group];
    // The allocator was made from this table: what it chose is there.
    return scheme.empty() ? m_rows[group].begin()->second : m_rows[group].at(scheme);
}

std::uint64_t Mix::bytes(std::size_t group) const {
    return m_chosen->schemes[group].empty() ? row(group)->bytes_before : row(group)->bytes;
}

double Mix::bits(std::size_t group) const {
    return 8 * double(bytes(group)) / double(std::max<std::int64_t>(1, row(group)->parameters));
}

double Mix::damage(std::size_t group) const {
    return m_chosen->schemes[group].empty() ? 0 : row(group)->damage(m_allocator->tier());
}

bool Mix::togglePin(std::size_t group) {
    if (!m_allocator || !m_chosen || group >= m_allocator->groups().size()) return false;
    const std::string name = m_allocator->groups()[group].name, scheme = m_chosen->schemes[group];
    if (!m_pins.erase(name)) {
        if (m_pins.size() + 1 >= m_allocator->groups().size()) return false;
        m_pins[name] = scheme.empty() ? "16" : scheme;
    }
    rebuild();
    return true;
}

void Mix::clearPins() {
    m_pins.clear();
    rebuild();
}

} // namespace octavo::gui
