"""Puts the lines of all runs into target/interop/table.json and table.md: table.py FOLDER SERVER_JAR_SHA256.

FOLDER/lines/SDK.DIRECTION.jsonl are the outcomes, FOLDER/not-run/SDK[.DIRECTION] the reasons why there are none,
FOLDER/versions/SDK the version. Exits 1 if a cell fails.
"""

import json
import pathlib
import sys

SDKS = ["typescript", "python", "java", "go", "rust"]
DIRECTIONS = ["client", "server"]
HANDSHAKE, STATELESS = "2025-11-25", "2026-07-28"
ERAS_OF = {
    "initialize": [HANDSHAKE],
    "discover": [STATELESS],
    **{
        feature: [HANDSHAKE, STATELESS]
        for feature in (
            "list-tools call call-progress cancel list-resources read list-prompts prompt complete elicit sample roots log"
        ).split()
    },
    "resume": [HANDSHAKE],
    "subscribe": [HANDSHAKE, STATELESS],
    "listen": [STATELESS],
}
WORST_FIRST = ["fail", "not-run", "pass", "not-supported"]
OUTCOMES = {"pass", "fail", "not-supported"}


def unsupported():
    table = {}
    for line in (pathlib.Path(__file__).parent / "unsupported.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            sdk, direction, era, feature, reason = line.split("\t")
            table[sdk, direction, era, feature] = reason
    return table


UNSUPPORTED = unsupported()


def lacking(sdk, direction, era, feature):
    return UNSUPPORTED.get((sdk, direction, era, feature)) or UNSUPPORTED.get((sdk, direction, era, "*"))


def reason_not_run(folder, sdk, direction):
    for name in (sdk, f"{sdk}.{direction}"):
        file = folder / "not-run" / name
        if file.exists():
            return file.read_text().strip()
    return None


def lines_of(folder, sdk, direction):
    """The outcomes of one run. A line that is not an outcome, or a second one, is a fault of the run, not a pass."""
    found, faults = {}, []
    file = folder / "lines" / f"{sdk}.{direction}.jsonl"
    for text in file.read_text(errors="replace").splitlines() if file.exists() else []:
        try:
            line = json.loads(text)
            key = line["era"], line["feature"]
            known = key[0] in ERAS_OF[key[1]] and line["outcome"] in OUTCOMES
        except (ValueError, KeyError, TypeError):
            known = False
        if known and key not in found:
            found[key] = line["outcome"], str(line.get("detail", ""))
        elif known:
            found[key] = "fail", "reported twice"
        else:
            faults.append(text)
    return found, faults


def in_era(found, why_not, lack, key):
    if why_not:
        return "not-run", why_not
    outcome, detail = found.get(key, ("fail", "no outcome was reported"))
    if lack and outcome == "pass":
        return "fail", f"listed as not supported ({lack}), but it works: {detail}"
    return ("not-supported", lack) if lack else (outcome, detail)


def cell(folder, sdk, direction, feature, version, found, why_not):
    eras = {
        era: in_era(found, why_not, lacking(sdk, direction, era, feature), (era, feature)) for era in ERAS_OF[feature]
    }
    outcome = min((o for o, _ in eras.values()), key=WORST_FIRST.index)
    detail = "; ".join(f"{era}: {d}" if o == outcome else f"{era}: {o}, {d}" for era, (o, d) in eras.items())
    return {
        "sdk": sdk,
        "version": version,
        "direction": direction,
        "feature": feature,
        "outcome": outcome,
        "detail": detail,
        "eras": {era: {"outcome": o, "detail": d} for era, (o, d) in eras.items()},
    }


def short(one):
    eras = {era: value["outcome"] for era, value in one["eras"].items()}
    if len(set(eras.values())) == 1:
        return one["outcome"]
    return ", ".join(f"{era[:4]} {outcome}" for era, outcome in eras.items())


def markdown(cells, versions):
    columns = [(sdk, direction) for sdk in SDKS for direction in DIRECTIONS]
    by_key = {(c["sdk"], c["direction"], c["feature"]): c for c in cells}
    rows = [
        "| Feature | " + " | ".join(f"{s} {versions[s]} {'→ our server' if d == 'client' else '← our client'}" for s, d in columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for feature in ERAS_OF:
        rows.append(f"| `{feature}` | " + " | ".join(short(by_key[s, d, feature]) for s, d in columns) + " |")
    notes = sorted({value["detail"] for c in cells for value in c["eras"].values() if value["outcome"] != "pass"})
    return "\n".join(rows + [""] + [f"- {note}" for note in notes]) + "\n"


def main(folder, server):
    folder = pathlib.Path(folder)
    cells, versions, broken = [], {}, False
    for sdk in SDKS:
        file = folder / "versions" / sdk
        versions[sdk] = file.read_text().strip() if file.exists() else ""
        for direction in DIRECTIONS:
            found, faults = lines_of(folder, sdk, direction)
            why_not = reason_not_run(folder, sdk, direction)
            for fault in faults:
                print(f"{sdk}.{direction}: not an outcome: {fault}", file=sys.stderr)
            broken |= bool(faults)
            cells += [cell(folder, sdk, direction, f, versions[sdk], found, why_not) for f in ERAS_OF]
    plain = [{name: value for name, value in c.items() if name != "eras"} for c in cells]
    table = {"schema": "plumbline/interop/v1", "server": server, "count": len(plain), "cells": plain}
    (folder / "table.json").write_text(json.dumps(table, indent=1) + "\n")
    (folder / "table.md").write_text(markdown(cells, versions))
    counts = {o: sum(c["outcome"] == o for c in cells) for o in WORST_FIRST}
    print(", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count))
    return 1 if broken or counts["fail"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
