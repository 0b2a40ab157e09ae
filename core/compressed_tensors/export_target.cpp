// SPDX-License-Identifier: GPL-3.0-or-later
#include "compressed_tensors/export_target.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

#include "base/error.h"
#include "base/files.h"
#include "report/units.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(Message what, Message advice, const fs::path& target) {
    throw Error(ErrorCode::unusable_target, std::move(what), std::move(advice), {.file = target.string()});
}

fs::path hidden_sibling(const fs::path& target, const char* purpose) {
    return target.parent_path() / ("." + target.filename().string() + "." + purpose + "-" + std::to_string(::getpid()));
}

/// Absolute, links resolved, no trailing slash.
fs::path normal(const fs::path& path) {
    std::error_code status;
    fs::path whole = fs::weakly_canonical(fs::absolute(path, status), status);
    if (status || whole.empty()) whole = fs::absolute(path).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

int locked(const fs::path& folder) {
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle >= 0 && ::flock(handle, LOCK_EX | LOCK_NB) == 0) return handle;
    if (handle >= 0) ::close(handle);
    return -1;
}

/// Temporary folders of exports to `target` whose process is gone, and its lock with it.
void remove_abandoned(const fs::path& target) {
    const std::string begin = "." + target.filename().string() + ".partial-";
    std::vector<fs::path> found;
    std::error_code status;
    for (const auto& entry : fs::directory_iterator(target.parent_path(), status)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(begin) && name.find_first_not_of("0123456789-", begin.size()) == std::string::npos &&
            !entry.is_symlink(status))
            found.push_back(entry.path());
    }
    for (const fs::path& folder : found) {
        const int lock = locked(folder);
        if (lock < 0) continue; // in use, or a file system without locks
        fs::remove_all(folder, status);
        ::close(lock);
    }
}

void check_place(const fs::path& target, const fs::path& model, bool overwrite) {
    if (!target.has_filename())
        refuse(msg("The output cannot be a whole file system"), msg("Name a new folder."), target);
    if (lies_inside(target, model))
        refuse(msg("The output lies inside the model folder"), msg("Choose a folder outside of it."), target);
    if (lies_inside(model, target))
        refuse(msg("The model folder lies inside the output"), msg("Choose another output folder."), target);
    std::error_code status;
    if (!fs::exists(fs::symlink_status(target, status))) return;
    if (!fs::is_directory(target, status))
        refuse(msg("The output exists and is not a folder"), msg("Choose another name."), target);
    if (!overwrite)
        refuse(msg("The output folder exists already"), msg("Choose another name, or allow overwriting (--overwrite)."),
               target);
    // Replacing deletes what was there: never a folder that holds something else than a checkpoint.
    if (!fs::is_empty(target, status) && !fs::exists(target / "config.json", status))
        refuse(msg("The output folder exists and does not hold a model"),
               msg("Choose another folder: overwriting would delete its contents."), target);
}

} // namespace

ExportTarget::ExportTarget(const fs::path& target, const fs::path& model, bool overwrite, std::uint64_t bytes)
    : target_(normal(target)), overwrite_(overwrite) {
    check_place(target_, model, overwrite);
    try {
        create_parents();
        remove_abandoned(target_);
        create_temporary();
        // Room for headers, side files that grow, and other programs on the same disk.
        const std::uint64_t needed = bytes + std::max<std::uint64_t>(bytes / 100, std::uint64_t(16) << 20);
        const std::uint64_t available = free_bytes(target_);
        if (available < needed)
            throw Error(ErrorCode::disk_full,
                        msg("The export needs %1, but only %2 are free", bytes_text(needed), bytes_text(available)),
                        msg("Free some space or choose a folder on another disk."), {.file = target_.string()});
    } catch (...) {
        clean_up();
        throw;
    }
}

ExportTarget::~ExportTarget() {
    if (!published_) clean_up();
    if (lock_ >= 0) ::close(lock_);
}

void ExportTarget::create_parents() {
    std::error_code status;
    std::vector<fs::path> missing;
    for (fs::path parent = target_.parent_path(); !parent.empty() && !fs::exists(parent, status);
         parent = parent.parent_path())
        missing.push_back(parent);
    for (auto parent = missing.rbegin(); parent != missing.rend(); ++parent) {
        if (!fs::create_directory(*parent, status) && status)
            refuse(msg("The folder above the output cannot be created: %1", system_message(status)),
                   msg("Choose a folder that you may write to."), *parent);
        created_parents_.push_back(*parent);
    }
}

void ExportTarget::create_temporary() {
    const std::string name = hidden_sibling(target_, "partial").string();
    std::error_code status;
    temporary_ = name;
    // One may be there: of a process of the same number in another container, or where nothing can be locked.
    for (int i = 2; i < 100 && fs::exists(temporary_, status); ++i) temporary_ = name + "-" + std::to_string(i);
    if (!fs::create_directory(temporary_, status)) {
        if (!status) status = std::make_error_code(std::errc::file_exists);
        temporary_.clear(); // somebody else's
        refuse(msg("The output folder cannot be created: %1", system_message(status)),
               msg("Choose a folder that you may write to."), target_);
    }
    lock_ = locked(temporary_);
}

void ExportTarget::clean_up() noexcept {
    std::error_code status;
    if (!temporary_.empty()) fs::remove_all(temporary_, status);
    // Only folders made here and only while they are empty.
    for (auto parent = created_parents_.rbegin(); parent != created_parents_.rend(); ++parent) ::rmdir(parent->c_str());
    if (lock_ >= 0) ::close(std::exchange(lock_, -1));
}

void ExportTarget::publish() {
    sync_to_disk(temporary_);
    std::error_code status;
    if (!fs::exists(fs::symlink_status(target_, status))) {
        if (::rename(temporary_.c_str(), target_.c_str()) != 0)
            throw_errno(msg("The file or folder could not be renamed"), target_);
    } else {
        if (!overwrite_)
            refuse(msg("The output folder appeared while the export was written"),
                   msg("Choose another name and repeat."), target_);
        const fs::path old = hidden_sibling(target_, "old");
        fs::remove_all(old, status);
        // Exchanged in one step where the file system can: no moment without a folder of that name.
        if (::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0) {
            fs::rename(temporary_, old, status);
            if (status) fs::remove_all(temporary_, status);
        } else {
            if (::rename(target_.c_str(), old.c_str()) != 0)
                throw_errno(msg("The file or folder could not be renamed"), target_);
            if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
                const int reason = errno;
                fs::rename(old, target_, status);
                errno = reason;
                throw_errno(msg("The file or folder could not be renamed"), target_);
            }
        }
        fs::remove_all(old, status);
    }
    published_ = true;
    sync_to_disk(target_.parent_path());
}

} // namespace octavo
