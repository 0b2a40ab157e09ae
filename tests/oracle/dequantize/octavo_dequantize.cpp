// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "architecture/architecture.h"
#include "base/current_error.h"
#include "compressed_tensors/decompress.h"

using namespace octavo;

namespace {

/// The weights of all quantized matrices of an export as float32, by tensor names alone.
void run(const char* folder, const char* out) {
    const ModelFolder model(folder);
    const std::vector<Module> modules = linear_modules(model);
    const ResolvedRecipe resolved = read_quantization(model, modules);
    std::vector<TensorSpec> specs;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i)
        if (resolved.schemes[i])
            specs.push_back({modules[i].name + ".weight", Dtype::f32, {modules[i].rows, modules[i].columns}});
    SafetensorsWriter writer(out, specs);
    for (std::size_t i = 0; i < resolved.modules.size(); ++i)
        if (resolved.schemes[i]) {
            const std::vector<float> values = decompress(model, modules[i], *resolved.schemes[i]);
            writer.write(modules[i].name + ".weight", std::as_bytes(std::span(values)));
        }
    writer.finish();
}

} // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fputs("octavo-dequantize FOLDER OUT.safetensors: the quantized weights of an export as float32\n", stderr);
        return 2;
    }
    try {
        run(arguments[1], arguments[2]);
        return 0;
    } catch (...) {
        return print_current_error("octavo-dequantize");
    }
}
