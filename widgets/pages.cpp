// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages.h"

#include "activations/activations_page.h"
#include "compare/compare_page.h"
#include "export/export_page.h"
#include "pareto/pareto_page.h"
#include "results/results_page.h"
#include "sensitivity/sensitivity_page.h"
#include "smoothing/smoothing_page.h"
#include "weights/weights_page.h"

namespace octavo::gui {

std::vector<Page*> makePages(Session& session, QWidget* parent) {
    return {new ActivationsPage(session, parent), new SmoothingPage(session, parent), new WeightsPage(session, parent),
            new SensitivityPage(session, parent), new ParetoPage(session, parent),    new ResultsPage(session, parent),
            new ComparePage(session, parent),     new ExportPage(session, parent)};
}

} // namespace octavo::gui
