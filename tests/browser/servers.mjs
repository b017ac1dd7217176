// The real server as a process, in a folder of its own, the way its owner starts it: what one can learn of it is what it prints.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { hold } from './checks.mjs';

export const OperatorToken = 'a-token-of-an-operator-for-these-checks-only';
const LongestStartMs = 90_000;

const running = new Set();
process.on('exit', () => { for (const child of running) child.kill('SIGKILL'); });

export class Server {
    /**
     * @param program what starts it: the executable and its first arguments
     * @param settings as environment variables; free ports, no schedule and no history unless set
     */
    constructor(program, folder, settings = {}) {
        this.program = program;
        this.folder = folder;
        this.settings = settings;
        mkdirSync(folder, { recursive: true });
    }

    /** Starts it, with the ports it had before; returns when it listens. */
    async start() {
        const child = this.#spawn([]);
        let printed = '';
        await new Promise((resolve, reject) => {
            const late = setTimeout(() => reject(new Error(`the server did not start: ${printed}`)), LongestStartMs);
            const read = (text) => {
                printed += text;
                if (printed.includes('curl -X POST')) {
                    clearTimeout(late);
                    resolve();
                }
            };
            child.stdout.on('data', read);
            child.stderr.on('data', read);
            child.once('exit', (code) => { clearTimeout(late); reject(new Error(`the server ended with ${code}: ${printed}`)); });
        });
        this.child = child;
        const link = new URL(found(printed, /(http:\S+\/sign-in\/\w+)/));
        this.url = `http://127.0.0.1:${link.port}`;
        this.link = this.url + link.pathname;
        this.paper = found(printed, /REST API at (http:[^\s;,]+)/);
        Object.assign(this.settings, { PORT: link.port, Ballast__Store__Port: found(printed, /redis-cli -p (\d+)/) });
        return this;
    }

    async stop() {
        const child = this.child;
        if (child === undefined || child.exitCode !== null) return;
        const ended = new Promise((resolve) => { child.once('exit', resolve); });
        child.kill('SIGTERM');
        await ended;
    }

    /** A command of the program beside the running server. @param input one line for its standard input. @returns what it prints */
    async run(args, input = '') {
        const child = this.#spawn(args);
        let [printed, complained] = ['', ''];
        child.stdout.on('data', (text) => { printed += text; });
        child.stderr.on('data', (text) => { complained += text; });
        child.stdin.end(`${input}\n`);
        const code = await new Promise((resolve) => { child.once('close', resolve); });
        hold(code === 0, `${args.join(' ')} ended with ${code}: ${printed}${complained}`);
        return printed;
    }

    /** A request with the operator's token. @returns the JSON of the answer */
    async api(method, path, body) {
        const response = await fetch(`${this.url}/api/v1${path}`, {
            method, headers: { Authorization: `Bearer ${OperatorToken}`, 'Content-Type': 'application/json' }, ...(body && { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        hold(response.ok, `${method} ${path} answered ${response.status}: ${text}`);
        return text === '' ? undefined : JSON.parse(text);
    }

    /** A tick as the scheduler asks for it; one that fails is an answer too. */
    async tick() {
        await fetch(`${this.url}/tasks/runtime`, { method: 'POST', headers: { 'X-CloudScheduler': 'true' } });
    }

    /** Takes back what an earlier check may have left: a halt, settings, faults. */
    async settle() {
        if ((await this.api('GET', '/trading')).halt) await this.api('POST', '/resume', { reason: 'a new check' });
        await this.api('PUT', '/settings', {});
        await this.api('DELETE', '/paper/faults');
        await this.tick();
    }

    /** The paper exchange's own interface for whoever plays its fate. */
    async fate(method, path, body) {
        const response = await fetch(`${this.paper}/paper${path}`, {
            method, headers: { 'Content-Type': 'application/json' }, ...(body && { body: JSON.stringify(body) }),
        });
        hold(response.ok, `${method} /paper${path} answered ${response.status}: ${await response.text()}`);
    }

    #spawn(args) {
        const ours = /^(Ballast|MEXC_|ASPNETCORE_)|^(REDIS_URL|PORT|DOTNET_ENVIRONMENT|K_SERVICE)$/i;
        const child = spawn(this.program[0], [...this.program.slice(1), ...args], {
            cwd: this.folder,
            env: {
                ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))),
                ASPNETCORE_ENVIRONMENT: 'Development', PORT: '0', Ballast__Store__Port: '0', Ballast__Paper__Port: '0', Ballast__Paper__HistoryDays: '0',
                Ballast__Schedule__Enabled: 'false', Ballast__Operator__ApiToken: OperatorToken, ...this.settings,
            },
        });
        running.add(child);
        child.once('exit', () => running.delete(child));
        return child;
    }
}

function found(printed, pattern) {
    const match = pattern.exec(printed);
    hold(match, `the server printed nothing like ${pattern}: ${printed}`);
    return match[1];
}
