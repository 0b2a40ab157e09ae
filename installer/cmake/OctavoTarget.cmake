# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings are errors on our own targets and nowhere else.
function(octavo_target target)
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror
    # False positives of GCC 12 inside std::string (GCC PR 105329, 105651).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds>>)
endfunction()
