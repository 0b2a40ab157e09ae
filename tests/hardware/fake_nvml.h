// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

struct FakeDevice {
    unsigned long long total = 24ULL << 30, used = 3ULL << 30;
    bool lost = false;
    int inits = 0;
};

FakeDevice& fake_device();
