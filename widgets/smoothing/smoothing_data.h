// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

#include "report/smoothing_preview.h"

namespace octavo::gui {

class RunView;

/// What a run recorded about one smoothing group, ready for the preview.
struct SmoothingData {
    QString site;
    std::vector<float> absmax, absmaxAfter;             ///< of the activation, per channel
    std::vector<float> weightAbsmax, weightAbsmaxAfter; ///< over the rows of all consumers
    std::vector<float> meanSquare, weightMeanSquare;
    std::vector<float> reach, weightReach; ///< what the scale is computed from (shared over grouped heads)
    std::vector<double> strengths, errors; ///< measured, α ≥ 0, rising
    double unsmoothedError = -1;           ///< measured without smoothing; −1 = not known
    double chosen = -1;                    ///< α of the run; −1 = left as it was
    /// Expected error of the scales that were used where these are no strength's: found channel by channel, from the
    /// strength `chosen` on. −1 = the scales are those of the strength.
    double balancedError = -1;
    double inputHalfRange = 127.5, weightHalfRange = 127.5; ///< 0 = 16 bit
    bool predictable = false;                               ///< integers on at least one side: the prediction applies
    NoiseFactors factors;                                   ///< fitted to the measured points, by fit()
    std::vector<double> curve;                              ///< predicted errors at α = 0, 1/40, …, 1, by fit()
    double plainError = 0;                                  ///< predicted without smoothing, by fit()

    bool isEmpty() const { return absmax.empty() || weightAbsmax.empty(); }
    bool isBalanced() const { return balancedError >= 0; }
    int channels() const { return int(absmax.size()); }
    double best() const; ///< measured α with the smallest error; −1 = unsmoothed is best, or nothing was measured
    SmoothingInputs inputs() const;

    /// The arrays of one site; nothing is computed from them yet.
    static SmoothingData read(const RunView& view, const QString& site);
    /// `data` with factors, curve and plainError: tens of milliseconds for 14336 channels, for a worker's thread.
    static SmoothingData fit(SmoothingData data);
};

} // namespace octavo::gui
