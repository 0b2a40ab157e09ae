// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>

#include "architecture/architecture.h"
#include "common_options.h"
#include "compressed_tensors/decompress.h"
#include "output.h"
#include "text/tokenizer.h"

namespace octavo::cli {

namespace {

std::string architecture_of(const Json& config) {
    const auto list = config.find("architectures");
    return list != config.end() && list->is_array() && !list->empty() && list->front().is_string()
               ? list->front().get<std::string>()
               : "";
}

Json numbers_of(const ModelConfig& config) {
    Json out;
    out["model_type"] = config.model_type;
    out["dtype"] = torch_name(config.dtype);
    out["parameters"] = config.parameters();
    out["layers"] = config.layers;
    out["hidden_size"] = config.hidden;
    out["intermediate_size"] = config.intermediate;
    out["vocabulary"] = config.vocabulary;
    out["heads"] = config.heads;
    out["kv_heads"] = config.kv_heads;
    out["head_dim"] = config.head_dim;
    out["context"] = config.context;
    out["tied_head"] = config.tied_head;
    out["rotary"] = {{"type", config.rotary.type}, {"theta", config.rotary.theta}};
    out["cached_per_token"] = config.cached() * config.layers; // numbers that the KV cache keeps
    if (const ExpertConfig& experts = config.experts; experts.count > 0)
        out["experts"] = {{"count", experts.count},
                          {"used", experts.used},
                          {"intermediate_size", experts.intermediate},
                          {"shared_intermediate_size", experts.shared_intermediate}};
    return out;
}

// A quantized folder is described by its own config; modules that the architecture does not know are found by name.
Json quantization_of(const ModelFolder& folder, const std::vector<Module>& modules) {
    const auto config = folder.quantization_config();
    if (!config) return nullptr;
    Json out;
    out["method"] = config->value("quant_method", "");
    out["format"] = config->value("format", "");
    if (out["method"] != "compressed-tensors") return out;
    std::map<std::string, int> counts;
    for (const auto& scheme : read_quantization(folder, modules).schemes) ++counts[scheme ? scheme->name : "16 bit"];
    out["modules"] = counts;
    return out;
}

Json tokenizer_of(const ModelFolder& folder) {
    try {
        const Tokenizer tokenizer(folder.path());
        return {{"vocabulary", tokenizer.vocabulary()},
                {"adds_bos", tokenizer.adds_bos()},
                {"chat_template", tokenizer.has_chat_template()}};
    } catch (const Error& error) {
        return {{"problem", error.message().english()}};
    }
}

Json describe(const ModelFolder& folder) {
    Json out;
    out["path"] = folder.path().string();
    out["name"] = folder.name();
    out["architecture"] = architecture_of(folder.config());
    std::vector<Module> modules;
    try {
        const ModelConfig config = read_model_config(folder);
        out["supported"] = true;
        out.update(numbers_of(config));
        modules = linear_modules(config);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::unsupported_architecture) throw;
        out["supported"] = false;
        out["reason"] = error.message().english();
        modules = linear_modules(folder);
    }
    out["linear_layers"] = modules.size();
    out["tensors"] = folder.tensors().size();
    out["weight_bytes"] = folder.weight_bytes();
    std::map<std::string, std::uint64_t> kinds;
    for (const TensorSpec& spec : folder.tensors()) kinds[kind_of(spec.name)] += spec.bytes();
    out["weight_bytes_by_kind"] = kinds;
    out["shards"] = Json::array();
    for (const auto& shard : folder.shards()) out["shards"].push_back(shard.filename().string());
    out["quantization"] = quantization_of(folder, modules);
    out["tokenizer"] = tokenizer_of(folder);
    out["fingerprint"] = folder.fingerprint();
    return out;
}

std::string number(const Json& json, const char* key) { return std::to_string(json.at(key).get<std::int64_t>()); }

std::string quantization_text(const Json& quantization) {
    if (quantization.is_null()) return "none";
    std::string out =
        quantization.at("method").get<std::string>() + ", " + quantization.at("format").get<std::string>();
    if (quantization.contains("modules"))
        for (const auto& [scheme, count] : quantization.at("modules").items())
            out += ", " + std::to_string(count.get<int>()) + " layers " + scheme;
    return out;
}

std::string text(const Json& json) {
    std::vector<std::vector<std::string>> rows{{"Model", json.at("name")}, {"Architecture", json.at("architecture")}};
    if (json.at("supported").get<bool>()) {
        rows.push_back({"Parameters", fixed(json.at("parameters").get<double>() / 1e6, 1) + " million, " +
                                          json.at("dtype").get<std::string>()});
        rows.push_back({"Layers", number(json, "layers") + " of " + number(json, "hidden_size") + " x " +
                                      number(json, "intermediate_size") + ", " + number(json, "heads") + " heads of " +
                                      number(json, "head_dim") + ", " + number(json, "kv_heads") +
                                      " for keys and values"});
        rows.push_back({"Vocabulary",
                        number(json, "vocabulary") +
                            (json.at("tied_head").get<bool>() ? ", head tied to the embedding" : ", separate head")});
        if (json.contains("experts")) {
            const Json& experts = json.at("experts");
            const bool shared = experts.at("shared_intermediate_size") != 0;
            rows.push_back(
                {"Experts", number(experts, "used") + " of " + number(experts, "count") + " x " +
                                number(experts, "intermediate_size") +
                                (shared ? ", one for all tokens x " + number(experts, "shared_intermediate_size")
                                        : std::string())});
        }
        rows.push_back({"Context", number(json, "context") + " tokens"});
    } else {
        rows.push_back(
            {"Not supported", json.at("reason").get<std::string>() + " (schemes that need no data still work)"});
    }
    rows.push_back({"Weights", bytes_text(json.at("weight_bytes")) + " in " + std::to_string(json.at("shards").size()) +
                                   (json.at("shards").size() == 1 ? " file" : " files")});
    for (const auto& [kind, bytes] : json.at("weight_bytes_by_kind").items())
        rows.push_back({"  " + kind, bytes_text(bytes.get<std::uint64_t>())});
    rows.push_back({"Linear layers", number(json, "linear_layers")});
    rows.push_back({"Quantization", quantization_text(json.at("quantization"))});
    const Json& tokenizer = json.at("tokenizer");
    rows.push_back({"Tokenizer", tokenizer.contains("problem")
                                     ? tokenizer.at("problem").get<std::string>()
                                     : number(tokenizer, "vocabulary") + " tokens, " +
                                           (tokenizer.at("chat_template").get<bool>() ? "with" : "without") +
                                           " chat template"});
    return table(rows, {true, true});
}

} // namespace

void add_inspect(CLI::App& app, Session& session) {
    auto model = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("inspect", "What a model folder holds, and whether Octavo can quantize it");
    command->add_option("MODEL", *model, "Hugging Face model folder")->required();
    add_json(*command, session);
    command->callback([model, &session] {
        session.action = [model, &session] {
            const Json found = describe(ModelFolder(*model));
            if (session.json)
                print_json(found);
            else
                print(text(found));
            return 0;
        };
    });
}

} // namespace octavo::cli
