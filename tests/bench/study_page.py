# SPDX-License-Identifier: GPL-3.0-or-later
"""The page that tests/bench/study writes: every number from a run, none by hand."""

HEADING = """<!-- Written by tests/bench/study. Do not edit: run it again. -->
# Which layers of {model} hurt, and what a mixture makes of it

One group of matrices at a time (q, k and v together, gate and up together, as vLLM runs them) is quantized and the KL divergence of the logits from the
original's is measured; `octavo-cli allocate` then chooses a scheme per group within a budget; the recipes are run, and their exports are measured from the
disk on {windows} windows of {length} tokens of {text}. The same in the window: pages *Sensitivity* and *Mixed precision*.

"""
TIERS = {"weight noise": lambda row: -row["weight_sqnr_db"] if "weight_sqnr_db" in row else None,
         "error of rounding, from the Hessian": lambda row: row.get("relative_error_rounding"),
         "error after the solve": lambda row: row.get("relative_error_solved"),
         "gradient": lambda row: row["gradient"]["mean"] if "gradient" in row else None}


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    out = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last < len(order) and values[order[last]] == values[order[first]]:
            last += 1
        for place in order[first:last]:
            out[place] = (first + last - 1) / 2
        first = last
    return out


def spearman(left, right):
    left, right = ranks(left), ranks(right)
    middle = (len(left) - 1) / 2
    covariance = sum((a - middle) * (b - middle) for a, b in zip(left, right))
    spread = (sum((a - middle) ** 2 for a in left) * sum((b - middle) ** 2 for b in right)) ** 0.5
    return covariance / spread if spread else float("nan")


def rows_of(table, scheme):
    return [row for row in table["rows"] if row["scheme"] == scheme]


def markdown(lines):
    right = "|".join(["---"] + ["---:"] * (len(lines[0]) - 1))
    return "\n".join(["| " + " | ".join(lines[0]) + " |", f"|{right}|", *("| " + " | ".join(line) + " |" for line in lines[1:])]) + "\n"


def correlations(mixture):
    """How well the cheap measures order the groups, scheme by scheme."""
    lines = [["scheme", *TIERS]]
    for scheme in mixture["table"]["schemes"]:
        line = [scheme]
        for value in TIERS.values():
            pairs = [(value(row), row["kl_divergence"]["mean"]) for row in rows_of(mixture["table"], scheme) if value(row) is not None]
            line.append(f"{spearman(*zip(*pairs)):.2f}" if len(pairs) > 2 else "")
        lines.append(line)
    keep = [0] + [i for i in range(1, len(lines[0])) if any(line[i] for line in lines[1:])]
    return "Rank correlation (Spearman) with the measured divergence:\n\n" + markdown([[line[i] for i in keep] for line in lines])


def most_sensitive(mixture, count=8):
    scheme = mixture["schemes"][0]
    rows = sorted(rows_of(mixture["table"], scheme), key=lambda row: -row["kl_divergence"]["mean"])
    total = sum(row["kl_divergence"]["mean"] for row in rows)
    lines = [["group", f"KL divergence, {scheme}", "95 % interval", "share of the sum", "share of the weights"]]
    weights = sum(row["parameters"] for row in rows)
    for row in rows[:count]:
        kl = row["kl_divergence"]
        interval = f"{kl['low']:.5f} … {kl['high']:.5f}" if kl["low"] is not None else ""  # one window has none
        lines.append([row["group"], f"{kl['mean']:.5f}", interval, f"{100 * kl['mean'] / total:.1f} %",
                      f"{100 * row['parameters'] / weights:.1f} %"])
    return markdown(lines)


def many(count, what):
    return f"{count} {what}{'' if count == 1 else 's'}"


def cost(study, mixture):
    table = mixture["table"]
    alone = study["forward_seconds"] * len(table["rows"])
    share = table["layer_forwards"] / (len(table["rows"]) * table["model"]["layers"])
    return (f"{len(table['rows'])} rows ({len(table['rows']) // len(table['schemes'])} groups, {many(len(table['schemes']), 'scheme')}) on {many(study['sensitivity_windows'], 'window')} of "
            f"{study['length']} tokens of the calibration data, which the exports are not measured on, in {table['seconds']:.0f} s. A walk of the model over as many by itself takes {study['forward_seconds']:.2f} s, one per row "
            f"would be {alone:.0f} s: {table['seconds'] / alone:.2f} of that. Of the layers of such walks {100 * share:.0f} % were computed, since what lies before a group "
            "is computed once; what differs behind it is multiplied in bf16 where that is the faster way. " + ("The matrices are those that the uniform runs solved.\n" if table["protocol"].get("solved") else "The matrices are rounded, "
            "in the smoothing of the uniform runs.\n"))


def measured_row(label, bits, predicted, job):
    ratio, divergence = job["perplexity_ratio"], job["kl_divergence"]
    return [label, f"{job['bytes'] / 2**20:.1f} MiB", bits, predicted, f"{divergence['mean']:.4f} ± {divergence['standard_error']:.4f}",
            f"{ratio['value']:.4f} ± {ratio['standard_error']:.4f}", f"{100 * job['same_top']:.1f} %"]


def against(job, other):
    change = 100 * (job["kl_divergence"]["mean"] / other["kl_divergence"]["mean"] - 1)
    return f"{abs(change):.0f} % {'above' if change > 0 else 'below'}"


def recipes(study, mixture):
    lines = [["recipe", "size", "bits per weight", "predicted KL", "measured KL", "perplexity ratio", "same next token"]]
    base = mixture["schemes"][0]
    for each in study["uniform"]:
        if each["label"] in mixture["schemes"]:
            lines.append(measured_row(f"all {each['label']}", "", "", each))
    better = "16 bit" if mixture["sixteen"] else mixture["schemes"][-1]
    for each in mixture["recipes"]:
        chosen = each["chosen"]
        lines.append(measured_row(f"layers {', '.join(map(str, each['layers']))} in {better}, the rest {base}", "", "", each["ends"]))
        lines.append(measured_row(f"**mixture, {each['bits']:g} bits**", f"{chosen['bits_per_weight']:.3f}", f"{chosen['damage']:.4f}", each["job"]))
    gains = []
    for each in mixture["recipes"]:
        smaller = [other for other in study["uniform"] if other["label"] in mixture["schemes"] and other["bytes"] <= each["job"]["bytes"] * 1.002]
        best = min(smaller, key=lambda other: other["kl_divergence"]["mean"])
        gains.append(f"* {each['bits']:g} bits: {against(each['job'], each['ends'])} the rule of thumb (first and last layers in more bits, no fewer bytes), "
                     f"{against(each['job'], best)} the best uniform scheme that is no larger (all {best['label']}).\n")
    return markdown(lines) + "\nMeasured divergence of the mixtures:\n\n" + "".join(gains)


def page(study):
    text = HEADING.format(**study)
    for mixture in study["mixtures"]:
        others = mixture["schemes"][1:] + (["16 bit"] if mixture["sixteen"] else [])
        text += f"## {mixture['schemes'][0]} with {' and '.join(others)}\n\n"
        text += cost(study, mixture) + "\n" + most_sensitive(mixture) + "\n" + correlations(mixture) + "\n" + recipes(study, mixture) + "\n"
    return text + f"{study['threads']} threads of {study['cpu']}.\n"
