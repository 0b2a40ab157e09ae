// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"

#include <cstdlib>
#include <dlfcn.h>
#include <mutex>

namespace octavo {

Engine& load_engine() {
    static std::mutex guard;
    static Engine* engine = nullptr;
    const std::lock_guard lock(guard);
    if (engine) return *engine;
    // Found through this library's own run path: both lie in the same folder.
    Dl_info self{};
    ::dladdr(reinterpret_cast<void*>(&load_engine), &self);
    const std::filesystem::path beside =
        std::filesystem::path(self.dli_fname ? self.dli_fname : "").parent_path() / "liboctavo_engine.so";
    // LibTorch's OpenMP threads spin while they wait for each other. On a machine that does something else as well (a
    // window, a browser) that costs more than it saves; a short spin before sleeping is within a few percent of the
    // best on a quiet one. Read when the library is loaded; the user's setting wins.
    ::setenv("GOMP_SPINCOUNT", "10000", 0);
    void* library = ::dlopen(beside.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library)
        throw Error(ErrorCode::internal, msg("The computing library could not be loaded: %1", ::dlerror()),
                    msg("Run installer/run again: it fetches LibTorch and builds the library."),
                    {.file = beside.string()});
    using Factory = Engine* (*)();
    const auto factory = reinterpret_cast<Factory>(::dlsym(library, "octavo_engine"));
    if (!factory)
        throw Error(ErrorCode::internal, msg("The computing library belongs to another version of Octavo"),
                    msg("Build or install both parts together."), {.file = beside.string()});
    engine = factory();
    return *engine;
}

} // namespace octavo
