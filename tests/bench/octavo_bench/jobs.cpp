// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs.h"

#include <cmath>

#include "architecture/architecture.h"
#include "base/files.h"
#include "base/resources.h"
#include "estimate/estimate.h"
#include "process.h"
#include "text/tokenizer.h"

namespace octavo::bench {

namespace {

constexpr double gib = 1024.0 * 1024 * 1024;

struct Job {
    double seconds = 0; ///< of the whole process
    double peak_bytes =
        0; ///< as it says itself: what the system counts begins with what this process had when it forked
};

/// One `octavo-cli quantize` whose export and run folder are removed again.
Job quantize(const Workplace& place, const std::filesystem::path& model, const std::string& scheme,
             const std::filesystem::path& ids) {
    const std::filesystem::path out = place.scratch / "export", run = place.scratch / "run";
    std::vector<std::string> command{place.cli,
                                     "quantize",
                                     model,
                                     "--output",
                                     out,
                                     "--scheme",
                                     scheme,
                                     "--device",
                                     "cpu",
                                     "--threads",
                                     std::to_string(place.threads),
                                     "--run-directory",
                                     run,
                                     "--json"};
    if (!ids.empty()) command.insert(command.end(), {"--calibration-ids", ids});
    const Finished finished = run_process(command);
    std::filesystem::remove_all(out);
    std::filesystem::remove_all(run);
    return {finished.seconds, Json::parse(finished.output).at("peak_resident_bytes").get<double>()};
}

/// Ids of the evaluation text, from its beginning again where it ends: rows of real language.
void write_text_ids(const std::filesystem::path& model, std::size_t rows, std::size_t length,
                    const std::filesystem::path& file) {
    const std::vector<std::int32_t> text = Tokenizer(model).encode(read_file(resource("evaluation.txt")), false);
    Json all = Json::array();
    for (std::size_t row = 0; row < rows; ++row) {
        Json ids = Json::array();
        for (std::size_t i = 0; i < length; ++i) ids.push_back(text[(row * length + i) % text.size()]);
        all.push_back(std::move(ids));
    }
    write_file_atomically(file, all.dump());
}

/// What a W8A8 job cannot go below: linears as integer products, attention, Hessians and solve at the rate of large
/// float32 products, factors at that of LibTorch's Cholesky; model read and export written once.
double shortest_seconds(const std::filesystem::path& model, std::int64_t rows, std::int64_t length,
                        const Limits& limits) {
    const ModelFolder folder(model);
    const ModelConfig config = read_model_config(folder);
    const ResolvedRecipe resolved = resolve(Recipe::for_scheme(preset("W8A8")), linear_modules(config));
    const std::int64_t tokens = rows * length;
    const RunWork work = run_work(config, resolved, tokens, length);
    double linears = 0;
    for (std::size_t i = 0; i < resolved.modules.size(); ++i)
        if (resolved.schemes[i])
            linears += 2.0 * static_cast<double>(resolved.modules[i].rows * resolved.modules[i].columns * tokens);
    return linears / limits.gemm_int8 + (work.forward - linears + work.hessian + work.solve) / limits.gemm_f32 +
           work.factorisation / limits.cholesky + static_cast<double>(folder.weight_bytes()) / limits.disk_read +
           static_cast<double>(folder.weight_bytes()) / 2 / limits.disk_write;
}

struct Point {
    double factor = 1, seconds = 0, bytes = 0;
};

/// Exponent of the power law through the points, by least squares on logarithms.
double exponent(const std::vector<Point>& points, double Point::*member) {
    double x = 0, y = 0, xx = 0, xy = 0;
    const auto n = static_cast<double>(points.size());
    for (const Point& point : points) {
        const double at = std::log(point.factor), value = std::log(point.*member);
        x += at;
        y += value;
        xx += at * at;
        xy += at * value;
    }
    return (n * xy - x * y) / (n * xx - x * x);
}

void report_series(const std::string& name, const std::vector<Point>& points, const Report& report) {
    for (const Point& point : points) {
        char note[64];
        std::snprintf(note, sizeof note, "peak %.2f GiB", point.bytes / gib);
        report({"Scaling", name + " × " + std::to_string(static_cast<int>(point.factor)), point.seconds, "s", 0, note});
    }
    report({"Scaling", name + ": exponent of time", exponent(points, &Point::seconds), "", 0,
            number_text(std::round(100 * exponent(points, &Point::seconds)) / 100)});
    report({"Scaling", name + ": exponent of memory", exponent(points, &Point::bytes), "", 0,
            number_text(std::round(100 * exponent(points, &Point::bytes)) / 100)});
}

} // namespace

void measure_jobs(const Workplace& place, const Limits& limits, const Report& report) {
    const std::filesystem::path ids = place.scratch / "ids.json";
    const auto job = [&](std::int64_t rows, std::int64_t length) {
        write_text_ids(place.model, static_cast<std::size_t>(rows), static_cast<std::size_t>(length), ids);
        const Job finished = quantize(place, place.model, "W8A8", ids);
        const std::string name = "W8A8, " + std::to_string(rows) + " × " + std::to_string(length);
        report({"Figures", name, finished.seconds, "s", shortest_seconds(place.model, rows, length, limits),
                place.model.filename().string() + ", whole process; limit: arithmetic at the rates above"});
        report({"Figures", name + ": peak memory", finished.peak_bytes / gib, "GiB", 0,
                rows > 64 ? "aim: 1.3 GB" : "aim: 1.0 GB"});
    };
    job(64, 512);
    if (!place.quick) job(128, 1024);
    const Job fp8 = quantize(place, place.model, "FP8_DYNAMIC", {});
    report({"Figures", "FP8_DYNAMIC of the same model", fp8.seconds, "s", 0, "aim: 2 s"});
    report({"Figures", "FP8_DYNAMIC: peak memory", fp8.peak_bytes / gib, "GiB", 0, "aim: 0.5 GB"});
}

void measure_streaming(const Workplace& place, const Shape& shape, const Report& report) {
    const std::filesystem::path model = place.scratch / "streamed", copy = place.scratch / "copied";
    write_model(shape, model);
    const auto bytes = static_cast<double>(ModelFolder(model).weight_bytes());
    const double matrices = 2.0 * static_cast<double>(shape.linear_parameters());
    const Finished copied = run_process({"sh", "-c", "cp -r \"$1\" \"$2\" && sync -f \"$2\"", "sh", model, copy});
    std::filesystem::remove_all(copy);
    const Job encoded = quantize(place, model, "FP8_DYNAMIC", {});
    std::filesystem::remove_all(model);
    // Read whole, written with one byte per weight instead of two: as many bytes as a copy of that part of the time.
    const double limit = copied.seconds * (2 * bytes - matrices / 2) / (2 * bytes);
    char note[128];
    std::snprintf(note, sizeof note, "%d layers, %.1f GiB; limit: cp of as many bytes; aim: 80 %%", shape.layers,
                  bytes / gib);
    report({"Figures", "FP8_DYNAMIC, " + shape.name, encoded.seconds, "s", limit, note});
    report(
        {"Figures", "FP8_DYNAMIC, " + shape.name + ": peak memory", encoded.peak_bytes / gib, "GiB", 0, "aim: 1 GB"});
}

void measure_scaling(const Workplace& place, const Report& report) {
    const std::filesystem::path ids = place.scratch / "ids.json", model = place.scratch / "scaled";
    const Shape& base = shape("smollm2-135m");
    const auto point = [&](const Shape& one, int factor, std::int64_t rows) {
        std::filesystem::remove_all(model);
        write_model(one, model);
        write_ids(one, rows, 512, ids);
        const Job finished = quantize(place, model, "W8A8", ids);
        std::filesystem::remove_all(model);
        return Point{static_cast<double>(factor), finished.seconds, finished.peak_bytes};
    };
    std::vector<Point> tokens, layers, width;
    for (const int factor : {1, 2, 4, 8}) tokens.push_back(point(base.with_layers(8), factor, 8 * factor));
    report_series("tokens (8 layers, 4096)", tokens, report);
    for (const int factor : {1, 2, 4}) layers.push_back(point(base.with_layers(8 * factor), factor, 8));
    report_series("layers (8, 4096 tokens)", layers, report);
    report(
        {"Figures", "peak memory, 32 layers", layers.back().bytes / gib, "GiB", 0,
         "8 layers: " + number_text(std::round(1000 * layers.front().bytes / gib) / 1000) + " GiB; aim: within 5 %"});
    for (const int factor : {1, 2, 4}) width.push_back(point(base.with_layers(2).widened(factor), factor, 8));
    report_series("width (2 layers, 4096 tokens)", width, report);
}

void measure_against(const Workplace& place, const std::filesystem::path& script, const Report& report) {
    const std::filesystem::path found = place.scratch / "compare.json";
    run_process({script, "--model", place.model, "--cli", place.cli, "--threads", std::to_string(place.threads),
                 "--json", found});
    std::map<std::string, double> other;
    for (const Json& each : read_json(found, ErrorCode::unusable_data).at("results")) {
        const std::string scheme = each.at("scheme"), tool = each.at("tool");
        const double seconds = each.at("seconds"), divergence = each.at("evaluation").at("kl_divergence").at("mean");
        std::string note = "KL " + number_text(std::round(1e4 * divergence) / 1e4);
        if (tool == "llm-compressor")
            other[scheme] = seconds;
        else
            note += ", " + number_text(std::round(10 * other[scheme] / seconds) / 10) + " times as fast";
        report({"Against llm-compressor", scheme + ", " + tool, seconds, "s", 0, note});
        report({"Against llm-compressor",
                scheme + ", " + tool + ": peak memory",
                each.at("peak_resident_bytes").get<double>() / gib,
                "GiB",
                0,
                {}});
    }
}

void name_device_rows(const Report& report) {
    for (const char* name : {"8B shape, GPTQ, 128 × 2048, one H100", "FP8_DYNAMIC, 8B shape, one H100"})
        report({"Figures", name, 0, "", 0, "needs a GPU"});
}

} // namespace octavo::bench
