// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDate>
#include <QLocale>

#include "text_fixture.h"

using namespace octavo;

class TestChatTemplate : public QObject {
    Q_OBJECT

    static std::string render(std::string_view source, const Json& extra = {}) {
        TemporaryFolder folder;
        return folder.tokenizer_with(source).render({{"user", "u"}}, false, extra);
    }

private Q_SLOTS:
    // Golden values: transformers.utils.chat_template_utils.render_jinja_template (tests/oracle/make_text_fixtures.py).
    void renders_as_transformers_data() {
        QTest::addColumn<int>("index");
        const auto cases = fixture("templates/golden.json");
        for (int i = 0; i < static_cast<int>(cases.size()); ++i)
            QTest::addRow("%d %s", i, cases[static_cast<std::size_t>(i)]["template"].get<std::string>().c_str()) << i;
    }
    void renders_as_transformers() {
        QFETCH(int, index);
        const auto golden = fixture("templates/golden.json")[static_cast<std::size_t>(index)];
        TemporaryFolder folder;
        const auto tokenizer =
            folder.tokenizer_with(read_file(text_fixtures() / "templates" / golden["template"].get<std::string>()));
        std::vector<ChatMessage> messages;
        for (const auto& message : golden["messages"]) messages.push_back({message["role"], message["content"]});
        std::string rendered;
        const auto error =
            error_of([&] { rendered = tokenizer.render(messages, golden["add_generation_prompt"], golden["extra"]); });
        if (golden.contains("error")) {
            QVERIFY2(says(error, golden["error"].get<std::string>()), error ? error->what() : rendered.c_str());
            QCOMPARE(error->code(), ErrorCode::unusable_data);
        } else {
            QVERIFY2(!error, error ? error->what() : "");
            // Line by line, so that a failure shows the line that differs.
            const auto actual = QString::fromStdString(rendered).split('\n');
            const auto expected = QString::fromStdString(golden["expected"].get<std::string>()).split('\n');
            for (int line = 0; line < std::min(actual.size(), expected.size()); ++line)
                QCOMPARE(actual[line], expected[line]);
            QCOMPARE(actual, expected);
        }
    }

    void never_a_second_bos() {
        TemporaryFolder folder;
        const auto tokenizer = folder.tokenizer_with("{{ bos_token }}{{ messages[0].content }}");
        const auto ids = tokenizer.encode(tokenizer.render({{"user", "hello"}}), false);
        QCOMPARE(std::count(ids.begin(), ids.end(), 0), 1);
        QCOMPARE(ids.front(), 0);
    }

    void where_the_template_comes_from() {
        TemporaryFolder folder;
        const auto json = read_file(text_fixtures() / "tiny/tokenizer.json");
        folder.write("tokenizer.json", json);
        folder.write("tokenizer_config.json",
                     R"({"chat_template": [{"name": "rag", "template": "r"}, {"name": "default", "template": "d"}]})");
        QCOMPARE(Tokenizer(folder.path()).render({}), std::string("d"));
        folder.write("tokenizer_config.json", R"({"chat_template": "s"})");
        QCOMPARE(Tokenizer(folder.path()).render({}), std::string("s"));
        folder.write("chat_template.jinja", "f\r\ng\n");
        QCOMPARE(Tokenizer(folder.path()).render({}), std::string("f\ng"));
        std::filesystem::remove(folder.path() / "chat_template.jinja");
        folder.write("tokenizer_config.json", R"({"chat_template": [{"name": "rag", "template": "r"}]})");
        const auto error = error_of([&] { Tokenizer tokenizer(folder.path()); });
        QCOMPARE(error->code(), ErrorCode::unusable_model);
        QCOMPARE(error->place().file, (folder.path() / "tokenizer_config.json").string());
    }

    void special_tokens_are_variables() {
        TemporaryFolder folder;
        folder.write("tokenizer.json", read_file(text_fixtures() / "tiny/tokenizer.json"));
        folder.write("chat_template.jinja", "{{ bos_token }}|{{ eos_token }}|{{ pad_token is defined }}|{{ unk_token "
                                            "}}|{{ tools is none }}|{{ documents is none }}");
        folder.write("tokenizer_config.json",
                     R"({"bos_token": {"content": "<s>", "lstrip": false}, "eos_token": "</s>", "pad_token": null})");
        folder.write("special_tokens_map.json", R"({"unk_token": {"content": "</s>"}, "bos_token": "other"})");
        QCOMPARE(Tokenizer(folder.path()).render({}), std::string("<s>|</s>|False|</s>|True|True"));
    }

    void today() {
        const auto before = QDate::currentDate();
        const auto rendered = QString::fromStdString(render("{{ strftime_now('%d %B %Y') }}{{ strftime_now('') }}"));
        const auto format = QStringLiteral("dd MMMM yyyy");
        QVERIFY(rendered == QLocale::c().toString(before, format) ||
                rendered == QLocale::c().toString(QDate::currentDate(), format));
    }

    void raised_message() {
        TemporaryFolder folder;
        const auto tokenizer =
            folder.tokenizer_with("{% macro f() %}{{ raise_exception('Only cats, please!') }}{% endmacro %}{{ f() }}");
        const auto error = error_of([&] { tokenizer.render({{"user", "u"}}); });
        QCOMPARE(error->code(), ErrorCode::unusable_data);
        QCOMPARE(error->message().english(),
                 std::string("The chat template refuses this conversation: Only cats, please!"));
        QCOMPARE(error->place().file, (folder.path() / "chat_template.jinja").string());
    }

    void hostile_templates_data() {
        QTest::addColumn<QString>("source");
        QTest::newRow("endless") << "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}";
        QTest::newRow("recursion") << "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}";
        QTest::newRow("output") << "{% set x = 'x' * 100000 %}{% for a in range(9999) %}{{ x }}{% endfor %}";
        QTest::newRow("doubling")
            << "{% set n = namespace(x='xxxxxxxx') %}{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}";
        QTest::newRow("doubling lists") << "{% set n = namespace(x=[1, 2, 3, 4]) %}{% for a in range(60) %}{% set n.x "
                                           "= (n.x + n.x) | list %}{% endfor %}";
        QTest::newRow("nested value") << "{% set n = namespace(x=[]) %}{% for a in range(5000) %}{% set n.x = [n.x] "
                                         "%}{% endfor %}{{ n.x | tojson }}";
    }
    void hostile_templates() {
        QFETCH(QString, source);
        const auto error = error_of([&] { render(source.toStdString()); });
        QVERIFY2(says(error, "was stopped") || says(error, "cannot be rendered"), error ? error->what() : "no error");
        QCOMPARE(error->code(), ErrorCode::unusable_data);
    }

    void defects_are_named_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("message");
        QTest::newRow("syntax") << "a\n{% if %}"
                                << "(line 2 of the template)";
        QTest::newRow("undefined attribute") << "{{ nothing.more }}"
                                             << "(line 1 of the template)";
        QTest::newRow("unknown filter") << "{{ 'a' | no_such_filter }}"
                                        << "no_such_filter";
        QTest::newRow("file") << "{% include '/etc/hostname' %}"
                              << "hostname";
        QTest::newRow("deep source") << QString("{{ ") + QString("(").repeated(100000) + "1" +
                                            QString(")").repeated(100000) + " }}"
                                     << "recurs";
    }
    void defects_are_named() {
        QFETCH(QString, source);
        QFETCH(QString, message);
        const auto error = error_of([&] { render(source.toStdString()); });
        QVERIFY2(says(error, message.toStdString()), error ? error->what() : "no error");
        QCOMPARE(error->code(), ErrorCode::unusable_data);
    }
};

QTEST_GUILESS_MAIN(TestChatTemplate)
#include "test_chat_template.moc"
