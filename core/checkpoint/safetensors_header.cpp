// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/safetensors_header.h"

#include "base/json.h"

#include <cstring>
#include <limits>
#include <set>

namespace octavo {

namespace {

constexpr std::size_t most_dimensions = 16;

/// Walks {"name": {"dtype": …, "shape": […], "data_offsets": [begin, end]}, "__metadata__": {"key": "value"}} and
/// nothing else.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
public:
    HeaderReader(std::string file, std::map<std::string, std::string>& metadata)
        : file_(std::move(file)), metadata_(metadata) {}

    std::vector<HeaderEntry> take() { return std::move(entries_); }

    bool null() override { return unexpected(); }
    bool boolean(bool) override { return unexpected(); }
    bool number_integer(number_integer_t value) override { return fail(msg("%1 in the header is negative", value)); }
    bool number_float(number_float_t, const string_t& text) override {
        return fail(msg("%1 in the header is not a whole number of 64 bits", text));
    }
    bool binary(binary_t&) override { return unexpected(); }

    bool number_unsigned(number_unsigned_t value) override {
        if (depth_ != 2 || !in_array_) return unexpected();
        if (key_ == "shape") {
            if (entry_.spec.shape.size() == most_dimensions)
                return fail(msg("The tensor has more than %1 dimensions", most_dimensions));
            if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
                return fail(msg("The dimension %1 is too large", value));
            entry_.spec.shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (offsets_ == 2) return fail(msg("data_offsets has more than two numbers"));
        (offsets_++ == 0 ? entry_.begin : entry_.end) = value;
        return true;
    }

    bool string(string_t& value) override {
        if (depth_ != 2 || in_array_) return unexpected();
        if (in_metadata_) {
            metadata_[key_] = value;
            return true;
        }
        if (key_ != "dtype") return unexpected();
        const auto dtype = dtype_from_safetensors(value);
        if (!dtype) return fail(msg("The tensor's type %1 is not supported", value));
        entry_.spec.dtype = *dtype;
        return true;
    }

    bool start_object(std::size_t) override {
        if (in_array_ || depth_ == 2) return unexpected();
        ++depth_;
        return true;
    }

    bool key(string_t& value) override {
        if (depth_ == 1) return start_entry(value);
        if (!keys_.insert(value).second) return fail(msg("The key %1 occurs twice", value));
        if (!in_metadata_ && value != "dtype" && value != "shape" && value != "data_offsets")
            return fail(msg("The header has an unknown key %1", value));
        key_ = value;
        return true;
    }

    bool end_object() override {
        if (--depth_ == 1 && !in_metadata_) finish_entry();
        return true;
    }

    bool start_array(std::size_t) override {
        if (depth_ != 2 || in_array_ || in_metadata_ || key_ == "dtype") return unexpected();
        in_array_ = true;
        return true;
    }

    bool end_array() override {
        in_array_ = false;
        return true;
    }

    bool parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception&) override {
        return fail(msg("The header is not valid JSON (byte %1)", byte));
    }

private:
    bool start_entry(const std::string& name) {
        entry_ = {};
        entry_.spec.name = name;
        keys_.clear();
        offsets_ = 0;
        in_metadata_ = name == "__metadata__";
        if (!names_.insert(name).second) return fail(msg("The header names the tensor twice"));
        return true;
    }

    void finish_entry() {
        if (keys_.size() != 3 || offsets_ != 2)
            fail(msg("The header lacks dtype, shape or data_offsets of the tensor"));
        std::int64_t elements = 1, bytes = 0;
        for (const std::int64_t extent : entry_.spec.shape)
            if (__builtin_mul_overflow(elements, extent, &elements)) fail(msg("The tensor's shape overflows 64 bits"));
        if (__builtin_mul_overflow(elements, static_cast<std::int64_t>(size_of(entry_.spec.dtype)), &bytes))
            fail(msg("The tensor's shape overflows 64 bits"));
        entries_.push_back(std::move(entry_));
    }

    bool unexpected() { return fail(msg("The header does not have the form of safetensors")); }

    bool fail(Message what) {
        throw Error(ErrorCode::unusable_model, std::move(what),
                    msg("Fetch the file again or save the model anew; it does not follow the safetensors format."),
                    {.file = file_, .tensor = in_metadata_ ? std::string() : entry_.spec.name});
    }

    std::string file_;
    std::map<std::string, std::string>& metadata_;
    std::vector<HeaderEntry> entries_;
    std::set<std::string> names_;
    HeaderEntry entry_;
    std::set<std::string> keys_; ///< seen in the current entry
    std::string key_;
    int depth_ = 0, offsets_ = 0;
    bool in_array_ = false, in_metadata_ = false;
};

} // namespace

std::vector<HeaderEntry> parse_safetensors_header(std::string_view text, const std::string& file,
                                                  std::map<std::string, std::string>& metadata) {
    HeaderReader reader(file, metadata);
    // A header that is an array or a bare value never reaches depth 1; every such token is refused by the reader.
    nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
    return reader.take();
}

std::string safetensors_header(const std::vector<TensorSpec>& tensors,
                               const std::map<std::string, std::string>& metadata) {
    std::string text = "{";
    if (!metadata.empty()) text += "\"__metadata__\":" + nlohmann::json(metadata).dump();
    std::uint64_t position = 0;
    for (const TensorSpec& tensor : tensors) {
        if (text.size() > 1) text += ',';
        const std::uint64_t end = position + tensor.bytes();
        text += nlohmann::json(tensor.name).dump() + ":{\"dtype\":\"" + std::string(safetensors_name(tensor.dtype)) +
                "\",\"shape\":" + nlohmann::json(tensor.shape).dump() + ",\"data_offsets\":[" +
                std::to_string(position) + ',' + std::to_string(end) + "]}";
        position = end;
    }
    text += '}';
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();
    std::string out(sizeof length, '\0');
    std::memcpy(out.data(), &length, sizeof length);
    return out + text;
}

} // namespace octavo
