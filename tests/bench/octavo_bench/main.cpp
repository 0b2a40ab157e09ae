// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>

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
    std::string shape = "smollm2-135m", streamed = "llama-3.1-8b", against, json;
    int layers = 3, threads = 0;
    bool quick = false;
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
    app.add_option("--sections", options.sections, "Of stages, jobs, scaling; the machine's limits are always measured")
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
    app.add_option("--json", options.json, "Also write the figures here")->type_name("FILE");
}

void measure(const Options& options, const Scratch& scratch, const Report& report) {
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
    const Workplace place{self.parent_path() / "octavo-cli", scratch.path(), options.model,
                          usable_threads(options.threads), options.quick};
    open_device("cpu", place.threads);
    const auto wanted = [&](const char* section) {
        return std::find(options.sections.begin(), options.sections.end(), section) != options.sections.end();
    };
    const Limits limits = measure_limits(scratch.path(), report);
    if (wanted("stages")) {
        measure_stages(shape(options.shape), limits, scratch.path(), report);
        measure_text_stages(options.model, report);
        measure_column_solve(report);
        measure_allocation(shape("llama-2-7b"), report);
    }
    if (wanted("jobs")) {
        measure_jobs(place, limits, report);
        measure_streaming(place, shape(options.streamed).with_layers(options.layers), report);
        name_device_rows(report);
    }
    if (wanted("scaling")) measure_scaling(place, report);
    if (!options.against.empty()) measure_against(place, OCTAVO_BENCH_SOURCE "/tests/bench/compare", report);
}

int rank(const Row& row) {
    const std::array order{"Limits", "Stages", "Figures", "Scaling"};
    return static_cast<int>(std::find(order.begin(), order.end(), row.section) - order.begin());
}

int run(const Options& options) {
    const Scratch scratch(options.work);
    std::vector<Row> rows;
    // What comes late need not be waited for: each figure is shown as it is found, and all of them in order at the end.
    measure(options, scratch, [&](Row row) {
        std::fprintf(stderr, "%s", as_line(row, 0).c_str());
        rows.push_back(std::move(row));
    });
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return rank(a) < rank(b); });
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
    } catch (const Error& error) {
        std::fprintf(stderr, "octavo-bench: %s %s\n%s\n", error.message().english().c_str(), error.place().file.c_str(),
                     error.advice().english().c_str());
        return exit_code(error.code());
    }
}
