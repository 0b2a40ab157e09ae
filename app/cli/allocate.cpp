// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocate/allocate.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>

#include "base/files.h"
#include "common_options.h"
#include "output.h"
#include "report/fields.h"

namespace octavo::cli {

namespace {

struct Options {
    std::filesystem::path table, output;
    double bits = 0, damage = 0;
    std::uint64_t bytes = 0;
    std::vector<std::string> schemes, pins;
    std::string target;
    bool no_16_bit = false, exact = false;
};

AllocationOptions allocation_options(const Options& options) {
    AllocationOptions out;
    for (const std::string& name : options.schemes) out.schemes.push_back(preset(name).name);
    out.allow_16_bit = !options.no_16_bit;
    for (const std::string& pin : options.pins) {
        const std::size_t equals = pin.rfind('=');
        if (equals == std::string::npos || equals == 0)
            throw Error(ErrorCode::usage, msg("The pin \"%1\" has no scheme", pin),
                        msg("Write GROUP=SCHEME, or GROUP=16 for 16 bit."));
        out.pins.emplace_back(pin.substr(0, equals), pin.substr(equals + 1));
    }
    if (!options.target.empty()) out.target = target_from(options.target);
    return out;
}

const char* damage_name(int tier) {
    return tier == 3   ? "Predicted KL divergence"
           : tier == 2 ? "Forecast KL divergence"
           : tier == 1 ? "Sum of relative errors"
                       : "Sum of weight noise";
}

/// How far the optimum can be from what was found: in damage, or in bytes where the damage is what is limited.
double gap(const Allocation& found, const Budget& budget) {
    const double reached = budget.kind == Budget::Kind::damage ? static_cast<double>(found.bytes) : found.damage;
    return reached > 0 ? std::max(0.0, 1 - found.bound / reached) : 0;
}

std::string text(const Allocator& allocator, const Allocation& found, const Budget& budget,
                 const SensitivityTable& table) {
    std::vector<std::vector<std::string>> rows{{"", "size", "bits", damage_name(allocator.tier())}};
    const auto line = [&](const std::string& name, const Allocation& one) {
        rows.push_back({name, bytes_text(one.bytes), fixed(one.bits_per_weight, 3), scientific(one.damage)});
    };
    line("This recipe", found);
    for (const std::string& scheme : table.schemes) line("All " + scheme, allocator.uniform(scheme));
    std::string out = octavo::cli::table(rows, {true});
    out += found.exact
               ? "  Nothing better fits this budget.\n"
               : "  The optimum is at most " + percent(gap(found, budget), 2) + " better; --exact looks for it.\n";
    std::map<std::string, std::size_t> counts;
    for (const std::string& scheme : found.schemes) ++counts[scheme.empty() ? "16 bit" : scheme];
    for (const auto& [scheme, count] : counts) out += "  " + scheme + ": " + std::to_string(count) + " groups\n";
    return out;
}

int allocate(const Options& options, const Session& session) {
    const SensitivityTable table = read_sensitivity(options.table);
    if (!table.complete)
        throw Error(ErrorCode::unusable_run, msg("The measurement of this table was interrupted"),
                    msg("Repeat the command that measured it: it goes on where it stopped."),
                    {.file = options.table.string()});
    const Allocator allocator(table, allocation_options(options));
    const Budget budget = options.bits > 0    ? Budget{Budget::Kind::bits_per_weight, options.bits}
                          : options.bytes > 0 ? Budget{Budget::Kind::bytes, static_cast<double>(options.bytes)}
                                              : Budget{Budget::Kind::damage, options.damage};
    const Allocation found = allocator.solve(budget, options.exact);
    const Recipe recipe = recipe_of(allocator.groups(), found);
    if (!options.output.empty()) write_file_atomically(options.output, document_text(to_json(recipe), 2) + "\n");
    if (session.json) {
        Json groups = Json::array();
        for (std::size_t i = 0; i < found.schemes.size(); ++i)
            groups.push_back({{"group", allocator.groups()[i].name},
                              {"scheme", found.schemes[i].empty() ? Json(nullptr) : Json(found.schemes[i])},
                              {"pinned", allocator.groups()[i].pinned}});
        print_json({{"bytes", found.bytes},
                    {"bits_per_weight", found.bits_per_weight},
                    {"damage", found.damage},
                    {"tier", allocator.tier()},
                    {"bound", found.bound},
                    {"exact", found.exact},
                    {"output", options.output.string()},
                    {"groups", std::move(groups)},
                    {"recipe", to_json(recipe)}});
    } else {
        print(text(allocator, found, budget, table));
        print(options.output.empty() ? to_json(recipe).dump(2) + "\n" : "Recipe: " + options.output.string() + "\n");
    }
    return 0;
}

} // namespace

void add_allocate(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "allocate", "Choose a scheme per group of matrices within a budget, from a table of `octavo-cli sensitivity`");
    command->add_option("TABLE", options->table, "sensitivity.json")->required();
    CLI::Option_group* budget = command->add_option_group("Budget", "One of these is needed");
    budget->add_option("--bits", options->bits, "Stored bits per weight of the quantized matrices, scales included")
        ->type_name("B")
        ->check(CLI::Range(0.1, 64.0));
    budget->add_option("--bytes", options->bytes, "Size of the whole model on disk; K, M and G are powers of 1024")
        ->type_name("N")
        ->transform(CLI::AsSizeValue(false));
    budget
        ->add_option("--damage", options->damage,
                     "Predicted damage at most, as small as possible then (KL: nats per token)")
        ->type_name("D")
        ->check(CLI::NonNegativeNumber);
    budget->require_option(1);
    command->add_option("--output", options->output, "Recipe for `octavo-cli quantize --recipe`; printed unless given")
        ->type_name("FILE");
    command->add_option("--schemes", options->schemes, "Only these of the table's schemes")
        ->delimiter(',')
        ->type_name("A,B,..");
    command
        ->add_option("--pin", options->pins,
                     "Scheme of a group or matrix (name or re:PATTERN), 16 = 16 bit; may be repeated")
        ->type_name("GROUP=SCHEME")
        ->allow_extra_args(false);
    command
        ->add_option("--target", options->target,
                     "Leave out what vLLM does not run there (GPU name, capability or cpu)")
        ->type_name("NAME|CC");
    command->add_flag("--no-16-bit", options->no_16_bit, "Quantize every group");
    command->add_flag("--exact", options->exact, "Dynamic programming instead of the convex front");
    add_json(*command, session);
    command->footer("Examples:\n"
                    "  octavo-cli allocate sensitivity.json --bits 8.5 --output mixed.json\n"
                    "  octavo-cli quantize MODEL --recipe mixed.json --output MODEL-mixed");
    command->callback(
        [options, &session] { session.action = [options, &session] { return allocate(*options, session); }; });
}

} // namespace octavo::cli
