// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/model_info.h"

#include <algorithm>
#include <map>
#include <set>

#include "session/format.h"

namespace octavo::gui {

namespace {

/// vLLM runs q, k, v as one matrix and gate, up as another; of a latent attention the two that compress. `others`:
/// roles in the same layer, because a latent attention may have a q_proj that stands alone.
std::string fusedSet(const MatrixReport& report, const std::set<std::string>& others) {
    const std::string &name = report.name, &role = report.role;
    const std::string stem = name.substr(0, name.size() - std::min(name.size(), role.size()));
    const bool latent = others.contains("kv_a_proj_with_mqa");
    if (!latent && (role == "q_proj" || role == "k_proj" || role == "v_proj")) return stem + "qkv_proj";
    if (others.contains("q_a_proj") && (role == "q_a_proj" || role == "kv_a_proj_with_mqa"))
        return stem + "fused_qkv_a";
    if (role == "gate_proj" || role == "up_proj" || role == "w1" || role == "w3") return stem + "gate_up_proj";
    return {};
}

} // namespace

std::shared_ptr<const ModelInfo> readModelInfo(const std::filesystem::path& folder) {
    const ModelFolder model(folder);
    auto info = std::make_shared<ModelInfo>();
    info->path = QString::fromStdString(std::filesystem::absolute(model.path()).lexically_normal().string());
    info->name = QString::fromStdString(model.name());
    info->weightBytes = model.weight_bytes();
    info->fingerprint = QString::fromStdString(model.fingerprint());
    info->alreadyQuantized = model.quantization_config().has_value();
    for (const TensorSpec& tensor : model.tensors()) info->parameters += tensor.elements();
    try {
        info->config = read_model_config(model);
        info->modules = linear_modules(*info->config);
        info->parameters = info->config->parameters();
        info->architecture = QString::fromStdString(info->config->architecture);
        info->dtype = QString::fromUtf8(torch_name(info->config->dtype).data(),
                                        static_cast<qsizetype>(torch_name(info->config->dtype).size()));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::unsupported_architecture) throw;
        info->note = translated(error.message());
        info->modules = linear_modules(model);
        const Json& config = model.config();
        if (const auto names = config.find("architectures");
            names != config.end() && names->is_array() && !names->empty() && names->front().is_string())
            info->architecture = QString::fromStdString(names->front().get<std::string>());
    }
    return info;
}

std::vector<Module> modulesOf(const RunRecord& record) {
    std::map<int, std::set<std::string>> roles;
    for (const MatrixReport& report : record.layers) roles[report.layer].insert(report.role);
    std::vector<Module> out;
    for (const MatrixReport& report : record.layers) {
        Module module;
        module.name = report.name;
        module.rows = report.rows;
        module.columns = report.columns;
        module.layer = report.layer;
        module.role = report.role;
        module.fused_set = fusedSet(report, roles[report.layer]);
        out.push_back(std::move(module));
    }
    // Every recipe speaks of the head, also when the run did not list it.
    if (!out.empty() &&
        std::none_of(out.begin(), out.end(), [](const Module& module) { return module.name == "lm_head"; })) {
        Module head;
        head.name = head.role = "lm_head";
        out.push_back(std::move(head));
    }
    return out;
}

} // namespace octavo::gui
