"""Prints the ids of the failed checks of a run folder, comma separated, or none."""

import json
import pathlib
import sys

results = pathlib.Path(sys.argv[1], "results")
failed = sorted(
    check["id"]
    for name in ("conformance", "chaos", "perf")
    for check in json.loads((results / f"{name}.json").read_text())["checks"]
    if check["verdict"]["verdict"] == "fail"
)
print(",".join(failed) or "none")
