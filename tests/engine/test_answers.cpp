// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "job/answers.h"
#include "support/brute_llama.h"
#include "workshop.h"

using namespace octavo;

namespace {

using Ids = std::vector<std::int32_t>;

/// A copy of the model whose second layer adds more to the stream.
void plant_change(const tiny::fs::path& model, const tiny::fs::path& changed, float factor = 1.5f) {
    tiny::fs::copy(model, changed);
    tiny::Tensors tensors = tiny::read_safetensors(changed / "model.safetensors");
    for (auto& [name, tensor] : tensors) {
        if (name != "model.layers.1.mlp.down_proj.weight") continue;
        std::vector<float> values;
        for (const double value : values_of(tensor)) values.push_back(static_cast<float>(value) * factor);
        tensor.bytes = tiny::bytes_of(values, tensor.dtype);
    }
    tiny::write_safetensors(changed / "model.safetensors", tensors);
}

AnswersRequest asking(const tiny::fs::path& original, const tiny::fs::path& candidate, std::vector<Ids> prompts,
                      int tokens) {
    AnswersRequest out;
    out.original.model = original;
    out.original.prompts = std::move(prompts);
    out.original.new_tokens = tokens;
    out.original.temperature = 0;
    out.original.stop_at_end = false;
    out.original.device = "cpu";
    out.original.threads = 2;
    out.candidate = candidate;
    return out;
}

std::vector<AnswerTokens> answered(const AnswersRequest& request) {
    FanOut nobody({});
    return load_engine().compare_answers(request, nobody, {});
}

template <class Work>
ErrorCode refusal(const Work& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::internal;
}

} // namespace

// Two folders side by side, against a model in double precision that shares no code with them.
class TestAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_same_folder_never_parts() {
        const Workshop shop;
        const std::vector<Ids> prompts{{1, 2, 3}, {4}, {5, 6, 7}, Ids(40, 9)};
        AnswersRequest request = asking(shop.root() / "model", shop.root() / "model", prompts, 24);
        for (const double temperature : {0.0, 1.0, 20.0}) {
            request.original.temperature = temperature;
            const auto answers = answered(request);
            QCOMPARE(answers.size(), prompts.size());
            for (const AnswerTokens& one : answers) {
                QVERIFY(!one.divergence);
                QCOMPARE(one.original.size(), 24u);
                QVERIFY(one.original == one.candidate);
            }
        }
    }

    void parts_where_brute_force_parts() {
        const Workshop shop;
        plant_change(shop.root() / "model", shop.root() / "changed");
        const brute::Llama original(shop.root() / "model", shop.options()),
            candidate(shop.root() / "changed", shop.options());
        std::vector<Ids> prompts;
        for (std::int32_t i = 0; i < 8; ++i) prompts.push_back({10 + i, 60 + 7 * i, 200 - 11 * i});
        prompts.push_back({3, 1, 4, 1, 5, 9, 2, 6});
        const auto answers = answered(asking(shop.root() / "model", shop.root() / "changed", prompts, 16));
        int later = 0;
        for (std::size_t i = 0; i < prompts.size(); ++i) {
            const Ids left = original.greedy(prompts[i], 16), right = candidate.greedy(prompts[i], 16);
            QVERIFY(answers[i].original == left);
            QVERIFY(answers[i].candidate == right);
            const auto at =
                static_cast<std::size_t>(std::mismatch(left.begin(), left.end(), right.begin()).first - left.begin());
            QCOMPARE(answers[i].divergence.has_value(), at < left.size());
            if (at == left.size()) continue;
            const Divergence& found = *answers[i].divergence;
            QCOMPARE(found.token, at);
            QCOMPARE(found.original, left[at]);
            QCOMPARE(found.candidate, right[at]);
            Ids text = prompts[i];
            text.insert(text.end(), left.begin(), left.begin() + static_cast<std::ptrdiff_t>(at));
            const brute::Row before = original.next(text), after = candidate.next(text);
            const auto own = static_cast<std::size_t>(left[at]), other = static_cast<std::size_t>(right[at]);
            for (const auto& [got, wanted] : {std::pair(found.original_of_original, before[own]),
                                              std::pair(found.original_of_candidate, before[other]),
                                              std::pair(found.candidate_of_original, after[own]),
                                              std::pair(found.candidate_of_candidate, after[other])})
                QVERIFY2(std::abs(got - wanted) < 1e-5 * wanted,
                         qPrintable(QStringLiteral("%1 <> %2").arg(got).arg(wanted)));
            QCOMPARE(found.near_tie(), before[other] >= 0.75 * before[own]);
            later += at > 0;
        }
        QVERIFY(later > 0); // or the test would not see whether the text before counts
    }

    /// What one prompt becomes has nothing to do with the others.
    void prompts_do_not_mix() {
        const Workshop shop;
        plant_change(shop.root() / "model", shop.root() / "changed");
        AnswersRequest request = asking(shop.root() / "model", shop.root() / "changed", {{1, 2}, {3, 4}, {5}}, 10);
        const auto together = answered(request);
        request.original.prompts = {{1, 2}};
        QVERIFY(answered(request)[0].original == together[0].original);
        request.original.prompts = {{5}};
        QVERIFY(answered(request)[0].candidate == together[2].candidate);
    }

    void the_parts_make_up_the_text() {
        const Workshop shop;
        plant_change(shop.root() / "model", shop.root() / "changed", 8);
        PromptsRequest request;
        request.original = shop.root() / "model";
        request.candidate = shop.root() / "changed";
        for (const char* text : {"Why?", "Grün — 色", "one two three", "a", "b", "c", "d"})
            request.prompts.push_back({{"user", text}});
        request.tokens = 20;
        request.device = "cpu";
        request.threads = 2;
        FanOut nobody({});
        const auto all = answer_prompts(request, nobody, {});
        const Tokenizer tokenizer(request.original);
        const brute::Llama original(request.original, shop.options());
        int parted = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Answers& one = all[i];
            QCOMPARE(one.prompt, request.prompts[i][0].content);
            Ids ids = original.greedy(tokenizer.encode(tokenizer.render(request.prompts[i], true), false), 20);
            if (const auto end = std::find(ids.begin(), ids.end(), 257); end != ids.end())
                ids.erase(end + 1, ids.end());
            QCOMPARE(one.original.tokens, ids.size());
            if (!ids.empty() && ids.back() == 257 && !(one.divergence && one.divergence->token + 1 == ids.size()))
                ids.pop_back();
            const std::string whole = tokenizer.decode(ids);
            QVERIFY(whole.starts_with(one.original.same));
            QVERIFY(whole.ends_with(one.original.rest));
            parted += one.divergence.has_value();
            if (one.divergence) {
                QCOMPARE(one.candidate.same, one.original.same);
                QVERIFY(one.divergence->original != one.divergence->candidate);
                QVERIFY(reading(one).english().find("token " + std::to_string(one.divergence->token + 1)) !=
                        std::string::npos);
            } else {
                QCOMPARE(one.original.same, whole);
                QVERIFY(reading(one).english().find("same") != std::string::npos);
            }
        }
        QVERIFY(parted > 0);
    }

    void refused() {
        const Workshop shop;
        tiny::Options other = shop.options();
        other.vocabulary += 16;
        tiny::write(shop.root() / "other", other);
        QCOMPARE(refusal([&] { answered(asking(shop.root() / "model", shop.root() / "other", {{1}}, 4)); }),
                 ErrorCode::unusable_model);
        FanOut nobody({});
        PromptsRequest request;
        request.original = request.candidate = shop.root() / "model";
        const auto asked = [&] { answer_prompts(request, nobody, {}); };
        QCOMPARE(refusal(asked), ErrorCode::usage);
        request.prompts = {{{"user", std::string(600, 'x')}}}; // the context has 512 tokens
        QCOMPARE(refusal(asked), ErrorCode::unusable_model);
        request.candidate = shop.root() / "other";
        request.prompts = {{{"user", "x"}}};
        QCOMPARE(refusal(asked), ErrorCode::unusable_model);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(refusal([&] {
                     load_engine().compare_answers(asking(shop.root() / "model", shop.root() / "model", {{1}}, 4),
                                                   nobody, stop.get_token());
                 }),
                 ErrorCode::cancelled);
    }

    void prompts_of_a_file() {
        const Workshop shop;
        tiny::write_text(shop.root() / "lines.txt", "Why?\r\n\n  \nTell me more.");
        const auto lines = read_prompts(shop.root() / "lines.txt");
        QCOMPARE(lines.size(), 2u);
        QCOMPARE(lines[0][0].content, std::string("Why?"));
        QCOMPARE(lines[1][0].content, std::string("Tell me more."));
        tiny::write_text(shop.root() / "chats.jsonl",
                         R"({"messages":[{"role":"system","content":"s"},{"role":"user","content":"q"},)"
                         R"({"role":"assistant","content":"a"}]})"
                         "\n"
                         R"({"text":"plain"})");
        const auto chats = read_prompts(shop.root() / "chats.jsonl");
        QCOMPARE(chats.size(), 2u);
        QCOMPARE(chats[0].size(), 2u);
        QCOMPARE(chats[0].back().content, std::string("q"));
        QCOMPARE(chats[1].back().content, std::string("plain"));
        tiny::write_text(shop.root() / "empty.txt", "\n\n");
        QCOMPARE(refusal([&] { read_prompts(shop.root() / "empty.txt"); }), ErrorCode::unusable_data);
    }
};

QTEST_APPLESS_MAIN(TestAnswers)
#include "test_answers.moc"
