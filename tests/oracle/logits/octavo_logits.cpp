// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include "base/current_error.h"
#include "base/json.h"
#include "checkpoint/safetensors.h"
#include "evaluate/stream.h"

using namespace octavo;

namespace {

using Rows = std::vector<std::vector<std::int32_t>>;

Rows read_rows(const char* file) {
    Rows rows;
    for (const Json& list : read_json(file, ErrorCode::unusable_data))
        rows.push_back(list.get<std::vector<std::int32_t>>());
    return rows;
}

/// Raw logits [all tokens, vocabulary] of rows of any lengths, cut into chunks of about `chunk` tokens.
at::Tensor logits_of(const char* model, const Rows& rows, std::int64_t chunk) {
    const c10::InferenceMode no_gradients;
    ModelStream stream(model, open_device("cpu", 0), rows);
    std::vector<std::int64_t> lengths;
    for (const auto& row : rows) lengths.push_back(static_cast<std::int64_t>(row.size()));
    const std::vector<Chunk> chunks = cut_into_chunks(lengths, chunk);
    for (int layer = 0; layer < stream.config().layers; ++layer) stream.run_layer(layer, chunks, [](const Chunk&) {});
    stream.finish_layers();
    return stream.logits(0, chunks.back().end).contiguous();
}

int run(int count, char** arguments) {
    if (count != 4 && count != 5) {
        std::fputs("octavo-logits MODEL IDS.json OUT.safetensors [TOKENS_PER_CHUNK]: raw float32 logits [tokens, "
                   "vocabulary] of rows of token ids\n",
                   stderr);
        return 2;
    }
    const at::Tensor logits =
        logits_of(arguments[1], read_rows(arguments[2]), count == 5 ? std::stol(arguments[4]) : 2048);
    SafetensorsWriter writer(arguments[3], {{"logits", Dtype::f32, logits.sizes().vec()}});
    writer.write("logits", {static_cast<const std::byte*>(logits.const_data_ptr()), logits.nbytes()});
    writer.finish();
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    try {
        return run(count, arguments);
    } catch (...) {
        return print_current_error("octavo-logits");
    }
}
