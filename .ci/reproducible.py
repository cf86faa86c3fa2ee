"""Compares what two builds ship, file by file and entry by entry; see .ci/reproducible."""

import hashlib
import json
import pathlib
import sys
import zipfile

SHIPPED = ("ci/cli/target/dist", "perf/gatling/target/dist", "system-under-test/target/dist")
BOM = ("target", "bom.json")


def shipped(root):
    """Folder and name of everything that ships."""
    files = {(folder, file.name) for folder in SHIPPED for file in (root / folder).glob("*.jar")}
    return files | ({BOM} if (root / "/".join(BOM)).is_file() else set())


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def difference(first, second):
    """The first entry of two jars that differs, and how."""
    if not (first.is_file() and second.is_file()):
        return "not made by every build"
    if first.suffix != ".jar":
        pairs = zip(first.read_text().splitlines(), second.read_text().splitlines())
        line = next((n for n, (a, b) in enumerate(pairs, 1) if a != b), None)
        return f"line {line}" if line else "another number of lines"
    with zipfile.ZipFile(first) as a, zipfile.ZipFile(second) as b:
        for one, other in zip(a.infolist(), b.infolist()):
            if one.filename != other.filename:
                return f"{one.filename}: {other.filename} stands in its place"
            if a.read(one) != b.read(other):
                return f"{one.filename}: its content"
            for what in ("date_time", "external_attr", "compress_type", "extra", "comment", "create_version"):
                if getattr(one, what) != getattr(other, what):
                    return f"{one.filename}: its {what}"
        return "another number of entries" if len(a.infolist()) != len(b.infolist()) else "its frame"


def builds(table):
    names = ("name", "java", "maven", "umask", "timezone", "locale", "seconds")
    rows = [dict(zip(names, line.split("\t"))) for line in table.read_text().splitlines()]
    return [{**row, "seconds": int(row["seconds"])} for row in rows]


def main():
    commit, out, *roots = sys.argv[1], *map(pathlib.Path, sys.argv[2:])
    artifacts = []
    for folder, name in sorted(set().union(*map(shipped, roots))):
        files = [root / folder / name for root in roots]
        digests = [digest(file) for file in files]
        same = len(set(digests)) == 1
        artifacts.append(
            {"folder": folder, "file": name, "sha256": digests, "difference": None if same else difference(*files)}
        )
    wrong = [artifact for artifact in artifacts if artifact["difference"]]
    rebuild = {
        "schema": "plumbline/rebuild/v1",
        "commit": commit,
        "builds": builds(out / "builds"),
        "count": len(artifacts),
        "artifacts": artifacts,
    }
    (out / "rebuild.json").write_text(json.dumps(rebuild, indent=2) + "\n")
    table = ["| artifact | first sha256 | second sha256 | same |", "|---|---|---|---|"]
    for artifact in artifacts:
        cells = [artifact["folder"] + "/" + artifact["file"], *artifact["sha256"]]
        table.append("| " + " | ".join(cells) + " | " + ("no" if artifact["difference"] else "yes") + " |")
    (out / "table.md").write_text("\n".join(table) + "\n")
    print(f"{len(artifacts) - len(wrong)} of {len(artifacts)} files that ship are the same in both builds")
    for artifact in wrong:
        print(f"  {artifact['folder']}/{artifact['file']}: {artifact['difference']}")
    if not artifacts:
        sys.exit("nothing ships")
    sys.exit(1 if wrong else 0)


main()
