// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace octavo::gui {

/// A matrix of numbers with coarser copies of itself in which every cell is the *maximum* of what it stands for: an
/// outlier that is one channel wide is as bright in a picture of 300 pixels as in one of 14336. NaN means absent and
/// loses against any number.
class MaxPyramid {
public:
    MaxPyramid() = default;
    MaxPyramid(std::vector<float> values, int rows, int columns); ///< row-major, rows × columns

    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    bool isEmpty() const { return m_rows == 0 || m_columns == 0; }
    int levels() const { return int(m_levels.size()); }
    int columnsAt(int level) const { return m_widths[std::size_t(level)]; } ///< ⌈columns / 2^level⌉
    float at(int row, int column) const { return m_levels[0][index(0, row, column)]; }
    /// Maximum of `rowStep` rows from row·rowStep and 2^level columns from column·2^level.
    float cell(int level, int rowStep, int row, int column) const;
    /// Smallest level at which `columns` columns fit into `pixels`.
    static int levelFor(double columns, double pixels, int levels);
    /// Column of the largest value among first…last (inclusive, clamped) of a row.
    int argmax(int row, int first, int last) const;
    float minimum() const { return m_minimum; } ///< of the finite values above zero; NaN when there are none
    float maximum() const { return m_maximum; }

private:
    std::size_t index(int level, int row, int column) const {
        return std::size_t(row) * std::size_t(m_widths[std::size_t(level)]) + std::size_t(column);
    }

    int m_rows = 0, m_columns = 0;
    std::vector<std::vector<float>> m_levels;
    std::vector<int> m_widths;
    float m_minimum = 0, m_maximum = 0;
};

} // namespace octavo::gui
