// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace octavo {

/// For the whole process, once, at its start. A write beyond ulimit -f fails like any other instead of ending the
/// program. Reading a mapped file that was cut short, or whose disk fails, still ends it – nothing can be read in its
/// place – but with a message that names the file, and with exit code 1.
void explain_faults();

} // namespace octavo
