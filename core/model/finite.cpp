// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/finite.h"

#include "base/error.h"

#include <cmath>

namespace octavo {

void check_activations(const at::Tensor& x, const std::string& layer, const std::string& file) {
    // A sum in double is finite exactly when all float terms are: one pass, no temporary.
    if (std::isfinite(x.sum(at::kDouble).item<double>())) return;
    throw Error(ErrorCode::not_finite, msg("The activations hold NaN or infinity"),
                msg("The model overflows even in float32: use an intact copy of it, or another calibration set or "
                    "shorter samples if only some texts do it."),
                Place{.file = file, .layer = layer});
}

} // namespace octavo
