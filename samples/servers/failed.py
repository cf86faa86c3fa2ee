"""Prints the clauses that a run folder's server broke, comma separated, or none; walks are left out."""

import json
import pathlib
import sys

checks = json.loads(pathlib.Path(sys.argv[1], "results", "conformance.json").read_text())["checks"]
print(",".join(sorted(c["id"] for c in checks if c["verdict"]["verdict"] == "fail" and not c["id"].startswith("WALK-"))) or "none")
