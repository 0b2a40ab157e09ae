// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

/// Largest difference between the factor made in panels and LibTorch's in double, relative to the largest number.
double panels_against_whole(int columns);
/// Whether a matrix with a negative eigenvalue far down is found out, in panels and whole.
bool indefinite_is_found_out();
/// Parts that by_rows() begins when a stop is asked for in the first, and without one.
std::vector<int> parts_with_and_without_stop();

struct AfterStop {
    int products = 0;  ///< of the whole work: products, factors and triangular systems
    int cancelled = 0; ///< how many of the runs, each stopped at another product, ended as cancelled
    int most = 0;      ///< products that began after the stop, at most
};
/// Everything that a solver does with one input, stopped once at each of its products.
AfterStop stopped_at_each_product();
