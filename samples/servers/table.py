"""Prints one line of the README's table for a run folder: name, decision, counts, MUST and SHOULD findings."""

import json
import pathlib
import sys

name, folder = sys.argv[1], pathlib.Path(sys.argv[2])


def read(path):
    return json.loads((folder / path).read_text())


def count(suite):
    verdicts = [check["verdict"]["verdict"] for check in read(f"results/{suite}.json")["checks"]]
    return " · ".join(
        f"{verdicts.count(verdict)} {word}"
        for verdict, word in (
            ("pass", "pass"),
            ("fail", "fail"),
            ("not-observed", "not observed"),
            ("not-applicable", "n/a"),
            ("harness-fault", "void"),
        )
        if verdict in verdicts
    )


def failed(mandatory):
    return ", ".join(
        sorted(
            check["id"]
            for check in read("results/conformance.json")["checks"]
            if check["verdict"]["verdict"] == "fail"
            and check["level"].startswith("MUST") == mandatory
        )
    ) or "none"


target = read("run.json")["target"]
print(
    f"| {name} | {', '.join(target['revisions'])} | **{read('results/decision.json')['decision']['word']}** "
    f"| {count('conformance')} | {failed(True)} | {failed(False)} |"
)
