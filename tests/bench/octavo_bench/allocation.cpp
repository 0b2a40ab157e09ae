// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocate/allocate.h"

#include <array>
#include <cmath>
#include <random>

#include "stages.h"

namespace octavo::bench {

namespace {

/// A table of that shape's groups with damages that spread as those of real models do (log-normal).
SensitivityTable table_of(const Shape& shape) {
    struct Kind {
        const char* role;
        std::int64_t parameters;
    };
    const std::int64_t head = shape.hidden / shape.heads;
    const std::array kinds{Kind{"qkv", shape.hidden * (shape.heads + 2 * shape.kv_heads) * head},
                           Kind{"o_proj", shape.hidden * shape.heads * head},
                           Kind{"gate_up", 2 * shape.hidden * shape.intermediate},
                           Kind{"down_proj", shape.hidden * shape.intermediate}};
    const std::array<std::pair<const char*, double>, 4> schemes{
        {{"W4A16", 4.25}, {"NVFP4", 4.5}, {"W8A8", 8.0}, {"FP8_DYNAMIC", 8.0}}};
    std::mt19937_64 generator(42);
    std::lognormal_distribution<double> damage(-7, 1.5);
    SensitivityTable out;
    out.layers = shape.layers;
    for (const auto& [name, bits] : schemes) out.schemes.emplace_back(name);
    for (int layer = 0; layer < shape.layers; ++layer)
        for (const Kind& kind : kinds)
            for (const auto& [name, bits] : schemes) {
                SensitivityRow row;
                row.group = "model.layers." + std::to_string(layer) + "." + kind.role;
                row.role = kind.role;
                row.layer = layer;
                row.modules = {row.group};
                row.scheme = name;
                row.parameters = kind.parameters;
                row.bytes = static_cast<std::uint64_t>(static_cast<double>(kind.parameters) * bits / 8);
                row.bytes_before = 2 * static_cast<std::uint64_t>(kind.parameters);
                row.bits_per_weight = bits;
                row.kl.emplace().mean = damage(generator) * std::exp2(-2 * (bits - 4));
                out.rows.push_back(std::move(row));
            }
    out.complete = true;
    return out;
}

} // namespace

void measure_allocation(const Shape& shape, const Report& report) {
    const SensitivityTable table = table_of(shape);
    const Allocator allocator(table, {});
    constexpr int budgets = 47; // 4.3, 4.4, … 8.9 bits: one may be on the front, where nothing is left to be done
    const auto mean = [&](bool exactly) {
        return fastest([&] {
                   for (int i = 0; i < budgets; ++i)
                       allocator.solve({Budget::Kind::bits_per_weight, 4.3 + 0.1 * i}, exactly);
               }) /
               budgets;
    };
    const std::string name = std::to_string(table.rows.size()) + " rows of " + shape.name;
    report({"Figures", "another budget, " + name, mean(false), "s", 0, "from the convex front", Aim{0.05}});
    report({"Figures", "another budget, exactly, " + name, mean(true), "s", 0, "by dynamic programming"});
}

} // namespace octavo::bench
