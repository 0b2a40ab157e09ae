// SPDX-License-Identifier: GPL-3.0-or-later
#include "pareto/scheme_map.h"

#include <algorithm>
#include <cmath>

#include "pareto/mix.h"
#include "session/format.h"

namespace octavo::gui {

namespace {

bool inMap(const Allocator::Group& group) { return group.layer >= 0 && group.layer < 2048; }

} // namespace

QString SchemeMap::shownScheme(const std::string& scheme) {
    return scheme.empty() ? tr("16 bit") : QString::fromStdString(scheme);
}

SchemeMap::SchemeMap(const Mix& mix, QWidget* parent) : HeatMap(parent), m_mix(mix) {
    setIntegerAxis(xAxis);
    setReadout([this](QPointF at) { return read(at); });
}

void SchemeMap::retranslate() {
    setTitle(tr("Bits per weight by layer and group"));
    setAxisTitles(tr("layer"), QString());
    setColourTitle(tr("bits per weight"));
}

void SchemeMap::draw() {
    m_roles.clear();
    clearSeries();
    QCPGraph* pins = addPoints(tr("pinned"), Tone::alert, QCPScatterStyle::ssSquare, 7);
    if (!m_mix.chosen()) return setMatrix({}, 0, 0, Scale::linear);
    const std::vector<Allocator::Group>& groups = m_mix.allocator()->groups();
    int layers = 0;
    for (const Allocator::Group& group : groups) {
        if (!inMap(group)) continue;
        layers = std::max(layers, group.layer + 1);
        if (const QString role = QString::fromStdString(group.role); !m_roles.contains(role)) m_roles << role;
    }
    std::vector<float> bits(std::size_t(layers) * std::size_t(m_roles.size()), std::nanf(""));
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (!inMap(groups[i])) continue;
        const auto role = m_roles.indexOf(QString::fromStdString(groups[i].role));
        bits[std::size_t(role) * std::size_t(layers) + std::size_t(groups[i].layer)] = float(m_mix.bits(i));
        if (groups[i].pinned) pins->addData(groups[i].layer, double(role));
    }
    setNamedAxis(yAxis, m_roles);
    setMatrix(std::move(bits), int(m_roles.size()), layers, Scale::linear, true);
    setColourRange(0, 16);
}

std::optional<std::size_t> SchemeMap::groupAt(QPointF at) const {
    const Cell cell = cellAt(at);
    if (!m_mix.chosen() || cell.row < 0 || cell.row >= m_roles.size()) return std::nullopt;
    const std::vector<Allocator::Group>& groups = m_mix.allocator()->groups();
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (groups[i].layer == cell.column && QString::fromStdString(groups[i].role) == m_roles[cell.row]) return i;
    return std::nullopt;
}

Readout SchemeMap::read(QPointF at) const {
    const std::optional<std::size_t> i = groupAt(at);
    if (!i) return {};
    const Allocator::Group& group = m_mix.allocator()->groups()[*i];
    return {{double(group.layer), double(m_roles.indexOf(QString::fromStdString(group.role)))},
            tr("%1 · %2\n%3%4")
                .arg(QString::number(group.layer), QString::fromStdString(group.role),
                     shownScheme(m_mix.chosen()->schemes[*i]), group.pinned ? tr(", pinned") : QString())};
}

} // namespace octavo::gui
