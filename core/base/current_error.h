// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace octavo {

/// What std::bad_alloc and its like say to people.
Error memory_ran_out();

/// The exception that is being handled, as an Error: what is none becomes out_of_memory or internal.
Error current_error();

/// In the catch block of a main(): message, place and advice on stderr, after the program's name. Returns the exit
/// code.
int print_current_error(const char* program);

} // namespace octavo
