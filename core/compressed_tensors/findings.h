// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/run_record.h"

namespace octavo {

/// Collects the checks of one verification: one entry per rule, however often it is broken.
class Findings {
public:
    /// A rule that holds, unless it was found broken before.
    void pass(const std::string& id, Message message) {
        if (!find(id)) checks_.push_back({id, Check::Status::pass, std::move(message), {}});
    }
    void warn(const std::string& id, Message message, Message advice) {
        record(id, Check::Status::warning, std::move(message), std::move(advice));
    }
    /// The first breach of a rule is the one that is told.
    void fail(const std::string& id, Message message, Message advice) {
        record(id, Check::Status::fail, std::move(message), std::move(advice));
    }
    std::vector<Check> take() { return std::move(checks_); }

private:
    Check* find(const std::string& id) {
        for (Check& check : checks_)
            if (check.id == id) return &check;
        return nullptr;
    }
    void record(const std::string& id, Check::Status status, Message message, Message advice) {
        Check* known = find(id);
        if (!known)
            checks_.push_back({id, status, std::move(message), std::move(advice)});
        else if (status == Check::Status::fail && known->status != Check::Status::fail)
            *known = {id, status, std::move(message), std::move(advice)};
    }

    std::vector<Check> checks_;
};

} // namespace octavo
