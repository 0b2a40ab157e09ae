// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/hardware.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/resources.h"
#include "hardware/detect.h"
#include "recipe/scheme.h"

namespace octavo {

namespace {

// "NVIDIA GeForce RTX 4090" and "rtx-4090" are the same card.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (std::isalnum(static_cast<unsigned char>(c)))
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (const std::string_view maker : {"nvidia", "geforce", "tesla"})
        if (out.starts_with(maker)) out.erase(0, maker.size());
    return out;
}

std::optional<ComputeCapability> parse_capability(std::string_view text) {
    ComputeCapability out;
    const char* end = text.data() + text.size();
    const auto [dot, status] = std::from_chars(text.data(), end, out.major);
    if (status != std::errc() || dot == end || *dot != '.') return {};
    const auto [rest, second] = std::from_chars(dot + 1, end, out.minor);
    if (second != std::errc() || rest != end || out.major < 1 || out.major > 99 || out.minor < 0 || out.minor > 9)
        return {};
    return out;
}

bool operator==(ComputeCapability a, ComputeCapability b) { return a.major == b.major && a.minor == b.minor; }

// The column that lists the capability, or the nearest lower one of the same generation (binaries of 8.6 run on 8.8).
std::string column_of(const Json& columns, ComputeCapability wanted) {
    std::string best;
    int best_minor = -1;
    for (const Json& column : columns)
        for (const Json& text : column.at("capabilities")) {
            const auto listed = parse_capability(text.get<std::string>()).value_or(ComputeCapability{});
            if (listed == wanted) return column.at("id");
            if (listed.major == wanted.major && listed.minor < wanted.minor && listed.minor > best_minor) {
                best = column.at("id");
                best_minor = listed.minor;
            }
        }
    return best;
}

std::string column_of(const CpuInfo& cpu) {
    if (cpu.avx512f) return cpu.amx_int8 ? "cpu_amx" : "cpu_avx512";
    return "cpu_avx2";
}

void append(std::vector<std::string>& out, const Json& object, const char* key) {
    if (const auto list = object.find(key); list != object.end())
        for (const Json& text : *list) out.push_back(text.get<std::string>());
}

Support support_from(const std::string& name) {
    for (const Support support : {Support::native, Support::weight_only, Support::emulated})
        if (name == name_of(support)) return support;
    return Support::unsupported;
}

std::string shell_quoted(const std::string& text) {
    const auto harmless = [](unsigned char c) {
        return std::isalnum(c) ||
               (c != 0 && std::string_view("/._-+,:=@").find(static_cast<char>(c)) != std::string_view::npos);
    };
    if (!text.empty() && std::all_of(text.begin(), text.end(), harmless)) return text;
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

} // namespace

const char* name_of(Support support) {
    switch (support) {
    case Support::native: return "native";
    case Support::weight_only: return "weight_only";
    case Support::emulated: return "emulated";
    case Support::unsupported: return "unsupported";
    }
    return "unsupported";
}

ServingRules::ServingRules() {
    const auto file = resource("hardware.json");
    table_ = read_json(file, ErrorCode::io);
    try {
        for (const Json& entry : table_.at("gpus")) {
            TargetGpu gpu;
            gpu.name = entry.at("name");
            gpu.capability = parse_capability(entry.at("capability").get<std::string>()).value_or(ComputeCapability{});
            gpu.memory_bytes = entry.at("memory_gib").get<std::uint64_t>() << 30;
            gpu.memory_bandwidth = entry.at("bandwidth_gbs").get<double>() * 1e9;
            gpu.operations = entry.at("dense_16bit_tflops").get<double>() * 1e12;
            gpus_.push_back(std::move(gpu));
        }
    } catch (const Json::exception& error) {
        throw Error(ErrorCode::io, msg("The hardware table cannot be read: %1", error.what()),
                    msg("Install Octavo again."), {.file = file.string()});
    }
}

const ServingRules& ServingRules::instance() {
    static const ServingRules rules;
    return rules;
}

std::string ServingRules::as_of() const { return table_.at("as_of"); }

const std::vector<TargetGpu>& ServingRules::gpus() const { return gpus_; }

SchemeSupport ServingRules::cell(const std::string& scheme, const std::string& column) const {
    std::string upper = scheme;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const std::string name(base_preset(upper)); // kernels take every group size that can be named
    SchemeSupport out;
    const Json& schemes = table_.at("schemes");
    if (!schemes.contains(name)) {
        out.reason = msg("%1 is not in the table of what vLLM runs: try it before relying on it", scheme);
        return out;
    }
    const Json& entry = schemes.at(name).at(column);
    out.support = support_from(entry.at("support"));
    out.reason = Message{table_.at("sentences").at(entry.at("reason").get<std::string>()), {}};
    out.kernel = entry.value("kernel", "");
    append(out.environment, entry, "environment");
    append(out.arguments, entry, "arguments");
    for (const Json& each : table_.at("columns"))
        if (each.at("id") == column) {
            append(out.environment, each, "environment");
            append(out.arguments, each, "arguments");
        }
    return out;
}

SchemeSupport ServingRules::cpu_support(const std::string& scheme, const CpuInfo& cpu) const {
    return cell(scheme, column_of(cpu));
}

SchemeSupport ServingRules::support(const std::string& scheme, ComputeCapability capability) const {
    if (capability.major == 0) {
        static const CpuInfo here = detail::detect_cpu();
        return cpu_support(scheme, here);
    }
    const std::string column = column_of(table_.at("columns"), capability);
    if (!column.empty()) return cell(scheme, column);
    SchemeSupport out;
    out.reason = capability.major < 7
                     ? msg("vLLM does not run on compute capability %1", to_text(capability))
                     : msg("Compute capability %1 is not in the table (%2): try it before relying on it",
                           to_text(capability), as_of());
    return out;
}

std::optional<TargetGpu> ServingRules::find(const std::string& text) const {
    if (const auto capability = parse_capability(text)) return TargetGpu{text, *capability, 0, 0};
    const std::string wanted = plain(text);
    if (wanted.empty()) return {};
    if (wanted == "cpu") return TargetGpu{"CPU", {}, detail::detect_cpu().memory_bytes, 0};
    for (std::size_t i = 0; i < gpus_.size(); ++i) {
        if (plain(gpus_[i].name) == wanted) return gpus_[i];
        for (const Json& alias : table_.at("gpus").at(i).at("aliases"))
            if (plain(alias.get<std::string>()) == wanted) return gpus_[i];
    }
    return {};
}

std::string ServingRules::serve_command(const std::string& folder, const std::string& scheme,
                                        ComputeCapability capability) const {
    const SchemeSupport found = support(scheme, capability);
    std::string line;
    for (const std::string& variable : found.environment) line += variable + " ";
    line += "vllm serve " + shell_quoted(folder);
    for (const std::string& argument : found.arguments) line += " " + argument;
    return line;
}

} // namespace octavo
