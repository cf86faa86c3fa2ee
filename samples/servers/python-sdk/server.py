"""A small server made with the official Python SDK, as its documentation shows it.

python server.py                      stdio
python server.py streamable-http PORT HTTP on 127.0.0.1
"""

import sys

from mcp.server.mcpserver import MCPServer
from mcp_types import ToolAnnotations
from pydantic import BaseModel

server = MCPServer("python-sdk-sample", version="1.0.0")


class Weather(BaseModel):
    city: str
    celsius: float


@server.tool(annotations=ToolAnnotations(readOnlyHint=True))
def add(a: int, b: int) -> int:
    """Adds two integers."""
    return a + b


@server.tool(annotations=ToolAnnotations(readOnlyHint=True))
def weather(city: str) -> Weather:
    """Answers with structured content."""
    return Weather(city=city, celsius=21.5)


@server.resource("sample://greeting")
def greeting() -> str:
    """A text resource."""
    return "Hello"


@server.prompt()
def review(code: str) -> str:
    """Asks for a review."""
    return f"Please review:\n{code}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["streamable-http"]:
        server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[2]))
    else:
        server.run("stdio")
