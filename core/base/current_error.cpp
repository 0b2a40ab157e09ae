// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/current_error.h"

#include <cstdio>
#include <exception>
#include <new>

namespace octavo {

Error memory_ran_out() {
    return {ErrorCode::out_of_memory, msg("There is not enough memory"),
            msg("Use fewer or shorter samples, or close other programs.")};
}

Error current_error() {
    try {
        throw;
    } catch (const Error& error) {
        return error;
    } catch (const std::bad_alloc&) {
        return memory_ran_out();
    } catch (const std::exception& error) {
        return {ErrorCode::internal, msg("This should not have happened: %1", error.what()),
                msg("Please report it with the command line that led to it.")};
    } catch (...) {
        return {ErrorCode::internal, msg("An unexpected error of an unknown kind"),
                msg("Please report it with the command line that led to it.")};
    }
}

int print_current_error(const char* program) {
    const Error error = current_error();
    std::fprintf(stderr, "%s: %s\n", program, error.what());
    return exit_code(error.code());
}

} // namespace octavo
