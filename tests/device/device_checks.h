// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

// What the engine computes on a device against what it computes on the CPU. Torch stays behind this header.

/// Where the engine works the second time: on a CUDA device, or on the CPU with kernels that imitate one.
struct DevicePlace {
    std::string device = "cuda:0";
    void (*imitate)(bool on) = nullptr; ///< null = a real device
};

/// Whether there is such a device, with LibTorch's half of CUDA and kernels for it.
bool is_there(const DevicePlace& place);

/// Numbers that differ among scales, zero points, nearest codes and what these stand for.
std::vector<long> rounding_differences(const DevicePlace& place, const std::string& scheme, int rows, int columns);

struct SolvedTwice {
    long codes = 0, different = 0;
    double loss = 0, loss_on_cpu = 0, column_loss = 0;
    bool same_again = false; ///< a second solve on the device gave the same bytes
};
/// GPTQ with one factor.
SolvedTwice solved_twice(const DevicePlace& place, const std::string& scheme, int rows, int columns,
                         bool activation_order);

struct ObservedTwice {
    bool same_range = false, same_sample = false, same_again = false;
    double mean_square = 0, hessian = 0; ///< largest deviations from brute force, relative to the largest number
};
/// In chunks; the Hessian against one of numbers rounded to bf16, with a weight for each token if `weighed`.
ObservedTwice observed_twice(const DevicePlace& place, int tokens, int channels, bool weighed);

/// Numbers of the inputs of a scheme that differ; with `fixed`, of static scales.
long input_differences(const DevicePlace& place, const std::string& scheme, bool fixed);
/// The same for codes of int8 and their scales.
long code_differences(const DevicePlace& place);

/// Largest deviations, relative to the largest number: of norms, and of products of codes with few and with many
/// tokens.
std::vector<double> layer_deviations(const DevicePlace& place);
/// Of the sizes of a matrix's columns.
std::vector<double> column_deviations(const DevicePlace& place);
/// Numbers that differ when rows are filled up for a product of codes.
long filled_up_differences();
