import { Server, inputRequired } from '@modelcontextprotocol/server';

const WATCHED = 'test://watched-resource';
const INFO = { name: 'interop-typescript', version: '1.0.0' };

const text = (value) => ({ content: [{ type: 'text', text: value }] });
const object = (properties = {}) => ({ type: 'object', properties, required: Object.keys(properties) });

/** What all connections of this process share: who waits, who watches. */
export class Shared {
    running = 0;
    cancelled = 0;
    /** Told of a change, for streams that are not tied to one connection. */
    notify = { toolsChanged() {}, resourceUpdated() {} };
}

function wait(millis, signal, shared) {
    shared.running++;
    return new Promise((resolve) => {
        const end = (stopped) => {
            clearTimeout(timer);
            shared.running--;
            if (stopped) shared.cancelled++;
            resolve(text(stopped ? 'stopped' : `waited ${millis}`));
        };
        const timer = setTimeout(() => end(false), millis);
        signal.addEventListener('abort', () => end(true), { once: true });
    });
}

/** Asks in the way of the era: a request of its own before 2026-07-28, an input request since. */
async function ask(ctx, era, key, question, direct, then) {
    if (era === 'legacy') return then(await direct());
    const answer = ctx.mcpReq.inputResponses?.[key];
    return answer === undefined ? inputRequired({ inputRequests: { [key]: question } }) : then(answer);
}

function tools(server, era, shared, subscribed) {
    const elicit = (message, ...names) => ({
        mode: 'form',
        message,
        requestedSchema: { type: 'object', properties: Object.fromEntries(names.map((n) => [n, { type: 'string' }])), required: names }
    });
    const sample = (prompt) => ({ messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens: 100 });
    return {
        test_simple_text: [object(), () => text('This is a simple text response for testing.')],
        test_tool_with_progress: [object(), async (_, ctx) => {
            const progressToken = ctx.mcpReq._meta?.progressToken;
            for (const progress of progressToken === undefined ? [] : [0, 50, 100])
                await ctx.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
            return text('Progress reported.');
        }],
        test_tool_with_logging: [object(), async (_, ctx) => {
            for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed'])
                await ctx.mcpReq.log('info', data);
            return text('Messages logged.');
        }],
        test_sampling: [object({ prompt: { type: 'string' } }), async ({ prompt }, ctx) =>
            ask(ctx, era, 'answer', inputRequired.createMessage(sample(prompt)), () => ctx.mcpReq.requestSampling(sample(prompt)),
                (r) => text(`LLM response: ${r.content.text}`))],
        test_elicitation: [object({ message: { type: 'string' } }), async ({ message }, ctx) =>
            ask(ctx, era, 'user', inputRequired.elicit(elicit(message, 'username', 'email')),
                () => ctx.mcpReq.elicitInput(elicit(message, 'username', 'email')), (r) => text(`User response: ${JSON.stringify(r.content)}`))],
        test_input_required_result_elicitation: [object(), async (_, ctx) =>
            ask(ctx, era, 'user_name', inputRequired.elicit(elicit('What is your name?', 'name')),
                () => ctx.mcpReq.elicitInput(elicit('What is your name?', 'name')), (r) => text(`Hello, ${r.content.name}!`))],
        test_input_required_result_sampling: [object(), async (_, ctx) =>
            ask(ctx, era, 'capital_question', inputRequired.createMessage(sample('What is the capital of France?')),
                () => ctx.mcpReq.requestSampling(sample('What is the capital of France?')), (r) => text(r.content.text))],
        test_input_required_result_list_roots: [object(), async (_, ctx) =>
            ask(ctx, era, 'client_roots', inputRequired.listRoots(), () => server.listRoots(),
                (r) => text(r.roots.map((root) => root.uri).join(', ')))],
        test_reconnection: [object(), async (_, ctx) => {
            ctx.http?.closeSSE?.();
            return text('Delivered after the stream was closed.');
        }],
        test_trigger_tool_change: [object(), async () => {
            shared.notify.toolsChanged();
            return text('Change announced.');
        }],
        slow_wait: [object({ millis: { type: 'integer' } }), ({ millis }, ctx) => wait(millis, ctx.mcpReq.signal, shared)],
        slow_wait_state: [object(), () => text(JSON.stringify({ running: shared.running, cancelled: shared.cancelled }))],
        touch_watched: [object(), async () => {
            if (subscribed.has(WATCHED)) await server.sendResourceUpdated({ uri: WATCHED });
            shared.notify.resourceUpdated(WATCHED);
            return text('Touched.');
        }]
    };
}

function prompts(name, args = {}) {
    const said = {
        test_simple_prompt: 'This is a simple prompt for testing.',
        test_prompt_with_arguments: `Prompt with arguments: arg1='${args.arg1}', arg2='${args.arg2}'`
    }[name];
    return { messages: [{ role: 'user', content: { type: 'text', text: said } }] };
}

const RESOURCES = { 'test://static-text': 'This is the content of the static text resource.', [WATCHED]: 'Watched resource content.' };

/** One server for one connection (until 2025-11-25) or one request (since 2026-07-28). */
export function createServer(era, shared) {
    const subscribed = new Set();
    const server = new Server(INFO, {
        capabilities: { tools: { listChanged: true }, resources: { subscribe: true }, prompts: {}, completions: {}, logging: {} }
    });
    const offered = tools(server, era, shared, subscribed);
    server.setRequestHandler('tools/list', () => ({
        tools: Object.entries(offered).map(([name, [inputSchema]]) => ({ name, description: `The fixture ${name}.`, inputSchema }))
    }));
    server.setRequestHandler('tools/call', (request, ctx) => offered[request.params.name][1](request.params.arguments ?? {}, ctx));
    server.setRequestHandler('resources/list', () => ({
        resources: Object.keys(RESOURCES).map((uri) => ({ uri, name: uri.slice('test://'.length), mimeType: 'text/plain' }))
    }));
    server.setRequestHandler('resources/read', ({ params: { uri } }) => ({ contents: [{ uri, mimeType: 'text/plain', text: RESOURCES[uri] }] }));
    server.setRequestHandler('prompts/list', () => ({
        prompts: [
            { name: 'test_simple_prompt', description: 'A prompt.' },
            {
                name: 'test_prompt_with_arguments',
                description: 'A prompt with two arguments.',
                arguments: [{ name: 'arg1', required: true }, { name: 'arg2', required: true }]
            }
        ]
    }));
    server.setRequestHandler('prompts/get', ({ params }) => prompts(params.name, params.arguments));
    server.setRequestHandler('completion/complete', ({ params }) => {
        const values = ['testValue1', 'testValue2', 'other'].filter((value) => value.startsWith(params.argument.value));
        return { completion: { values, total: values.length, hasMore: false } };
    });
    if (era === 'legacy') {
        server.setRequestHandler('resources/subscribe', ({ params }) => (subscribed.add(params.uri), {}));
        server.setRequestHandler('resources/unsubscribe', ({ params }) => (subscribed.delete(params.uri), {}));
    }
    return server;
}
