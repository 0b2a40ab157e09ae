// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace octavo::gui {

/// Where the sample model lies or would lie: $OCTAVO_SAMPLE_MODEL, else <data home>/models/SmolLM2-135M-Instruct.
QString sampleModelFolder();
/// The GGUF file that the sample can be made from, as the installer left it; empty when it is not there.
QString sampleModelSource();

} // namespace octavo::gui
