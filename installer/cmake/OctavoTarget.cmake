# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings are errors on our own targets and nowhere else.
function(octavo_target target)
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror>)
endfunction()
