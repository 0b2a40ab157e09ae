// SPDX-License-Identifier: GPL-3.0-or-later
#include "smoothing/smoothing_data.h"

#include <algorithm>

#include "recipe/recipe.h"
#include "session/run_view.h"

namespace octavo::gui {
namespace {

constexpr int curveSteps = 40;

/// Half range of an integer operand, 0 for one that is not rounded to an even grid.
double halfRange(const QuantizationArgs& args) {
    return args.type == NumberType::integer ? double(args.half_range()) : 0;
}

SmoothingStatistic statisticOf(const RunView& view) {
    try {
        if (const RunRecord* record = view.record()) return recipe_from_json(record->recipe).smoothing.statistic;
    } catch (const Error&) {
        // A recipe that this version cannot read still has statistics worth drawing.
    }
    return SmoothingOptions().statistic;
}

void readSchemes(SmoothingData& data, const RunView& view) {
    const auto reports = view.reportsOfSite(data.site);
    if (reports.empty()) return;
    data.chosen = reports.front()->smoothing_strength;
    for (const MatrixReport* report : reports) {
        if (report->scheme.empty()) continue;
        try {
            const Scheme& scheme = preset(report->scheme);
            data.weightHalfRange = halfRange(scheme.weights);
            data.inputHalfRange = scheme.input ? halfRange(*scheme.input) : 0;
            data.predictable = data.weightHalfRange > 0 || data.inputHalfRange > 0;
        } catch (const Error&) {
            data.predictable = false;
        }
        return;
    }
}

/// Grouped queries: the channels of o that read one head of v share a scale.
void shareHeads(SmoothingData& data, const RunView& view, const std::vector<float>& scale) {
    if (!data.site.endsWith(QLatin1String(".output_input"))) return;
    const auto own = view.reportsOfSite(data.site);
    if (own.empty()) return;
    for (const MatrixReport& report : view.reports()) {
        if (report.layer != own.front()->layer || report.role != "v_proj") continue;
        const std::int64_t dim = infer_head_dim(scale, report.rows);
        data.reach = shared_maximum(data.reach, report.rows, dim);
        data.weightReach = shared_maximum(data.weightReach, report.rows, dim);
    }
}

} // namespace

double SmoothingData::best() const {
    if (errors.empty()) return -1;
    const auto smallest = std::min_element(errors.begin(), errors.end());
    if (unsmoothedError >= 0 && unsmoothedError <= *smallest) return -1;
    return strengths[std::size_t(smallest - errors.begin())];
}

SmoothingInputs SmoothingData::inputs() const {
    return {reach, weightReach, meanSquare, weightMeanSquare, absmax, weightAbsmax, inputHalfRange, weightHalfRange};
}

SmoothingData SmoothingData::read(const RunView& view, const QString& site) {
    SmoothingData data;
    data.site = site;
    if (site.isEmpty()) return data;
    const auto array = [&](const char* name) { return *view.array(site, name); };
    data.absmax = array("absmax_before");
    data.weightAbsmax = array("weight_absmax_before");
    if (data.absmax.size() != data.weightAbsmax.size()) data.absmax.clear();
    if (data.isEmpty()) return data;
    const std::size_t channels = data.absmax.size();
    const auto sized = [&](const char* name) {
        std::vector<float> values = array(name);
        if (values.size() != channels) values.clear();
        return values;
    };
    data.absmaxAfter = sized("absmax_after");
    data.weightAbsmaxAfter = sized("weight_absmax_after");
    data.meanSquare = sized("mean_square_before");
    data.weightMeanSquare = sized("weight_mean_square_before");
    data.reach = data.absmax;
    data.weightReach = data.weightAbsmax;
    if (statisticOf(view) == SmoothingStatistic::range) {
        const std::vector<float> low = sized("min_before"), high = sized("max_before");
        if (!low.empty() && !high.empty())
            for (std::size_t k = 0; k < channels; ++k) data.reach[k] = high[k] - low[k];
    }
    readSchemes(data, view);
    shareHeads(data, view, sized("smoothing_scale"));
    if (const std::vector<float> balanced = array("balanced_error"); balanced.size() == 1 && balanced[0] >= 0)
        data.balancedError = double(balanced[0]);
    const std::vector<float> strengths = array("strengths"), errors = array("strength_errors");
    std::vector<std::pair<double, double>> curve;
    for (std::size_t i = 0; i < std::min(strengths.size(), errors.size()); ++i) {
        if (strengths[i] < 0)
            data.unsmoothedError = errors[i];
        else
            curve.emplace_back(strengths[i], errors[i]);
    }
    std::sort(curve.begin(), curve.end());
    for (const auto& [strength, error] : curve) {
        data.strengths.push_back(strength);
        data.errors.push_back(error);
    }
    return data;
}

SmoothingData SmoothingData::fit(SmoothingData data) {
    if (data.isEmpty()) return data;
    const SmoothingInputs inputs = data.inputs();
    const std::vector<float> plain(data.absmax.size(), 1.0f);
    std::vector<NoiseTerms> terms;
    std::vector<double> measured = data.errors;
    for (const double strength : data.strengths)
        terms.push_back(predicted_terms(inputs, smoothing_scale(inputs, strength)));
    if (data.unsmoothedError > 0) {
        terms.push_back(predicted_terms(inputs, plain));
        measured.push_back(data.unsmoothedError);
    }
    if (data.predictable) data.factors = fit_noise(terms, measured);
    data.plainError = predicted_error(inputs, plain, data.factors);
    if (!data.predictable || data.meanSquare.empty() || data.weightMeanSquare.empty()) return data;
    std::vector<double> strengths;
    for (int i = 0; i <= curveSteps; ++i) strengths.push_back(double(i) / curveSteps);
    data.curve = predicted_errors(inputs, strengths, data.factors);
    return data;
}

} // namespace octavo::gui
