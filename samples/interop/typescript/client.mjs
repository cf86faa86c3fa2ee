// A client of the TypeScript SDK against the fixture: node client.mjs URL. One JSON line per feature and era.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Inbox, check, checkEqual, report } from './outcome.mjs';

const WATCHED = 'test://watched-resource';
const TOOLS = ['test_simple_text', 'test_tool_with_progress', 'test_tool_with_logging', 'test_sampling', 'test_elicitation', 'slow_wait'];
const url = new URL(process.argv[2]);
const textOf = (result) => (check(!result.isError, `isError: ${JSON.stringify(result.content)}`), result.content.map((item) => item.text).join(''));

/** One connection of one era, and what arrived on it unasked. */
async function connect(era) {
    const seen = { logs: new Inbox(), updated: new Inbox(), tools: new Inbox(), asked: [], requests: [] };
    const client = new Client(
        { name: 'interop-typescript', version: '1.0.0' },
        {
            capabilities: { roots: {}, sampling: {}, elicitation: {} },
            versionNegotiation: { mode: era === '2025-11-25' ? 'legacy' : { pin: era } }
        }
    );
    client.setRequestHandler('elicitation/create', ({ params }) => {
        seen.asked.push(params);
        return { action: 'accept', content: params.requestedSchema.properties.name ? { name: 'Alice' } : { username: 'testuser', email: 'test@example.com' } };
    });
    client.setRequestHandler('sampling/createMessage', ({ params }) => {
        seen.asked.push(params);
        return { role: 'assistant', model: 'test-model', stopReason: 'endTurn', content: { type: 'text', text: 'Paris' } };
    });
    client.setRequestHandler('roots/list', () => {
        seen.asked.push('roots');
        return { roots: [{ uri: 'file:///test/root', name: 'Test Root' }] };
    });
    client.setNotificationHandler('notifications/message', ({ params }) => seen.logs.add(params));
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => seen.updated.add(params.uri));
    client.setNotificationHandler('notifications/tools/list_changed', () => seen.tools.add('changed'));
    const transport = new StreamableHTTPClientTransport(url, {
        fetch: (target, init) => {
            seen.requests.push({ method: init?.method ?? 'GET', lastEventId: new Headers(init?.headers).get('last-event-id') });
            return fetch(target, init);
        }
    });
    await client.connect(transport);
    return { client, seen, era };
}

const common = {
    'list-tools': async ({ client }) => {
        const { tools } = await client.listTools();
        for (const name of TOOLS) check(tools.some((tool) => tool.name === name), `${name} is not listed`);
        checkEqual(tools.find((tool) => tool.name === 'slow_wait').inputSchema.properties.millis.type, 'integer');
        return `${tools.length} tools`;
    },
    call: async ({ client }) => checkEqual(textOf(await client.callTool({ name: 'test_simple_text' })), 'This is a simple text response for testing.'),
    'call-progress': async ({ client }) => {
        const told = [];
        await client.callTool({ name: 'test_tool_with_progress' }, { onprogress: ({ progress, total }) => told.push([progress, total]) });
        return checkEqual(JSON.stringify(told), '[[0,100],[50,100],[100,100]]');
    },
    cancel: async ({ client }) => {
        const state = async () => JSON.parse(textOf(await client.callTool({ name: 'slow_wait_state' })));
        const until = async (reached, what) => {
            for (let attempt = 0; attempt < 100; attempt++) {
                if (reached(await state())) return;
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
            throw new Error(what);
        };
        const before = await state();
        const abort = new AbortController();
        const call = client.callTool({ name: 'slow_wait', arguments: { millis: 20000 } }, { signal: abort.signal }).then(
            () => 'answered',
            () => 'rejected'
        );
        await until(({ running }) => running === before.running + 1, 'slow_wait never ran');
        abort.abort('no longer needed');
        checkEqual(await call, 'rejected');
        await until(({ cancelled }) => cancelled === before.cancelled + 1, 'the server went on waiting');
        return 'stopped early on the server';
    },
    'list-resources': async ({ client }) => {
        const uris = (await client.listResources()).resources.map(({ uri }) => uri);
        for (const uri of ['test://static-text', WATCHED]) check(uris.includes(uri), `${uri} is not listed`);
        return `${uris.length} resources`;
    },
    read: async ({ client }) => {
        const [content] = (await client.readResource({ uri: 'test://static-text' })).contents;
        checkEqual(content.uri, 'test://static-text');
        return checkEqual(content.text, 'This is the content of the static text resource.');
    },
    'list-prompts': async ({ client }) => {
        const { prompts } = await client.listPrompts();
        check(prompts.some(({ name }) => name === 'test_simple_prompt'), 'test_simple_prompt is not listed');
        const names = prompts.find(({ name }) => name === 'test_prompt_with_arguments').arguments.map(({ name }) => name);
        return checkEqual(names.join(), 'arg1,arg2');
    },
    prompt: async ({ client }) => {
        const said = async (params) => (await client.getPrompt(params)).messages[0].content.text;
        checkEqual(await said({ name: 'test_simple_prompt' }), 'This is a simple prompt for testing.');
        const withArguments = { name: 'test_prompt_with_arguments', arguments: { arg1: 'one', arg2: 'two' } };
        return checkEqual(await said(withArguments), "Prompt with arguments: arg1='one', arg2='two'");
    },
    complete: async ({ client }) => {
        const ref = { type: 'ref/prompt', name: 'test_prompt_with_arguments' };
        const { values } = (await client.complete({ ref, argument: { name: 'arg1', value: 'test' } })).completion;
        check(values.length > 0 && values.every((value) => value.startsWith('test')), JSON.stringify(values));
        return values.join(', ');
    },
    roots: async ({ client, seen }) => {
        const said = textOf(await client.callTool({ name: 'test_input_required_result_list_roots' }));
        checkEqual(seen.asked.pop(), 'roots');
        check(said.includes('file:///test/root'), said);
        return said;
    }
};

const handshake = {
    initialize: async ({ client }) => {
        checkEqual(client.getNegotiatedProtocolVersion(), '2025-11-25');
        const { tools, resources, prompts, completions, logging } = client.getServerCapabilities();
        check(tools && resources?.subscribe && prompts && completions && logging, 'a capability of the fixture is missing');
        return client.getServerVersion().name;
    },
    ...common,
    elicit: async ({ client, seen }) => {
        const said = textOf(await client.callTool({ name: 'test_elicitation', arguments: { message: 'Who are you?' } }));
        checkEqual(seen.asked.pop().message, 'Who are you?');
        check(said.includes('testuser') && said.includes('test@example.com'), said);
        return said;
    },
    sample: async ({ client, seen }) => {
        const said = textOf(await client.callTool({ name: 'test_sampling', arguments: { prompt: 'Capital of France?' } }));
        const [{ content }] = seen.asked.pop().messages;
        checkEqual((Array.isArray(content) ? content[0] : content).text, 'Capital of France?');
        return checkEqual(said, 'LLM response: Paris');
    },
    log: async ({ client, seen }) => {
        await client.setLoggingLevel('debug');
        await client.callTool({ name: 'test_tool_with_logging' });
        return logged(seen);
    },
    resume: async ({ client, seen }) => {
        const from = seen.requests.length;
        const said = textOf(await client.callTool({ name: 'test_reconnection' }));
        check(said.length > 0, 'an empty answer');
        check(seen.requests.slice(from).some(({ method, lastEventId }) => method === 'GET' && lastEventId), 'no GET with Last-Event-ID was needed');
        return said;
    },
    subscribe: async ({ client, seen }) => {
        await client.subscribeResource({ uri: WATCHED });
        await client.callTool({ name: 'touch_watched' });
        return checkEqual(await seen.updated.next(), WATCHED);
    }
};

const stateless = {
    discover: async ({ client }) => {
        checkEqual(client.getNegotiatedProtocolVersion(), '2026-07-28');
        const { supportedVersions, capabilities } = await client.discover();
        check(supportedVersions.includes('2026-07-28'), supportedVersions.join());
        check(capabilities.tools && capabilities.resources && capabilities.prompts && capabilities.completions, 'a capability of the fixture is missing');
        return supportedVersions.join(', ');
    },
    ...common,
    elicit: async ({ client, seen }) => {
        const said = textOf(await client.callTool({ name: 'test_input_required_result_elicitation' }));
        checkEqual(seen.asked.pop().message, 'What is your name?');
        return checkEqual(said, 'Hello, Alice!');
    },
    sample: async ({ client, seen }) => {
        const said = textOf(await client.callTool({ name: 'test_input_required_result_sampling' }));
        const [{ content }] = seen.asked.pop().messages;
        checkEqual((Array.isArray(content) ? content[0] : content).text, 'What is the capital of France?');
        check(said.includes('Paris'), said);
        return said;
    },
    log: async ({ client, seen }) => {
        await client.callTool({ name: 'test_tool_with_logging', _meta: { 'io.modelcontextprotocol/logLevel': 'debug' } });
        return logged(seen);
    },
    subscribe: async ({ client, seen }) => {
        const subscription = await client.listen({ resourceSubscriptions: [WATCHED] });
        checkEqual(subscription.honoredFilter.resourceSubscriptions?.join(), WATCHED);
        await client.callTool({ name: 'touch_watched' });
        checkEqual(await seen.updated.next(), WATCHED);
        await subscription.close();
        return WATCHED;
    },
    listen: async ({ client, seen }) => {
        const subscription = await client.listen({ toolsListChanged: true });
        checkEqual(subscription.honoredFilter.toolsListChanged, true);
        await client.callTool({ name: 'test_trigger_tool_change' });
        checkEqual(await seen.tools.next(), 'changed');
        await subscription.close();
        return 'tools/list_changed';
    }
};

async function logged(seen) {
    for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
        const message = await seen.logs.next();
        checkEqual(message.level, 'info');
        checkEqual(message.data, data);
    }
    return '3 messages';
}

for (const [era, features] of [['2025-11-25', handshake], ['2026-07-28', stateless]])
    await report(era, features, () => connect(era));
process.exit(0);
