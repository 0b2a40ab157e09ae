// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "page.h"

namespace octavo::gui {

/// The pages of the centre in the order of their tabs.
std::vector<Page*> makePages(Session& session, QWidget* parent);

} // namespace octavo::gui
