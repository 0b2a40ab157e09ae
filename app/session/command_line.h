// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "job/job.h"

namespace octavo::gui {

/// The request as shell text for octavo-cli. A recipe that differs from its scheme's preset comes along as a
/// here-document.
QString quantizeCommand(const QuantizeRequest& request);

/// A word of POSIX shell: unchanged if harmless, else in single quotes.
QString shellWord(const QString& text);

} // namespace octavo::gui
