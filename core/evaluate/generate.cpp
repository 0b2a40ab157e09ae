// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/generate.h"

#include "evaluate/row_writer.h"

#include <numeric>

namespace octavo {

TokenRows generate(const GenerateRequest& request, Sink& sink, std::stop_token stop) {
    check_options(request);
    if (request.prompts.empty()) return {};
    PassProgress progress(sink, stop, "generate", 1, static_cast<double>(tokens_to_write(request)));
    std::vector<std::size_t> all(request.prompts.size());
    std::iota(all.begin(), all.end(), std::size_t(0));
    return RowWriter(request, request.model, msg("Calibrate with a dataset instead."), progress, stop).run(all);
}

} // namespace octavo
