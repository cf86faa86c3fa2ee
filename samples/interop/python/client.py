"""A client of the Python SDK against the fixture: client.py URL. One JSON line per feature and era."""

import json
import sys
import warnings
from contextlib import AsyncExitStack

import anyio
import httpx2
import mcp_types as types
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

DEADLINE_SECONDS = 15
WATCHED = "test://watched-resource"
TOOLS = ["test_simple_text", "test_tool_with_progress", "test_tool_with_logging", "test_sampling", "test_elicitation", "slow_wait"]


def check(holds, otherwise):
    if not holds:
        raise AssertionError(otherwise)


def check_equal(actual, expected):
    check(actual == expected, f"expected {expected!r}, got {actual!r}")
    return str(actual)


def text_of(result):
    said = "".join(item.text for item in result.content)
    check(not result.is_error, f"isError: {said}")
    return said


class Connection:
    """One client of one era, and what arrived on it unasked."""

    def __init__(self, era, url):
        self.asked = []
        self.requests = []
        self.log_sender, self.logs = anyio.create_memory_object_stream(10)
        self.update_sender, self.updated = anyio.create_memory_object_stream(10)
        self.http = httpx2.AsyncClient(timeout=httpx2.Timeout(DEADLINE_SECONDS, read=300), event_hooks={"request": [self.request]})
        self.client = Client(
            streamable_http_client(url, http_client=self.http),
            read_timeout_seconds=DEADLINE_SECONDS,
            mode="legacy" if era == "2025-11-25" else "auto",
            elicitation_callback=self.elicit,
            sampling_callback=self.sample,
            list_roots_callback=self.roots,
            logging_callback=self.log_sender.send,
            message_handler=self.message,
        )

    async def request(self, request):
        self.requests.append((request.method, request.headers.get("last-event-id")))

    async def elicit(self, context, params):
        self.asked.append(params.message)
        if "username" in params.requested_schema["properties"]:
            return types.ElicitResult(action="accept", content={"username": "testuser", "email": "test@example.com"})
        return types.ElicitResult(action="accept", content={"name": "Alice"})

    async def sample(self, context, params):
        content = params.messages[0].content
        self.asked.append((content[0] if isinstance(content, list) else content).text)
        answer = types.TextContent(type="text", text="Paris")
        return types.CreateMessageResult(role="assistant", model="test-model", stop_reason="endTurn", content=answer)

    async def roots(self, context):
        self.asked.append("roots")
        return types.ListRootsResult(roots=[types.Root(uri="file:///test/root", name="Test Root")])

    async def message(self, message):
        if isinstance(message, types.ResourceUpdatedNotification):
            await self.update_sender.send(str(message.params.uri))

    async def call(self, name, arguments=None, **options):
        return text_of(await self.client.call_tool(name, arguments, **options))


async def initialize(c):
    check_equal(c.client.protocol_version, "2025-11-25")
    offered = c.client.server_capabilities
    check(offered.tools and offered.resources and offered.resources.subscribe, offered)
    check(offered.prompts and offered.completions and offered.logging, offered)
    return c.client.server_info.name


async def discover(c):
    check_equal(c.client.protocol_version, "2026-07-28")
    found = await c.client.session.discover()
    check("2026-07-28" in found.supported_versions, found.supported_versions)
    offered = found.capabilities
    check(offered.tools and offered.resources and offered.prompts and offered.completions, offered)
    return ", ".join(found.supported_versions)


async def list_tools(c):
    tools = {tool.name: tool for tool in (await c.client.list_tools()).tools}
    for name in TOOLS:
        check(name in tools, f"{name} is not listed")
    check_equal(tools["slow_wait"].input_schema["properties"]["millis"]["type"], "integer")
    return f"{len(tools)} tools"


async def call(c):
    return check_equal(await c.call("test_simple_text"), "This is a simple text response for testing.")


async def call_progress(c):
    told = []

    async def tell(progress, total, message):
        told.append((progress, total))

    await c.call("test_tool_with_progress", progress_callback=tell)
    return check_equal(told, [(0, 100), (50, 100), (100, 100)])


async def cancel(c):
    async def state():
        return json.loads(await c.call("slow_wait_state"))

    async def until(reached, otherwise):
        for _ in range(100):
            if reached(await state()):
                return
            await anyio.sleep(0.05)
        raise AssertionError(otherwise)

    before = await state()
    ended = []

    async def wait():
        with anyio.CancelScope() as scope:
            ended.append(scope)
            await c.call("slow_wait", {"millis": 20000})
            ended.append("answered")

    async with anyio.create_task_group() as group:
        group.start_soon(wait)
        await until(lambda now: now["running"] == before["running"] + 1, "slow_wait never ran")
        ended[0].cancel()
    check("answered" not in ended, "the call was answered")
    await until(lambda now: now["cancelled"] == before["cancelled"] + 1, "the server went on waiting")
    return "stopped early on the server"


async def list_resources(c):
    uris = [str(resource.uri) for resource in (await c.client.list_resources()).resources]
    for uri in ("test://static-text", WATCHED):
        check(uri in uris, f"{uri} is not listed")
    return f"{len(uris)} resources"


async def read(c):
    content = (await c.client.read_resource("test://static-text")).contents[0]
    check_equal(str(content.uri), "test://static-text")
    return check_equal(content.text, "This is the content of the static text resource.")


async def list_prompts(c):
    prompts = {prompt.name: prompt for prompt in (await c.client.list_prompts()).prompts}
    check("test_simple_prompt" in prompts, "test_simple_prompt is not listed")
    return check_equal([argument.name for argument in prompts["test_prompt_with_arguments"].arguments], ["arg1", "arg2"])


async def prompt(c):
    async def said(name, arguments=None):
        return (await c.client.get_prompt(name, arguments)).messages[0].content.text

    check_equal(await said("test_simple_prompt"), "This is a simple prompt for testing.")
    answer = await said("test_prompt_with_arguments", {"arg1": "one", "arg2": "two"})
    return check_equal(answer, "Prompt with arguments: arg1='one', arg2='two'")


async def complete(c):
    ref = types.PromptReference(name="test_prompt_with_arguments")
    values = (await c.client.complete(ref, {"name": "arg1", "value": "test"})).completion.values
    check(values and all(value.startswith("test") for value in values), values)
    return ", ".join(values)


def asking(question, parts, tool, arguments=None):
    """A call that makes the server ask this client something: the question and the answer are checked."""

    async def run(c):
        said = await c.call(tool, arguments)
        check_equal(c.asked.pop() if c.asked else None, question)
        for part in parts:
            check(part in said, said)
        return said

    return run


async def logged(c):
    for data in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        message = await c.logs.receive()
        check_equal(message.level, "info")
        check_equal(message.data, data)
    return "3 messages"


async def log_of_session(c):
    await c.client.set_logging_level("debug")
    await c.call("test_tool_with_logging")
    return await logged(c)


async def log_of_request(c):
    await c.call("test_tool_with_logging", meta={"io.modelcontextprotocol/logLevel": "debug"})
    return await logged(c)


async def resume(c):
    before = len(c.requests)
    said = await c.call("test_reconnection")
    check(said, "an empty answer")
    check(any(method == "GET" and last for method, last in c.requests[before:]), "no GET with Last-Event-ID was needed")
    return said


async def subscribe(c):
    await c.client.subscribe_resource(WATCHED)
    await c.call("touch_watched")
    return check_equal(await c.updated.receive(), WATCHED)


async def subscribe_by_listening(c):
    async with c.client.listen(resource_subscriptions=[WATCHED]) as subscription:
        check_equal([str(uri) for uri in subscription.honored.resource_subscriptions or []], [WATCHED])
        await c.call("touch_watched")
        return check_equal((await anext(subscription)).uri, WATCHED)


async def listen(c):
    async with c.client.listen(tools_list_changed=True) as subscription:
        check(subscription.honored.tools_list_changed, subscription.honored)
        await c.call("test_trigger_tool_change")
        return check_equal(type(await anext(subscription)).__name__, "ToolsListChanged")


COMMON = {
    "list-tools": list_tools,
    "call": call,
    "call-progress": call_progress,
    "cancel": cancel,
    "list-resources": list_resources,
    "read": read,
    "list-prompts": list_prompts,
    "prompt": prompt,
    "complete": complete,
    "roots": asking("roots", ["file:///test/root"], "test_input_required_result_list_roots"),
}
HANDSHAKE = {
    "initialize": initialize,
    **COMMON,
    "elicit": asking("Who are you?", ["testuser", "test@example.com"], "test_elicitation", {"message": "Who are you?"}),
    "sample": asking("Capital of France?", ["LLM response: Paris"], "test_sampling", {"prompt": "Capital of France?"}),
    "log": log_of_session,
    "resume": resume,
    "subscribe": subscribe,
}
STATELESS = {
    "discover": discover,
    **COMMON,
    "elicit": asking("What is your name?", ["Hello, Alice!"], "test_input_required_result_elicitation"),
    "sample": asking("What is the capital of France?", ["Paris"], "test_input_required_result_sampling"),
    "log": log_of_request,
    "subscribe": subscribe_by_listening,
    "listen": listen,
}


def reason(error):
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"


async def report(era, features, url):
    remaining = dict(features)

    def line(feature, outcome, detail):
        del remaining[feature]
        print(json.dumps({"feature": feature, "era": era, "outcome": outcome, "detail": detail}), flush=True)

    try:
        async with AsyncExitStack() as stack:
            connection = Connection(era, url)
            await stack.enter_async_context(connection.http)
            await stack.enter_async_context(connection.client)
            for feature, run in features.items():
                try:
                    with anyio.fail_after(DEADLINE_SECONDS):
                        line(feature, "pass", await run(connection))
                except Exception as error:
                    line(feature, "fail", reason(error))
    except Exception as error:
        for feature in list(remaining):
            line(feature, "fail", f"no connection: {reason(error)}")


async def main():
    await report("2025-11-25", HANDSHAKE, sys.argv[1])
    await report("2026-07-28", STATELESS, sys.argv[1])


warnings.simplefilter("ignore")
anyio.run(main)
