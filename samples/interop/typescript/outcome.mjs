const DEADLINE_MS = 15_000;

/** Values in the order they arrived, taken one by one. */
export class Inbox {
    #values = [];
    #waiting = [];
    add(value) {
        const taker = this.#waiting.shift();
        if (taker) taker(value);
        else this.#values.push(value);
    }
    next() {
        if (this.#values.length > 0) return Promise.resolve(this.#values.shift());
        return new Promise((resolve) => this.#waiting.push(resolve));
    }
}

export function check(holds, otherwise) {
    if (!holds) throw new Error(otherwise);
}

export function checkEqual(actual, expected) {
    check(actual === expected, `expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
    return String(actual);
}

function within(promise) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`nothing within ${DEADLINE_MS} ms`)), DEADLINE_MS);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Runs the features of an era one after the other on one connection and prints a line for each. */
export async function report(era, features, connect) {
    let connection;
    let failure;
    try {
        connection = await within(connect());
    } catch (error) {
        failure = error;
    }
    for (const [feature, run] of Object.entries(features)) {
        let line;
        try {
            if (failure) throw new Error(`no connection: ${failure.message}`);
            line = { feature, era, outcome: 'pass', detail: await within(run(connection)) };
        } catch (error) {
            line = { feature, era, outcome: 'fail', detail: String(error.message ?? error) };
        }
        console.log(JSON.stringify(line));
    }
    await connection?.client.close().catch(() => {});
}
