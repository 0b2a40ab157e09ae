// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/hardware.h"

#include <CLI/CLI.hpp>

#include "common_options.h"
#include "output.h"
#include "recipe/scheme.h"

namespace octavo::cli {

namespace {

std::vector<ComputeCapability> places(const Hardware& hardware) {
    std::vector<ComputeCapability> out;
    for (const CudaDevice& device : hardware.devices) out.push_back(device.capability);
    out.push_back({});
    return out;
}

Json serving_json(const Hardware& hardware) {
    const ServingRules& rules = ServingRules::instance();
    Json out;
    out["as_of"] = rules.as_of();
    out["targets"] = Json::array();
    for (const ComputeCapability place : places(hardware)) {
        Json entry;
        entry["capability"] = to_text(place);
        for (const Scheme& scheme : presets()) {
            const SchemeSupport found = rules.support(scheme.name, place);
            entry["schemes"][scheme.name] = {{"support", name_of(found.support)},
                                             {"kernel", found.kernel},
                                             {"reason", found.reason.english()},
                                             {"environment", found.environment},
                                             {"arguments", found.arguments}};
        }
        out["targets"].push_back(std::move(entry));
    }
    return out;
}

std::string instruction_sets(const CpuInfo& cpu) {
    std::string out;
    const auto add = [&out](bool there, const char* name) {
        if (there) out += (out.empty() ? "" : ", ") + std::string(name);
    };
    add(cpu.avx2, "AVX2");
    add(cpu.avx512f, "AVX-512");
    add(cpu.avx512_vnni, "VNNI");
    add(cpu.avx512_bf16, "BF16");
    add(cpu.amx_int8, "AMX INT8");
    add(cpu.amx_bf16, "AMX BF16");
    return out.empty() ? "none of AVX2, AVX-512, AMX" : out;
}

std::string text(const Hardware& hardware) {
    const CpuInfo& cpu = hardware.cpu;
    std::string out = "Processor\n";
    out += "  " + (cpu.name.empty() ? "unknown" : cpu.name) + ", " + std::to_string(cpu.cores) +
           (cpu.cores == 1 ? " core, " : " cores, ") + bytes_text(cpu.memory_bytes) + " of memory\n  " +
           instruction_sets(cpu) + "\n\nGPUs\n";
    for (const CudaDevice& device : hardware.devices)
        out += "  cuda:" + std::to_string(device.index) + "  " + device.name + ", compute capability " +
               to_text(device.capability) + ", " + bytes_text(device.memory_bytes) +
               (device.free_bytes > 0 ? " (" + bytes_text(device.free_bytes) + " free)" : "") + "\n";
    if (hardware.devices.empty()) out += "  none: " + hardware.cuda_note.english() + "\n";
    if (!hardware.driver_version.empty()) out += "  driver " + hardware.driver_version + "\n";
    const ServingRules& rules = ServingRules::instance();
    for (const ComputeCapability place : places(hardware)) {
        out += "\nServing here with vLLM, " +
               (place.major > 0 ? "compute capability " + to_text(place) : std::string("on the processor")) +
               " (as of " + rules.as_of() + ")\n";
        std::vector<std::vector<std::string>> rows;
        for (const Scheme& scheme : presets()) {
            const SchemeSupport found = rules.support(scheme.name, place);
            rows.push_back({scheme.name, name_of(found.support), found.reason.english()});
        }
        out += table(rows, {true, true, true});
    }
    return out;
}

} // namespace

void add_hardware(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("hardware", "What this machine has, and what vLLM could serve on it");
    add_json(*command, session);
    command->callback([&session] {
        session.action = [&session] {
            const Hardware hardware = detect_hardware();
            if (session.json) {
                Json out = to_json(hardware);
                out["serving"] = serving_json(hardware);
                print_json(out);
            } else {
                print(text(hardware));
            }
            return 0;
        };
    });
}

} // namespace octavo::cli
