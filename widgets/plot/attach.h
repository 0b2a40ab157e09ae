// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace octavo::gui {

class LayerSelection;
class Page;
class Plot;

/// Connects a plot with its page: read-out to the status bar, Up and Down to the selection.
void attach(Plot* plot, Page* page, LayerSelection& selection);
/// Two plots that stand above each other show the same part of their x axis.
void linkX(Plot* a, Plot* b);

} // namespace octavo::gui
