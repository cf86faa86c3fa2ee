"""A server of the Python SDK with the fixture: server.py PORT. Both eras on 127.0.0.1, /mcp."""

import sys
import warnings

import uvicorn
from fixture import Events, Fixture

warnings.simplefilter("ignore")
app = Fixture().server().streamable_http_app(event_store=Events(), retry_interval=100)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
