// What the checks share: one line of JSON per check on standard output, and words for what must hold.

/** How long anything may take that is waited for, on a busy machine. */
export const PatienceMs = 15_000;

/** @param body throws when the check fails */
export async function check(name, body) {
    try {
        await body();
        say({ check: name, ok: true });
    } catch (error) {
        say({ check: name, ok: false, detail: String(error?.stack ?? error).slice(0, 3000) });
    }
}

export function hold(condition, what) {
    if (!condition) throw new Error(what);
}

export function equal(actual, expected, what) {
    const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
    hold(left === right, `${what} is ${left}, not ${right}`);
}

/** Asks again and again until the answer is true; what it last was stands in the failure. */
export async function until(what, ask) {
    const end = Date.now() + PatienceMs;
    for (;;) {
        const answer = await ask();
        if (answer === true) return;
        hold(Date.now() < end, `${what}: not within ${PatienceMs / 1000} s; at last ${JSON.stringify(answer)}`);
        await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
}

function say(line) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
}
