// A server of the TypeScript SDK with the fixture: node server.mjs PORT. Both eras on 127.0.0.1, /mcp.
import { randomUUID } from 'node:crypto';
import { createServer as listen } from 'node:http';
import { NodeStreamableHTTPServerTransport, toNodeHandler, toWebRequest } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { Shared, createServer } from './fixture.mjs';

const shared = new Shared();
const sessions = new Map();
const modern = createMcpHandler(() => createServer('modern', shared), { legacy: 'reject' });
const serveModern = toNodeHandler(modern);
shared.notify = modern.notify;

/** Events of one session, in order, so that a stream can be taken up again. */
class Events {
    #events = [];
    async storeEvent(streamId, message) {
        this.#events.push({ streamId, message });
        return String(this.#events.length);
    }
    async replayEventsAfter(lastEventId, { send }) {
        const { streamId } = this.#events[Number(lastEventId) - 1];
        for (const [index, event] of this.#events.entries())
            if (index >= Number(lastEventId) && event.streamId === streamId && Object.keys(event.message).length > 0)
                await send(String(index + 1), event.message);
        return streamId;
    }
}

async function session(id) {
    if (id) return sessions.get(id);
    const transport = new NodeStreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        eventStore: new Events(),
        retryInterval: 100,
        onsessioninitialized: (created) => sessions.set(created, transport)
    });
    await createServer('legacy', shared).connect(transport);
    return transport;
}

listen(async (req, res) => {
    const chunks = [];
    for await (const chunk of req) chunks.push(chunk);
    let body;
    try {
        if (chunks.length > 0) body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    } catch {
        const error = { jsonrpc: '2.0', id: null, error: { code: -32700, message: 'the body is not JSON' } };
        return res.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(error));
    }
    if (!(await isLegacyRequest(await toWebRequest(req, body), body))) return serveModern(req, res, body);
    const transport = await session(req.headers['mcp-session-id']);
    if (transport === undefined) return res.writeHead(404).end();
    return transport.handleRequest(req, res, body);
}).listen(Number(process.argv[2]), '127.0.0.1');
