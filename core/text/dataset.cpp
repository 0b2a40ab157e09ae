// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/files.h"
#include "base/stop.h"
#include "text/calibration.h"
#include "text/parquet.h"
#include "text/read_text.h"

namespace octavo {

namespace {

struct RoleName {
    std::string_view name, role;
};

/// Names of `messages` and of ShareGPT's `from`, and the role that chat templates know.
constexpr RoleName role_names[] = {
    {"system", "system"},       {"user", "user"},        {"assistant", "assistant"}, {"tool", "tool"},
    {"developer", "developer"}, {"human", "user"},       {"gpt", "assistant"},       {"chatgpt", "assistant"},
    {"bing", "assistant"},      {"bard", "assistant"},   {"model", "assistant"},     {"function", "tool"},
    {"ipython", "tool"},        {"observation", "tool"},
};

/// Reads one file; knows where it is, so that every complaint names file and line.
class DatasetReader {
public:
    DatasetReader(const std::filesystem::path& file, const std::stop_token& stop, const ColumnNames& columns)
        : file_(file), stop_(stop), columns_(columns) {
        for (const char* name : {"messages", "conversations", "prompt", "response", "completion", "text", "system"})
            if (const auto found = columns.find(name); found != columns.end()) renamed_.push_back(*found);
    }

    std::vector<Sample> read() {
        std::error_code status;
        if (!std::filesystem::is_regular_file(file_, status))
            throw Error(ErrorCode::unusable_data, msg("The dataset is missing or not a file"), msg("Check the path."),
                        {.file = file_.string()});
        const MappedFile mapped(file_);
        const std::string extension = small_extension(file_);
        if (extension == ".parquet") return read_parquet();
        std::string_view text(reinterpret_cast<const char*>(mapped.bytes().data()), mapped.bytes().size());
        if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
        text_ = text;
        check_text(text, file_.string());
        const auto first = text.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos) refuse_empty();
        if (extension != ".json" && extension != ".jsonl" && extension != ".ndjson")
            samples_.push_back({{}, std::string(text), 1});
        else if (text[first] == '[')
            read_array(first);
        else if (extension == ".json" && text[first] == '{' && is_one_object(first))
            read_object();
        else
            read_lines();
        if (samples_.empty()) refuse_empty();
        return std::move(samples_);
    }

private:
    [[noreturn]] void refuse(Message what, long line, Message advice) const {
        throw Error(ErrorCode::unusable_data, std::move(what), std::move(advice),
                    {.file = file_.string(), .line = line});
    }

    [[noreturn]] void refuse_empty() const {
        refuse(msg("The dataset is empty"), 0, msg("Use a file with conversations or text."));
    }

    long line_at(std::size_t byte) const {
        return 1 + std::count(text_.begin(), text_.begin() + static_cast<long>(byte), '\n');
    }

    std::vector<Sample> read_parquet() {
        std::vector<std::string> wanted;
        for (const auto& [name, column] : renamed_) wanted.push_back(column);
        if (wanted.empty())
            wanted = {"messages", "conversations", "prompt", "response", "completion", "text", "system"};
        ParquetFile table(file_, wanted);
        std::string lines;
        for (long row = 1; table.next(lines);) {
            for (std::size_t start = 0; start < lines.size(); ++row) {
                const std::size_t end = std::min(lines.find('\n', start), lines.size());
                add(parse_json(std::string_view(lines).substr(start, end - start), file_.string(),
                               ErrorCode::unusable_data),
                    row);
                start = end + 1;
            }
        }
        if (samples_.empty()) refuse_empty();
        return std::move(samples_);
    }

    void read_lines() {
        long line = 1;
        for (std::size_t start = 0; start < text_.size(); ++line) {
            const auto end = std::min(text_.find('\n', start), text_.size());
            add_value(text_.substr(start, end - start), line);
            start = end + 1;
        }
    }

    void add_value(std::string_view json, long line) {
        if (json.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
        Json value;
        try {
            value = parse_json(json, file_.string(), ErrorCode::unusable_data);
        } catch (const Error& error) {
            // The parser counts from the start of this value.
            throw Error(error.code(), error.message(), error.advice(),
                        {.file = file_.string(), .line = line + std::max(0L, error.place().line - 1)});
        }
        add(value, line);
    }

    /// End of the JSON value that starts at `start`: only brackets and strings matter here, the parser checks the rest
    /// later.
    std::size_t end_of_value(std::size_t start) const {
        long depth = 0;
        bool quoted = false;
        for (std::size_t i = start; i < text_.size(); ++i) {
            const char c = text_[i];
            if (quoted) {
                if (c == '\\')
                    ++i;
                else if (c == '"')
                    quoted = false;
            } else if (c == '"')
                quoted = true;
            else if (c == '{' || c == '[')
                ++depth;
            else if (c == '}' || c == ']') {
                if (--depth == 0) return i + 1;
            }
        }
        return std::string_view::npos;
    }

    /// A list, entry by entry, so that a large file never stands in memory as one JSON document.
    void read_array(std::size_t open) {
        std::size_t at = open + 1, counted = 0;
        long line = 1;
        const auto advance = [&](std::size_t to) {
            line += std::count(text_.begin() + static_cast<long>(counted), text_.begin() + static_cast<long>(to), '\n');
            counted = to;
            return line;
        };
        const auto broken = [&](std::size_t where) {
            refuse(msg("This is not valid JSON"), advance(std::min(where, text_.size())),
                   msg("Mend the file at this line or replace it with an intact copy."));
        };
        const auto skip = [&] { at = std::min(text_.find_first_not_of(" \t\r\n", at), text_.size()); };
        skip();
        while (at < text_.size() && text_[at] != ']') {
            if (text_[at] != '{') {
                if (text_[at] == ',') broken(at);
                refuse(msg("The list holds something other than objects"), advance(at), format_advice());
            }
            const auto end = end_of_value(at);
            if (end == std::string_view::npos) {
                // Let the parser say where it breaks.
                add_value(text_.substr(at), advance(at));
                broken(text_.size());
            }
            add_value(text_.substr(at, end - at), advance(at));
            at = end;
            skip();
            if (at < text_.size() && text_[at] == ',') {
                ++at;
                skip();
                if (at < text_.size() && text_[at] == ']') broken(at);
            } else if (at < text_.size() && text_[at] != ']')
                broken(at);
        }
        if (at >= text_.size()) broken(at);
        ++at;
        skip();
        if (at < text_.size()) broken(at);
    }

    bool is_one_object(std::size_t start) const {
        const auto end = end_of_value(start);
        return end == std::string_view::npos || text_.find_first_not_of(" \t\r\n", end) == std::string_view::npos;
    }

    /// One object: a sample itself, or a wrapper around the list of samples.
    void read_object() {
        const auto json = parse_json(text_, file_.string(), ErrorCode::unusable_data);
        if (is_sample(json) || (!renamed_.empty() && json.contains(renamed_.front().second))) return add(json, 1);
        for (const auto& [key, value] : json.items()) {
            if (!value.is_array() || value.empty() || !value[0].is_object()) continue;
            for (const auto& entry : value) add(entry, 0);
            return;
        }
        refuse(msg("The object holds no list of samples"), 1, format_advice());
    }

    static Message format_advice() {
        return msg("Every entry needs \"messages\", \"conversations\", \"prompt\" with \"response\" or \"completion\", "
                   "or \"text\".");
    }

    static bool is_sample(const Json& json) {
        for (const auto* key : {"messages", "conversations", "prompt", "text"})
            if (json.contains(key)) return true;
        return false;
    }

    void add(const Json& given, long line) {
        throw_if_stopped(stop_);
        if (!given.is_object()) refuse(msg("An entry is not a JSON object"), line, format_advice());
        const Json renamed = renamed_.empty() ? Json() : with_known_names(given, line);
        const Json& json = renamed_.empty() ? given : renamed;
        Sample sample;
        sample.line = line;
        if (json.contains("messages"))
            add_messages(sample, json["messages"], name_of("role"), name_of("content"));
        else if (json.contains("conversations"))
            add_conversation(sample, json);
        else if (json.contains("prompt"))
            add_prompt(sample, json);
        else if (json.contains("text"))
            sample.text = content_of(json["text"], line);
        else
            refuse(msg("An entry holds no conversation and no text"), line, format_advice());
        if (!sample.messages.empty() || sample.text.find_first_not_of(" \t\r\n") != std::string::npos)
            samples_.push_back(std::move(sample));
    }

    /// Nothing but the columns that were named, by the names that are known here.
    Json with_known_names(const Json& json, long line) const {
        Json out;
        for (const auto& [name, column] : renamed_) {
            const auto found = json.find(column);
            if (found == json.end())
                refuse(msg("An entry has no \"%1\", which was to be read as \"%2\"", column, name), line,
                       msg("Correct the names of the columns."));
            out[name] = *found;
        }
        return out;
    }

    /// Of a field of a message.
    std::string name_of(const std::string& known) const {
        const auto found = columns_.find(known);
        return found == columns_.end() ? known : found->second;
    }

    /// A string, or a list of parts [{type: "text", text: …}]; null (an assistant that only calls tools) is empty.
    std::string content_of(const Json& content, long line) const {
        if (content.is_null()) return {};
        if (content.is_string()) return content.get<std::string>();
        if (!content.is_array()) refuse(msg("The content of a message is not text"), line, msg("Use a string."));
        std::string text;
        for (const auto& part : content) {
            if (part.is_string())
                text += part.get<std::string>();
            else if (part.is_object() && part.contains("text") && part["text"].is_string())
                text += part["text"].get<std::string>();
            else
                refuse(msg("A message holds a part that is not text"), line,
                       msg("Leave out images and sounds: calibration uses text alone."));
        }
        return text;
    }

    std::string role_of(const Json& message, const std::string& key, long line) const {
        if (!message.is_object() || !message.contains(key) || !message[key].is_string())
            refuse(msg("A message has no \"%1\"", key), line, format_advice());
        const auto& name = message[key].get_ref<const std::string&>();
        for (const auto& known : role_names)
            if (known.name == name) return std::string(known.role);
        refuse(msg("A message has the unknown role \"%1\"", name), line, msg("Use system, user, assistant or tool."));
    }

    void add_messages(Sample& sample, const Json& list, const std::string& role, const std::string& content) const {
        if (!list.is_array()) refuse(msg("The messages are not a list"), sample.line, format_advice());
        for (const auto& message : list) {
            auto name = role_of(message, role, sample.line);
            if (!message.contains(content) && !message.contains("tool_calls"))
                refuse(msg("A message has no \"%1\"", content), sample.line, format_advice());
            sample.messages.push_back({std::move(name), message.contains(content)
                                                            ? content_of(message[content], sample.line)
                                                            : std::string()});
        }
    }

    void add_conversation(Sample& sample, const Json& json) const {
        if (json.contains("system") && json["system"].is_string() &&
            !json["system"].get_ref<const std::string&>().empty())
            sample.messages.push_back({"system", json["system"].get<std::string>()});
        const auto& list = json["conversations"];
        const bool chat_style =
            list.is_array() && !list.empty() && list[0].is_object() && list[0].contains(name_of("role"));
        add_messages(sample, list, name_of(chat_style ? "role" : "from"), name_of(chat_style ? "content" : "value"));
    }

    /// Each half is a string or a list of messages.
    void add_prompt(Sample& sample, const Json& json) const {
        const auto* answer = json.contains("response") ? "response" : "completion";
        if (!json.contains(answer))
            refuse(msg("A prompt has neither \"response\" nor \"completion\""), sample.line, format_advice());
        const auto add_half = [&](const Json& half, const char* role) {
            if (half.is_array() && !half.empty() && half[0].is_object() && half[0].contains(name_of("role")))
                add_messages(sample, half, name_of("role"), name_of("content"));
            else
                sample.messages.push_back({role, content_of(half, sample.line)});
        };
        add_half(json["prompt"], "user");
        add_half(json[answer], "assistant");
    }

    std::filesystem::path file_;
    const std::stop_token& stop_;
    const ColumnNames& columns_;
    std::vector<std::pair<std::string, std::string>> renamed_; ///< whole columns: known name, name in the file
    std::string_view text_;
    std::vector<Sample> samples_;
};

} // namespace

std::vector<Sample> read_dataset(const std::filesystem::path& file, const std::stop_token& stop,
                                 const ColumnNames& columns) {
    return DatasetReader(file, stop, columns).read();
}

} // namespace octavo
