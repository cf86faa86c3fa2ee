"""The fixture on the Python SDK's low-level server."""

import json
import warnings

import anyio
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.streamable_http import EventMessage, EventStore
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler, ResourceUpdated, ToolsListChanged

WATCHED = "test://watched-resource"
RESOURCES = {
    "test://static-text": "This is the content of the static text resource.",
    WATCHED: "Watched resource content.",
}
STATELESS = "2026-07-28"


def text(value):
    return types.CallToolResult(content=[types.TextContent(type="text", text=value)])


def schema(**properties):
    return {"type": "object", "properties": {n: {"type": t} for n, t in properties.items()}, "required": list(properties)}


def sampled(prompt):
    return [types.SamplingMessage(role="user", content=types.TextContent(type="text", text=prompt))]


class Events(EventStore):
    """Events in order, so that a stream can be taken up again."""

    def __init__(self):
        self.events = []

    async def store_event(self, stream_id, message):
        self.events.append((stream_id, message))
        return str(len(self.events))

    async def replay_events_after(self, last_event_id, send_callback):
        after = int(last_event_id)
        stream = self.events[after - 1][0]
        for index in range(after, len(self.events)):
            stream_id, message = self.events[index]
            if stream_id == stream and message is not None:
                await send_callback(EventMessage(message, str(index + 1)))
        return stream


class Fixture:
    def __init__(self):
        self.bus = InMemorySubscriptionBus()
        self.watching = set()
        self.running = 0
        self.cancelled = 0
        self.tools = {
            "test_simple_text": (schema(), self.simple_text),
            "test_tool_with_progress": (schema(), self.progress),
            "test_tool_with_logging": (schema(), self.logging),
            "test_sampling": (schema(prompt="string"), self.sampling),
            "test_elicitation": (schema(message="string"), self.elicitation),
            "test_input_required_result_elicitation": (schema(), self.ask_name),
            "test_input_required_result_sampling": (schema(), self.ask_capital),
            "test_input_required_result_list_roots": (schema(), self.ask_roots),
            "test_reconnection": (schema(), self.reconnection),
            "test_trigger_tool_change": (schema(), self.tool_change),
            "slow_wait": (schema(millis="integer"), self.slow_wait),
            "slow_wait_state": (schema(), self.slow_wait_state),
            "touch_watched": (schema(), self.touch_watched),
        }

    async def simple_text(self, ctx, _):
        return text("This is a simple text response for testing.")

    async def progress(self, ctx, _):
        for progress in (0, 50, 100):
            await ctx.session.report_progress(progress, 100)
        return text("Progress reported.")

    async def logging(self, ctx, _):
        for data in ("Tool execution started", "Tool processing data", "Tool execution completed"):
            await ctx.session.send_log_message("info", data, related_request_id=ctx.request_id)
        return text("Messages logged.")

    async def ask(self, ctx, params, key, question, direct, say):
        """Asks in the way of the era: a request of its own before 2026-07-28, an input request since."""
        if ctx.protocol_version < STATELESS:
            return text(say(await direct()))
        answer = (params.input_responses or {}).get(key)
        if answer is None:
            return types.InputRequiredResult(input_requests={key: question})
        return text(say(answer))

    async def elicit(self, ctx, params, key, message, names, say):
        form = schema(**{name: "string" for name in names})
        question = types.ElicitRequest(params=types.ElicitRequestFormParams(message=message, requested_schema=form))
        return await self.ask(ctx, params, key, question, lambda: ctx.session.elicit_form(message, form, ctx.request_id), say)

    async def sample(self, ctx, params, key, prompt, format):
        question = types.CreateMessageRequest(params=types.CreateMessageRequestParams(messages=sampled(prompt), max_tokens=100))
        direct = lambda: ctx.session.create_message(sampled(prompt), max_tokens=100, related_request_id=ctx.request_id)
        return await self.ask(ctx, params, key, question, direct, lambda answer: format.format(answer.content.text))

    async def elicitation(self, ctx, params):
        message = params.arguments["message"]
        return await self.elicit(ctx, params, "user", message, ["username", "email"], lambda r: f"User response: {json.dumps(r.content)}")

    async def ask_name(self, ctx, params):
        return await self.elicit(ctx, params, "user_name", "What is your name?", ["name"], lambda r: f"Hello, {r.content['name']}!")

    async def sampling(self, ctx, params):
        return await self.sample(ctx, params, "answer", params.arguments["prompt"], "LLM response: {}")

    async def ask_capital(self, ctx, params):
        return await self.sample(ctx, params, "capital_question", "What is the capital of France?", "{}")

    async def ask_roots(self, ctx, params):
        say = lambda r: ", ".join(str(root.uri) for root in r.roots)
        return await self.ask(ctx, params, "client_roots", types.ListRootsRequest(), ctx.session.list_roots, say)

    async def reconnection(self, ctx, _):
        if ctx.close_sse_stream:
            await ctx.close_sse_stream()
        return text("Delivered after the stream was closed.")

    async def tool_change(self, ctx, _):
        await self.bus.publish(ToolsListChanged())
        return text("Change announced.")

    async def slow_wait(self, ctx, params):
        self.running += 1
        try:
            await anyio.sleep(params.arguments["millis"] / 1000)
            return text(f"waited {params.arguments['millis']}")
        except anyio.get_cancelled_exc_class():
            self.cancelled += 1
            raise
        finally:
            self.running -= 1

    async def slow_wait_state(self, ctx, _):
        return text(json.dumps({"running": self.running, "cancelled": self.cancelled}))

    async def touch_watched(self, ctx, _):
        if self.session_of(ctx) in self.watching:
            await ctx.session.send_resource_updated(WATCHED)
        await self.bus.publish(ResourceUpdated(WATCHED))
        return text("Touched.")

    @staticmethod
    def session_of(ctx):
        return ctx.request.headers.get("mcp-session-id")

    async def list_tools(self, ctx, _):
        return types.ListToolsResult(
            tools=[types.Tool(name=n, description=f"The fixture {n}.", input_schema=s) for n, (s, _) in self.tools.items()]
        )

    async def call_tool(self, ctx, params):
        return await self.tools[params.name][1](ctx, params)

    async def list_resources(self, ctx, _):
        return types.ListResourcesResult(
            resources=[types.Resource(uri=u, name=u.removeprefix("test://"), mime_type="text/plain") for u in RESOURCES]
        )

    async def read_resource(self, ctx, params):
        uri = str(params.uri)
        return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, mime_type="text/plain", text=RESOURCES[uri])])

    async def subscribe(self, ctx, params):
        self.watching.add(self.session_of(ctx))
        return types.EmptyResult()

    async def unsubscribe(self, ctx, params):
        self.watching.discard(self.session_of(ctx))
        return types.EmptyResult()

    async def list_prompts(self, ctx, _):
        arguments = [types.PromptArgument(name=name, required=True) for name in ("arg1", "arg2")]
        return types.ListPromptsResult(
            prompts=[
                types.Prompt(name="test_simple_prompt", description="A prompt."),
                types.Prompt(name="test_prompt_with_arguments", description="A prompt with two arguments.", arguments=arguments),
            ]
        )

    async def get_prompt(self, ctx, params):
        said = "This is a simple prompt for testing."
        if params.name == "test_prompt_with_arguments":
            said = "Prompt with arguments: arg1='{arg1}', arg2='{arg2}'".format(**params.arguments)
        content = types.TextContent(type="text", text=said)
        return types.GetPromptResult(messages=[types.PromptMessage(role="user", content=content)])

    async def complete(self, ctx, params):
        values = [v for v in ("testValue1", "testValue2", "other") if v.startswith(params.argument.value)]
        return types.CompleteResult(completion=types.Completion(values=values, total=len(values), has_more=False))

    async def set_level(self, ctx, params):
        return types.EmptyResult()

    def server(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # logging is deprecated since 2026-07-28, and part of the fixture
            return Server(
                "interop-python",
                version="1.0.0",
                on_list_tools=self.list_tools,
                on_call_tool=self.call_tool,
                on_list_resources=self.list_resources,
                on_read_resource=self.read_resource,
                on_subscribe_resource=self.subscribe,
                on_unsubscribe_resource=self.unsubscribe,
                on_subscriptions_listen=ListenHandler(self.bus),
                on_list_prompts=self.list_prompts,
                on_get_prompt=self.get_prompt,
                on_completion=self.complete,
                on_set_logging_level=self.set_level,
            )
