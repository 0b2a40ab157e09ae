// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// From now on the engine takes tensors on the CPU for ones on a device, and its kernels are those that nvcc compiles,
/// run on the host (cuda/host_cuda.h). Only programs that link octavo_imitated_device and export their symbols do this:
/// they answer in the engine's place.
void imitate_device(bool on);

/// That device has too little memory for whatever has `rows` rows; 0 = for nothing.
void imitate_too_little_memory_for(long rows);
/// How often it ran out since then.
long times_out_of_memory();
