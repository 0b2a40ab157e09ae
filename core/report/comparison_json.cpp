// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "report/comparison.h"
#include "report/fields.h"

namespace octavo {

namespace {

Json to_json(const Estimate& estimate, const char* value_key) {
    return {{value_key, finite_number(estimate.value)}, {"standard_error", finite_number(estimate.standard_error)}};
}

Estimate read_estimate(const Fields& fields, const char* key, const char* value_key) {
    Estimate out;
    if (const Json* json = fields.find(key)) {
        const Fields inner(*json, key);
        inner.read(value_key, out.value);
        inner.read("standard_error", out.standard_error);
    }
    return out;
}

Json to_json(const Breakdown& part) {
    return {{"name", part.name},
            {"tokens", part.tokens},
            {"perplexity", finite_number(part.perplexity)},
            {"reference_perplexity", finite_number(part.reference_perplexity)},
            {"perplexity_ratio", to_json(part.perplexity_ratio, "value")},
            {"kl_divergence", to_json(part.kl_divergence, "mean")},
            {"same_top", finite_number(part.same_top)}};
}

Breakdown read_breakdown(const Json& json) {
    const Fields fields(json, "breakdown");
    Breakdown out;
    fields.read("name", out.name);
    fields.read("tokens", out.tokens);
    fields.read("perplexity", out.perplexity);
    fields.read("reference_perplexity", out.reference_perplexity);
    out.perplexity_ratio = read_estimate(fields, "perplexity_ratio", "value");
    out.kl_divergence = read_estimate(fields, "kl_divergence", "mean");
    fields.read("same_top", out.same_top);
    return out;
}

Json to_json(const Passage& passage) {
    Json tokens = Json::array();
    for (const PassageToken& token : passage.tokens)
        tokens.push_back(
            {{"text", token.text}, {"kl", finite_number(token.kl)}, {"loss_change", finite_number(token.loss_change)}});
    return {{"window", passage.window},        {"position", passage.position},
            {"before", passage.before},        {"tokens", std::move(tokens)},
            {"kl", finite_number(passage.kl)}, {"loss_change", finite_number(passage.loss_change)},
            {"expected", passage.expected},    {"instead", passage.instead},
            {"worst", passage.worst}};
}

const Json& list_of(const Fields& fields, const char* key) {
    static const Json none = Json::array();
    const Json* list = fields.find(key);
    if (!list) return none;
    if (!list->is_array()) fields.refuse(key);
    return *list;
}

Passage read_passage(const Json& json) {
    const Fields fields(json, "worst");
    Passage out;
    fields.read("window", out.window);
    fields.read("position", out.position);
    fields.read("before", out.before);
    for (const Json& one : list_of(fields, "tokens")) {
        const Fields token(one, "tokens");
        PassageToken& last = out.tokens.emplace_back();
        token.read("text", last.text);
        token.read("kl", last.kl);
        token.read("loss_change", last.loss_change);
    }
    fields.read("kl", out.kl);
    fields.read("loss_change", out.loss_change);
    fields.read("expected", out.expected);
    fields.read("instead", out.instead);
    fields.read("worst", out.worst);
    return out;
}

template <class Value>
std::vector<Value> read_numbers(const Fields& fields, const char* key) {
    std::vector<Value> out;
    for (const Json& one : list_of(fields, key)) {
        if (!one.is_number()) fields.refuse(key);
        out.push_back(one.get<Value>());
    }
    return out;
}

Comparison read_one(const Json& json) {
    const Fields fields(json, "texts");
    Comparison out;
    if (const Json* metrics = fields.find("metrics")) out.metrics = metrics_from_json(*metrics);
    fields.read("top5_agreement", out.top5_agreement);
    fields.read("flips_worse", out.flips_worse);
    fields.read("flips_better", out.flips_better);
    out.kl_histogram = read_numbers<std::int64_t>(fields, "kl_histogram");
    out.window_kl = read_numbers<double>(fields, "window_kl");
    for (const Json& one : list_of(fields, "positions")) out.positions.push_back(read_breakdown(one));
    for (const Json& one : list_of(fields, "classes")) out.classes.push_back(read_breakdown(one));
    for (const Json& one : list_of(fields, "worst")) out.worst.push_back(read_passage(one));
    return out;
}

Json to_json(const Proportion& part) { return {{"value", part.value}, {"low", part.low}, {"high", part.high}}; }

Proportion read_proportion(const Json& json) {
    const Fields fields(json, "accuracy");
    Proportion out;
    fields.read("value", out.value);
    fields.read("low", out.low);
    fields.read("high", out.high);
    return out;
}

ChoiceResult read_choices(const Json& json) {
    const Fields fields(json, "choices");
    ChoiceResult out;
    fields.read("file", out.file);
    fields.read("questions", out.questions);
    if (const Json* one = fields.find("accuracy")) out.accuracy = read_proportion(*one);
    if (const Json* one = fields.find("reference_accuracy")) out.reference_accuracy = read_proportion(*one);
    fields.read("lost", out.lost);
    fields.read("gained", out.gained);
    fields.read("p_value", out.p_value);
    return out;
}

} // namespace

Json to_json(const Comparison& comparison) {
    Json out;
    out["metrics"] = to_json(comparison.metrics);
    out["top5_agreement"] = finite_number(comparison.top5_agreement);
    out["flips_worse"] = finite_number(comparison.flips_worse);
    out["flips_better"] = finite_number(comparison.flips_better);
    out["kl_histogram"] = comparison.kl_histogram;
    out["window_kl"] = comparison.window_kl;
    for (const char* key : {"positions", "classes", "worst"}) out[key] = Json::array();
    for (const Breakdown& part : comparison.positions) out["positions"].push_back(to_json(part));
    for (const Breakdown& part : comparison.classes) out["classes"].push_back(to_json(part));
    for (const Passage& passage : comparison.worst) out["worst"].push_back(to_json(passage));
    return out;
}

Json to_json(const ChoiceResult& result) {
    Json out{{"file", result.file}, {"questions", result.questions}, {"accuracy", to_json(result.accuracy)}};
    if (!result.reference_accuracy) return out;
    out["reference_accuracy"] = to_json(*result.reference_accuracy);
    out["lost"] = result.lost;
    out["gained"] = result.gained;
    out["p_value"] = finite_number(result.p_value);
    return out;
}

Json to_json(const ComparisonReport& report) {
    Json out{{"schema", ComparisonReport::schema_version}, {"texts", Json::array()}};
    for (const Comparison& one : report.texts) out["texts"].push_back(to_json(one));
    if (report.choices) out["choices"] = to_json(*report.choices);
    return out;
}

ComparisonReport comparison_report_from_json(const Json& json, const std::string& file) {
    try {
        const Fields fields(json, "comparison");
        int schema = 0;
        fields.read("schema", schema);
        if (schema < 1 || schema > ComparisonReport::schema_version)
            throw Error(
                ErrorCode::unusable_run,
                msg("The comparison has schema %1; this version reads %2", schema, ComparisonReport::schema_version),
                msg("Update Octavo, or evaluate again with this version."), {.file = file});
        ComparisonReport out;
        for (const Json& one : list_of(fields, "texts")) out.texts.push_back(read_one(one));
        if (const Json* choices = fields.find("choices")) out.choices = read_choices(*choices);
        return out;
    } catch (const Error& error) {
        if (!error.place().file.empty()) throw;
        throw Error(error.code(), error.message(), error.advice(), {.file = file});
    }
}

void write_comparison(const std::filesystem::path& file, const ComparisonReport& report) {
    write_file_atomically(file, document_text(to_json(report), 1) + "\n");
}

ComparisonReport read_comparison(const std::filesystem::path& file) {
    return comparison_report_from_json(read_json(file, ErrorCode::unusable_run), file.string());
}

} // namespace octavo
