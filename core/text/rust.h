// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "text/ffi/octavo_text_ffi.h"

namespace octavo {

/// Text that the Rust library handed out; freed with it.
class RustText {
public:
    RustText() = default;
    ~RustText() { octavo_text_free_bytes(&bytes_); }
    RustText(const RustText&) = delete;
    RustText& operator=(const RustText&) = delete;

    octavo_text_bytes* out() { return &bytes_; }
    std::string text() const { return {reinterpret_cast<const char*>(bytes_.data), bytes_.size}; }

private:
    octavo_text_bytes bytes_{nullptr, 0};
};

inline octavo_text_slice rust_slice(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

} // namespace octavo
