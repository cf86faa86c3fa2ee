"""The Markdown that docs/paper.md uses as one HTML page; see .ci/paper. Anything else in it is an error, not a guess."""

import html
import pathlib
import re
import sys

STYLE = """@page { size: A4; margin: 22mm 20mm } body { font: 10.5pt/1.45 serif; max-width: 46em; margin: auto }
h1 { font-size: 20pt } h2 { font-size: 13pt; margin-top: 1.6em; break-after: avoid } code, pre { font: 9pt monospace }
pre { background: #f4f4f4; padding: .6em; break-inside: avoid } table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid #bbb; padding: .25em .6em .25em 0; text-align: left; vertical-align: top }
tr { break-inside: avoid } a { color: inherit }"""


def inline(text):
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)


def table(lines):
    rows = [[inline(cell.strip()) for cell in line.strip("|").split("|")] for line in lines]
    head = "".join(f"<th>{cell}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[2:])
    return f"<table><tr>{head}</tr>{body}</table>"


def items(block, marker, tag):
    texts = re.split(marker, "\n" + block)[1:]
    return f"<{tag}>" + "".join(f"<li>{inline(text)}</li>" for text in texts) + f"</{tag}>"


def block_of(block):
    lines = block.splitlines()
    if block.startswith("```"):
        return "<pre>" + html.escape("\n".join(lines[1:-1])) + "</pre>"
    if match := re.fullmatch(r"(#{1,3}) (.+)", block):
        level = len(match[1])
        return f"<h{level}>{inline(match[2])}</h{level}>"
    if block.startswith("|"):
        return table(lines)
    if block.startswith("- "):
        return items(block, r"\n- ", "ul")
    if block.startswith("1. "):
        return items(block, r"\n\d+\. ", "ol")
    if re.match(r"[#>+]|\d+\)", block):
        sys.exit("not printed: " + lines[0])
    return f"<p>{inline(block)}</p>"


def main():
    text = pathlib.Path(sys.argv[1]).read_text()
    blocks = [block for block in re.split(r"\n{2,}", text.strip()) if block]
    title = blocks[0].lstrip("# ")
    body = "\n".join(map(block_of, blocks))
    print(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{STYLE}</style><body>{body}</body></html>"
    )


main()
