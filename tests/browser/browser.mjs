// One Chromium for all checks; each check has a window of its own, which complains of everything that a page should not do.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { equal, hold, PatienceMs } from './checks.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;
let pictures;

/** @param executable where Chromium is. @param folder where pictures are kept */
export async function openBrowser(executable, folder) {
    mkdirSync(folder, { recursive: true });
    pictures = folder;
    browser = await chromium.launch({
        executablePath: executable,
        args: [
            '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync',
        ],
    });
}

export async function closeBrowser() {
    await browser.close();
}

/**
 * A window as of somebody who has never been here. Fails, when it is closed, on any error in the console (a breach of the security policy is one),
 * any exception, any failed request and any request to another host.
 * @param server whose page is meant
 * @param options Playwright's for a context; `expected` are statuses of answers that this check is about, `mayLose` whether the server may be away
 * @param use what is done there
 */
export async function inWindow(server, options, use) {
    const { expected = [], mayLose = false, ...looks } = options;
    const context = await browser.newContext({ locale: 'en-US', timezoneId: 'Asia/Taipei', reducedMotion: 'reduce', ...looks });
    context.setDefaultTimeout(PatienceMs);
    try {
        const page = await context.newPage();
        const complaints = watch(page, server, expected, mayLose);
        try {
            const result = await use(page, context);
            equal(complaints, [], 'what the page did wrong');
            return result;
        } catch (error) {
            await page.screenshot({ path: join(pictures, 'failed.png') }).catch(() => undefined);
            throw complaints.length === 0 ? error : new Error(`${error.stack}\nand the page did wrong: ${complaints.join('; ')}`);
        }
    } finally {
        await context.close();
    }
}

/** @returns the complaints so far; it grows */
export function watch(page, server, expected = [], mayLose = false) {
    const complaints = [];
    const isExpected = (text) => expected.some((status) => text.includes(`status of ${status} `))
        || (mayLose && /ERR_(CONNECTION|INCOMPLETE|EMPTY)/.test(text));
    page.on('console', (message) => {
        if (message.type() === 'error' && !isExpected(message.text())) complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
    page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol !== 'data:' && url.origin !== server.url) complaints.push(`another host: ${url}`);
    });
    page.on('response', (response) => {
        if (response.status() >= 400 && !expected.includes(response.status())) complaints.push(`${response.status()}: ${response.url()}`);
    });
    page.on('requestfailed', (request) => {
        // What is under way when a page is left is given up.
        const why = request.failure()?.errorText ?? '';
        if (why !== 'net::ERR_ABORTED' && !mayLose) complaints.push(`${why}: ${request.url()}`);
    });
    return complaints;
}

/** Signs in by a link that the command line makes, later by the session that it began, and waits for the page Now. */
export async function enter(page, server) {
    if (server.session === undefined) {
        const { link } = JSON.parse(await server.run(['operator', 'link', '--json']));
        await page.goto(server.url + new URL(link).pathname);
        server.session = await page.context().cookies();
    } else {
        await page.context().addCookies(server.session);
        await page.goto(server.url);
    }
    await page.getByRole('heading', { level: 1, name: /^(Now|現況)$/ }).waitFor();
}

/** Goes to a page by its name in the navigation, and waits until everything in it has been loaded. */
export async function open(page, name) {
    await page.getByRole('navigation').getByRole('link', { name }).click();
    await loaded(page);
}

export async function loaded(page) {
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    for (const words of ['Loading', '載入中']) await page.getByText(words, { exact: true }).first().waitFor({ state: 'detached' });
}

/** The whole page, as on a screen that is as tall: what is fixed to the screen's edges then stands at the page's. */
export async function picture(page, name) {
    const { width, height } = page.viewportSize();
    await stretch(page);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    await page.setViewportSize({ width, height });
}

/** Makes the window as tall as its page. */
export async function stretch(page) {
    const { width, height } = page.viewportSize();
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    if (whole > height) await page.setViewportSize({ width, height: whole });
}

/** What axe finds serious or critical. The debugger hands it to the page: the security policy would not let it in. */
export async function inaccessible(page) {
    if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'], preload: false }));
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')}`);
}

export async function holdsNoSidewaysScroll(page, where) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    hold(wide <= 0, `${where} scrolls sideways by ${wide} px`);
}

/** Presses a button and answers the question that it asks with the button of that name. */
export async function confirm(page, button, act) {
    await button.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: act, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
}
