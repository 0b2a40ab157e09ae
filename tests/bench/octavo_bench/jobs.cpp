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

constexpr double gib = 1024.0 * 1024 * 1024, gigabyte = 1e9;

struct Job {
    double seconds = 0; ///< of the whole process
    double peak_bytes =
        0; ///< as it says itself: what the system counts begins with what this process had when it forked
};

/// One `octavo-cli quantize` whose export and run folder are removed again.
Job quantize(const Workplace& place, const std::filesystem::path& model, const std::string& scheme,
             const std::filesystem::path& ids, const std::vector<std::string>& more = {}) {
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
    command.insert(command.end(), more.begin(), more.end());
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

void measure_growth(const Workplace& place, const Limits& limits, const Report& report) {
    const std::filesystem::path ids = place.scratch / "ids.json";
    std::vector<Point> points;
    const auto job = [&](std::int64_t rows, std::int64_t length, double aim) {
        write_text_ids(place.model, static_cast<std::size_t>(rows), static_cast<std::size_t>(length), ids);
        const Job finished = quantize(place, place.model, "W8A8", ids);
        const std::string name = "W8A8, " + std::to_string(rows) + " × " + std::to_string(length);
        report({"Figures", name, finished.seconds, "s", shortest_seconds(place.model, rows, length, limits),
                place.model.filename().string() + ", whole process; limit: arithmetic at the rates above"});
        report({"Figures", name + ": peak memory", finished.peak_bytes / gigabyte, "GB", 0, {}, Aim{aim}});
        points.push_back({static_cast<double>(rows * length), finished.seconds, finished.peak_bytes});
    };
    job(64, 512, 1.0);
    if (place.quick) return;
    job(128, 1024, 1.3);
    report({"Figures", "W8A8, four times the tokens: exponent of time", exponent(points, &Point::seconds), "", 0,
            number_text(std::round(100 * exponent(points, &Point::seconds)) / 100) +
                "; linear is 1, the attention of rows twice as long is not",
            Aim{1.05}});
}

void measure_encoding(const Workplace& place, const Report& report) {
    const Job fp8 = quantize(place, place.model, "FP8_DYNAMIC", {});
    const std::string name = "FP8_DYNAMIC, " + place.model.filename().string();
    report({"Figures", name, fp8.seconds, "s", 0, {}, Aim{2}});
    report({"Figures", name + ": peak memory", fp8.peak_bytes / gigabyte, "GB", 0, {}, Aim{0.5}});
}

void measure_awq(const Workplace& place, const Report& report) {
    const std::filesystem::path ids = place.scratch / "ids.json";
    write_text_ids(place.model, 64, 512, ids);
    for (const std::string group : {"32", "64"}) {
        const auto seconds = [&](const std::string& algorithm) {
            const double found =
                quantize(place, place.model, "W4A16", ids, {"--group-size", group, "--algorithm", algorithm}).seconds;
            report({"Figures", "W4A16 in groups of " + group + ", " + algorithm, found, "s", 0, "64 × 512"});
            return found;
        };
        const double solved = seconds("gptq"), scaled = seconds("awq");
        report({"Figures", "W4A16 in groups of " + group + ", awq to gptq", scaled / solved, "times", 0, {}, Aim{1.3}});
    }
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
    std::snprintf(note, sizeof note, "%d layers, %.1f GiB; limit: cp of as many bytes, synced", shape.layers,
                  bytes / gib);
    const std::string name = "FP8_DYNAMIC, " + shape.name;
    report({"Figures", name, encoded.seconds, "s", limit, note});
    report({"Figures", name + ": share of cp", 100 * limit / encoded.seconds, "%", 0, {}, Aim{80, true}});
    report({"Figures", name + ": peak memory", encoded.peak_bytes / gigabyte, "GB", 0, {}, Aim{1}});
}

namespace {

class Scaling {
public:
    Scaling(const Workplace& place, const Report& report) : place_(place), report_(report) {}

    Point point(const Shape& one, int factor, std::int64_t rows) const {
        const std::filesystem::path ids = place_.scratch / "ids.json", model = place_.scratch / "scaled";
        std::filesystem::remove_all(model);
        write_model(one, model);
        write_ids(one, rows, 512, ids);
        const Job finished = quantize(place_, model, "W8A8", ids);
        std::filesystem::remove_all(model);
        return {static_cast<double>(factor), finished.seconds, finished.peak_bytes};
    }
    void series(const std::string& name, const std::vector<Point>& points) const {
        report_series(name, points, report_);
    }
    const Shape& base() const { return shape("smollm2-135m"); }

private:
    const Workplace& place_;
    const Report& report_;
};

} // namespace

void measure_token_scaling(const Workplace& place, const Report& report) {
    const Scaling scaling(place, report);
    std::vector<Point> points;
    for (const int factor : {1, 2, 4, 8})
        points.push_back(scaling.point(scaling.base().with_layers(8), factor, 8 * factor));
    scaling.series("tokens (8 layers, 4096)", points);
}

void measure_layer_scaling(const Workplace& place, const Report& report) {
    const Scaling scaling(place, report);
    std::vector<Point> points;
    for (const int factor : {1, 2, 4})
        points.push_back(scaling.point(scaling.base().with_layers(8 * factor), factor, 8));
    scaling.series("layers (8, 4096 tokens)", points);
    report({"Figures", "peak memory of 32 layers, to 8", points.back().bytes / points.front().bytes, "times", 0,
            number_text(std::round(points.back().bytes / 1e6) / 1000) + " and " +
                number_text(std::round(points.front().bytes / 1e6) / 1000) + " GB",
            Aim{1.05}});
}

void measure_width_scaling(const Workplace& place, const Report& report) {
    const Scaling scaling(place, report);
    std::vector<Point> points;
    for (const int factor : {1, 2, 4})
        points.push_back(scaling.point(scaling.base().with_layers(2).widened(factor), factor, 8));
    scaling.series("width (2 layers, 4096 tokens)", points);
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
