// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/max_pyramid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace octavo::gui {
namespace {

float larger(float a, float b) {
    if (std::isnan(a)) return b;
    if (std::isnan(b)) return a;
    return a > b ? a : b;
}

} // namespace

MaxPyramid::MaxPyramid(std::vector<float> values, int rows, int columns) : m_rows(rows), m_columns(columns) {
    m_minimum = m_maximum = std::numeric_limits<float>::quiet_NaN();
    values.resize(std::size_t(rows) * std::size_t(columns), std::numeric_limits<float>::quiet_NaN());
    for (const float value : values) {
        if (!std::isfinite(value)) continue;
        m_maximum = larger(m_maximum, value);
        if (value > 0 && !(m_minimum <= value)) m_minimum = value;
    }
    m_levels.push_back(std::move(values));
    m_widths.push_back(columns);
    while (m_widths.back() > 1) {
        const std::vector<float>& fine = m_levels.back();
        const int width = m_widths.back(), half = (width + 1) / 2;
        std::vector<float> coarse(std::size_t(rows) * std::size_t(half));
        for (int row = 0; row < rows; ++row) {
            const float* from = fine.data() + std::size_t(row) * std::size_t(width);
            float* to = coarse.data() + std::size_t(row) * std::size_t(half);
            for (int i = 0; i < half; ++i)
                to[i] = 2 * i + 1 < width ? larger(from[2 * i], from[2 * i + 1]) : from[2 * i];
        }
        m_levels.push_back(std::move(coarse));
        m_widths.push_back(half);
    }
}

float MaxPyramid::cell(int level, int rowStep, int row, int column) const {
    float value = std::numeric_limits<float>::quiet_NaN();
    const int last = std::min(m_rows, (row + 1) * rowStep);
    for (int r = row * rowStep; r < last; ++r)
        value = larger(value, m_levels[std::size_t(level)][index(level, r, column)]);
    return value;
}

int MaxPyramid::levelFor(double columns, double pixels, int levels) {
    int level = 0;
    while (level + 1 < levels && columns > std::max(1.0, pixels) * double(1 << level)) ++level;
    return level;
}

int MaxPyramid::argmax(int row, int first, int last) const {
    first = std::clamp(first, 0, m_columns - 1);
    last = std::clamp(last, first, m_columns - 1);
    int best = first;
    for (int column = first; column <= last; ++column)
        if (const float value = at(row, column); !std::isnan(value) && !(value <= at(row, best))) best = column;
    return best;
}

} // namespace octavo::gui
