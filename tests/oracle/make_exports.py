# SPDX-License-Identifier: GPL-3.0-or-later
"""make_exports.py CLI MODEL FOLDER: the exports that other oracle tests look at: fp8 (no data), rounded (W8A8 by plain rounding, nothing
smoothed) and w8a8 (smoothed and solved on a few rows)."""
import shutil
import subprocess
import sys

SMALL = ["--samples", "6", "--sequence-length", "128", "--packing"]
EXPORTS = {
    "fp8": ["--scheme", "FP8_DYNAMIC"],
    "rounded": ["--scheme", "W8A8", "--smoothing", "off", "--solver", "rtn", *SMALL],
    "w8a8": ["--scheme", "W8A8", "--smoothing", "0.5", *SMALL],
}

cli, model, folder = sys.argv[1:]
for name, options in EXPORTS.items():
    shutil.rmtree(f"{folder}/{name}.run", ignore_errors=True)  # of the last time
    subprocess.run([cli, "quantize", model, "--output", f"{folder}/{name}", "--overwrite", "--run-directory", f"{folder}/{name}.run", *options], check=True)
