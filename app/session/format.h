// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

#include "base/error.h"
#include "hardware/hardware.h"

namespace octavo {
struct RunRecord;
}

namespace octavo::gui {

/// Bytes in binary units, one decimal, in the user's locale: "256.6 MiB", "1.2 GiB".
QString bytesText(std::uint64_t bytes);
/// "0:41", "12:05", "1:02:05"; "–" below zero.
QString durationText(double seconds);
/// "41 s", "1 min 40 s", "2 h 05 min", for estimates.
QString roughDurationText(double seconds);
/// Significant digits as set in the preferences, never "1e-05" between 0.001 and 99999; "–" for NaN.
QString numberText(double value, int significantDigits = 4);
/// "134.5 M", "1.1 B"
QString countText(double value);
/// What a name says within its layer: "mlp.experts.7.up_proj" of "model.layers.12.mlp.experts.7.up_proj", "mlp_input"
/// of a site. The last part where the name is in no layer.
QString withinLayer(const QString& name);
/// "12 · mlp.down_proj" of "model.layers.12.mlp.down_proj"; "12 · mlp input" of a site. Others come back as they are.
QString layerLabel(const QString& name);
/// Of an input within its layer ("attention_input", "experts.7.mlp_input", "query_latent", …); translated.
QString siteKindLabel(const QString& kind);
/// The schemes of a run's matrices, "W4A16 + W8A16"; that of its recipe while nothing is solved; empty for none.
QString schemesText(const RunRecord& record);
/// A core message in the user's language (context "core"), places filled.
QString translated(const Message& message);
/// "NVIDIA L4 (8.9)"
QString gpuLabel(const TargetGpu& gpu);

} // namespace octavo::gui
