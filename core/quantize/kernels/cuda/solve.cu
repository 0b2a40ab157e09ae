// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/kernels/cuda/solve.cuh"
