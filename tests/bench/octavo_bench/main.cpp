// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <optional>
#include <regex>

#include "base/current_error.h"
#include "base/files.h"
#include "job/process.h"
#include "jobs.h"
#include "model/device.h"
#include "stages.h"

using namespace octavo;
using namespace octavo::bench;

namespace {

struct Options {
    std::vector<std::string> sections{"stages", "jobs", "scaling"};
    std::string shape = "smollm2-135m", streamed = "llama-3.1-8b", against, only, json;
    int layers = 3, threads = 0;
    bool quick = false, list = false;
    std::filesystem::path model = OCTAVO_BENCH_SOURCE "/models/SmolLM2-135M-Instruct", work;
};

/// A folder that is gone afterwards.
class Scratch {
public:
    explicit Scratch(const std::filesystem::path& below) {
        std::string name =
            ((below.empty() ? std::filesystem::temp_directory_path() : below) / "octavo-bench.XXXXXX").string();
        if (!mkdtemp(name.data())) throw_errno(msg("The folder could not be made"), name);
        path_ = name;
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

void read_options(CLI::App& app, Options& options) {
    std::string names;
    for (const Shape& one : shapes()) names += (names.empty() ? "" : ", ") + one.name;
    app.add_option("--sections", options.sections, "Of stages, jobs, scaling")
        ->delimiter(',')
        ->check(CLI::IsMember({"stages", "jobs", "scaling"}));
    app.add_option("--shape", options.shape, "Whose layer the stages work on: " + names)->capture_default_str();
    app.add_option("--streamed", options.streamed, "Shape of the data-free job")->capture_default_str();
    app.add_option("--layers", options.layers, "Layers of that shape, as the disk allows")
        ->capture_default_str()
        ->check(CLI::Range(1, 200));
    app.add_option("--model", options.model, "A real model with its tokenizer")->capture_default_str();
    app.add_option("--threads", options.threads, "0 = all that may be used");
    app.add_option("--work", options.work, "Where models and exports are written for a while")->type_name("DIR");
    app.add_option("--against", options.against, "Also run this tool on the same ids (OCTAVO_ORACLE_PYTHON)")
        ->check(CLI::IsMember({"llm-compressor"}));
    app.add_flag("--quick", options.quick, "Leave out the longest job");
    app.add_option("--only", options.only,
                   "Only the measurements whose name the expression is found in, as in jobs/awq")
        ->type_name("REGEX");
    app.add_flag("--list", options.list, "Name the measurements and end");
    app.add_option("--json", options.json, "Also write the figures here; those of other measurements are kept")
        ->type_name("FILE");
}

struct Measurement {
    std::string name; ///< "section/what"
    std::function<void()> run;
};

/// Measured when the first figure needs them.
class LazyLimits {
public:
    LazyLimits(const Scratch& scratch, const Report& report) : scratch_(scratch), report_(report) {}
    const Limits& get() {
        if (!limits_) limits_ = measure_limits(scratch_.path(), report_);
        return *limits_;
    }

private:
    const Scratch& scratch_;
    const Report& report_;
    std::optional<Limits> limits_;
};

/// All that there are, in their order; both arguments have to live on.
std::vector<Measurement> measurements(const Options& options, const Workplace& place, LazyLimits& limits,
                                      const Report& report) {
    return {
        {"stages/layer", [&] { measure_stages(shape(options.shape), limits.get(), place.scratch, report); }},
        {"stages/evaluate", [&] { measure_text_stages(options.model, report); }},
        {"stages/column-solve", [&] { measure_column_solve(report); }},
        {"stages/allocation", [&] { measure_allocation(shape("llama-2-7b"), report); }},
        {"jobs/growth", [&] { measure_growth(place, limits.get(), report); }},
        {"jobs/encoding", [&] { measure_encoding(place, report); }},
        {"jobs/awq", [&] { measure_awq(place, report); }},
        {"jobs/streamed",
         [&] { measure_streaming(place, shape(options.streamed).with_layers(options.layers), report); }},
        {"jobs/gpu", [&] { name_device_rows(report); }},
        {"scaling/tokens", [&] { measure_token_scaling(place, report); }},
        {"scaling/layers", [&] { measure_layer_scaling(place, report); }},
        {"scaling/width", [&] { measure_width_scaling(place, report); }},
        {"against/llm-compressor", [&] { measure_against(place, OCTAVO_BENCH_SOURCE "/tests/bench/compare", report); }},
    };
}

bool wanted(const Options& options, const std::string& name) {
    const std::string section = name.substr(0, name.find('/'));
    const bool named = section == "against" ? !options.against.empty()
                                            : std::ranges::find(options.sections, section) != options.sections.end();
    return named && std::regex_search(name, std::regex(options.only));
}

void measure(const Options& options, const Scratch& scratch, const Report& report) {
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
    const Workplace place{self.parent_path() / "octavo-cli", scratch.path(), options.model,
                          usable_threads(options.threads), options.quick};
    open_device("cpu", place.threads);
    LazyLimits limits(scratch, report);
    for (const Measurement& each : measurements(options, place, limits, report))
        if (wanted(options, each.name)) each.run();
}

int rank(const Row& row) {
    const std::array order{"Limits", "Stages", "Figures", "Scaling"};
    return static_cast<int>(std::find(order.begin(), order.end(), row.section) - order.begin());
}

/// Rows of an earlier call that this one did not measure again.
void keep_earlier(const std::filesystem::path& file, std::vector<Row>& rows) {
    if (!std::filesystem::exists(file)) return;
    for (const Json& json : read_json(file, ErrorCode::unusable_data).at("rows")) {
        Row earlier = row_from_json(json);
        const auto same = [&](const Row& row) { return row.section == earlier.section && row.name == earlier.name; };
        if (std::ranges::none_of(rows, same)) rows.push_back(std::move(earlier));
    }
}

int list_measurements(const Options& options) {
    const Report nobody = [](const Row&) {};
    const Scratch scratch(options.work);
    LazyLimits limits(scratch, nobody);
    const Workplace place{};
    for (const Measurement& each : measurements(options, place, limits, nobody)) std::printf("%s\n", each.name.c_str());
    return 0;
}

int run(const Options& options) {
    if (options.list) return list_measurements(options);
    const Scratch scratch(options.work);
    std::vector<Row> rows;
    // What comes late need not be waited for: each figure is shown as it is found, and all of them in order at the end.
    measure(options, scratch, [&](Row row) {
        std::fprintf(stderr, "%s", as_line(row, 0).c_str());
        rows.push_back(std::move(row));
    });
    if (!options.json.empty()) keep_earlier(options.json, rows);
    std::ranges::stable_sort(rows, {}, rank);
    std::printf("%s, %d threads\n\n%s", cpu_name().c_str(), usable_threads(options.threads), as_table(rows).c_str());
    if (options.json.empty()) return 0;
    Json all = {{"cpu", cpu_name()}, {"threads", usable_threads(options.threads)}, {"rows", Json::array()}};
    for (const Row& row : rows) all["rows"].push_back(to_json(row));
    write_file_atomically(options.json, all.dump(2) + "\n");
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    CLI::App app("What this machine can do, how near Octavo comes to it, and how its jobs grow. Wants a quiet machine.",
                 "octavo-bench");
    Options options;
    read_options(app, options);
    CLI11_PARSE(app, count, arguments);
    try {
        return run(options);
    } catch (...) {
        return print_current_error("octavo-bench");
    }
}
