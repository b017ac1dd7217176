// npm run look: opens every page of the built dashboard in Chromium, in three sizes, both languages and both themes, and in every situation of the
// mock. Keeps the pictures in artifacts/, and fails on a console error, a breach of the security policy, a page that scrolls sideways, or what axe
// finds serious. CHROMIUM names the browser; --only=<text> looks at those whose name has it.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length) ?? '';
const pictures = fileURLToPath(new URL('../artifacts/', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = ['now', 'history', 'books', 'settings', 'health', 'paper'];
const widths = [360, 768, 1440];
const languages = ['en', 'zh-TW'];
const themes = ['light', 'dark'];
const situations = ['observe', 'approve', 'live', 'reader', 'signed-out', 'halted', 'trouble', 'failing', 'empty', 'down'];

/** What is opened, and what is pressed there before it is looked at. */
const views = [
    ...pages.map((page) => ({ situation: 'calm', page })),
    ...situations.map((situation) => ({ situation, page: 'now' })),
    { situation: 'trouble', page: 'books' },
    { situation: 'empty', page: 'history' },
    { situation: 'failing', page: 'health' },
    { situation: 'calm', page: 'now', name: 'halt', press: ['.button-halt'] },
    { situation: 'approve', page: 'now', name: 'approve-dialog', press: ['.proposal-acts .button-primary'] },
    { situation: 'calm', page: 'settings', name: 'change', press: ['.policy-card .card-actions button'] },
    { situation: 'calm', page: 'paper', name: 'fault', press: ['.fault-acts button[aria-disabled=false]'] },
];
// The whole square of sizes, languages and themes for the pages themselves; the other situations in two corners of it.
const corners = [[360, 'zh-TW', 'dark'], [1440, 'en', 'light']];
const square = widths.flatMap((width) => languages.flatMap((language) => themes.map((theme) => [width, language, theme])));

const complaints = [];
let looked = 0;
mkdirSync(pictures, { recursive: true });
const { base, close } = await serve();
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
for (const view of views) {
    const plain = view.situation === 'calm' && view.press === undefined;
    await fetch(`${base}/__mock/${view.situation}`, { redirect: 'manual' });
    for (const [width, language, theme] of plain ? square : corners) {
        const name = [view.name ?? `${view.page}-${view.situation}`, width, language, theme].join('-');
        if (name.includes(only)) await look(view, name, width, language, theme);
    }
}
await browser.close();
await close();
for (const complaint of complaints) console.log(complaint);
console.log(`${looked - new Set(complaints.map((complaint) => complaint.split(':')[0])).size} passed, ${complaints.length} failed`);
process.exit(complaints.length === 0 ? 0 : 1);

async function look(view, name, width, language, theme) {
    const context = await browser.newContext({
        viewport: { width, height: width < 500 ? 780 : 900 }, locale: language, colorScheme: theme, timezoneId: 'Asia/Taipei', reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const say = (what) => complaints.push(`${name}: ${what}`);
    // A refusal that the situation is about is no fault of the page.
    page.on('console', (message) => { if (message.type() === 'error' && !/status of (401|503)/.test(message.text())) say(message.text()); });
    page.on('pageerror', (error) => say(error.message));
    await page.goto(`${base}/#/${view.page}`);
    await page.waitForFunction(() => document.querySelector('h1, .note-bad') && !document.querySelector('.skeleton'), undefined, { timeout: 10_000 })
        .catch(() => say('still loading after 10 s'));
    for (const target of view.press ?? []) await page.locator(target).first().click({ timeout: 5_000 }).catch((error) => say(error.message.split('\n')[0]));
    await page.waitForTimeout(view.page === 'history' ? 600 : 150);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) say(`scrolls sideways by ${wide} px`);
    for (const problem of await findings(page)) say(problem);
    await page.screenshot({ path: `${pictures}${name}.png`, fullPage: view.press === undefined });
    await context.close();
    looked++;
}

/** What axe finds serious or critical. It is handed to the page by the debugger, which the security policy does not bind. */
async function findings(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, help, nodes }) => `axe ${id}: ${help} (${nodes.length}, such as ${nodes[0].target.join(' ')} ${nodes[0].any.map(({ message }) => message).join(' ')})`);
}
