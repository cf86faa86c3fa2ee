"""Compares the verdicts of many runs on one server; see .ci/stability."""

import collections
import json
import pathlib
import sys


def verdicts(kind):
    """For each check what every run of a kind concluded."""
    seen = collections.defaultdict(list)
    folders = sorted(pathlib.Path(sys.argv[1]).glob(kind + "-*/*/results/conformance.json"))
    for file in folders:
        for check in json.loads(file.read_text())["checks"]:
            seen[check["id"]].append(check["verdict"]["verdict"])
    return len(folders), seen


def main():
    unstable = 0
    for kind in ("same", "different"):
        runs, seen = verdicts(kind)
        if runs == 0 or any(len(all) != runs for all in seen.values()):
            sys.exit(f"{kind} seed: {runs} runs, not every check in each")
        wrong = {
            check: collections.Counter(all)
            for check, all in sorted(seen.items())
            if (len(set(all)) > 1 if kind == "same" else {"pass", "fail"} <= set(all))
        }
        said = "verdicts that differ" if kind == "same" else "checks that pass once and fail once"
        print(f"{kind} seed: {runs} runs, {len(seen)} checks, {len(wrong)} {said}")
        for check, all in wrong.items():
            print("  " + check + ": " + ", ".join(f"{n} {verdict}" for verdict, n in all.items()))
        unstable += len(wrong)
    sys.exit(1 if unstable else 0)


main()
