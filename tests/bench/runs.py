# SPDX-License-Identifier: GPL-3.0-or-later
"""What the comparisons share: token ids, processes whose time and memory the system counts, the evaluation of a folder."""
import json
import os
import pathlib
import platform
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def measured(command, work):
    """Runs a command; (seconds, peak resident bytes, last line of stdout). What it prints besides goes to a log."""
    log = work / "log.txt"
    print("  " + " ".join(str(word) for word in command), file=sys.stderr)
    with open(log, "ab") as errors:
        start = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL)
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.stderr.write(log.read_text(errors="replace")[-3000:] + out.decode(errors="replace")[-3000:])
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return seconds, usage.ru_maxrss * 1024, out.decode()


def data_source(arguments):
    """The file that calibration ids come from: what was asked for, else the fetched chats, else the built-in ones."""
    if arguments.data:
        return pathlib.Path(arguments.data)
    fetched = ROOT / "datasets" / "sharegpt.jsonl"
    return fetched if fetched.exists() else ROOT / "resources" / "calibration.jsonl"


def make_ids(arguments, work):
    if arguments.ids:
        return arguments.ids
    data = data_source(arguments)
    file = work / "ids.json"
    subprocess.run([arguments.python, HERE / "make_ids.py", arguments.model, data, file, "--rows", str(arguments.rows), "--length",
                    str(arguments.length)], check=True, stdout=subprocess.DEVNULL)
    return file


def evaluate(arguments, folder, work, run=None):
    """A folder beside the original; the result also goes into the run folder that made it, where one is given."""
    command = [arguments.cli, "evaluate", folder, "--reference", arguments.model, "--sequence-length", arguments.length, "--windows",
               arguments.windows, "--device", "cpu", "--threads", arguments.threads, "--json"]
    command += ["--text", arguments.text] if arguments.text else []
    command += ["--run", run] if run else []
    found = json.loads(measured(command, work)[2])
    return {key: found[key] for key in ("perplexity", "reference_perplexity", "perplexity_ratio", "kl_divergence", "same_top", "tokens", "protocol")}


def cpu_name():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()
