// Who is let in, and what whoever is let in sees first.
import { enter, inWindow, open, picture } from './browser.mjs';
import { check, equal, hold, until } from './checks.mjs';

const Password = 'four words of an operator';
const ReaderPassword = 'four words of a reader';

/** @param main a server with a past of some days */
export async function signInChecks(main) {
    await check('the first link opens a page that is full of history', () => inWindow(main, {}, async (page) => {
        await page.goto(main.link);
        await page.getByText('All is well').waitFor();
        await page.getByRole('region', { name: 'Portfolio value' }).getByText('USDT').first().waitFor();
        await open(page, 'History');
        for (const chart of ['Value', 'Price and trades', 'Deviation from target', 'Drawdown']) {
            const slider = page.getByRole('slider', { name: chart });
            hold(Number(await slider.getAttribute('aria-valuemax')) > 200, `the chart "${chart}" has no points to speak of`);
            await slider.locator('canvas').first().waitFor();
        }
        await until('rows in the table of plans', async () => await page.getByRole('treegrid').getByRole('row').count() > 5);
        await page.getByRole('treegrid').getByRole('row').nth(1).click();
        await page.getByText('Total value').first().waitFor();
        await page.getByRole('region', { name: 'Profit by cause' }).getByText('The parts sum to the value exactly').waitFor();
    }));

    await check('a link that has been used lets nobody in', () => inWindow(main, {}, async (page) => {
        await page.goto(main.link);
        await page.getByRole('alert').getByText('That link has been used or is too old.').waitFor();
        hold(!await page.getByRole('navigation').isVisible(), 'the pages are shown to a stranger');
    }));

    await main.run(['operator', 'set-password'], Password);
    await main.run(['operator', 'set-password', '--reader'], ReaderPassword);

    await check('a wrong password is refused, the right one lets in, and signing out ends it', () => inWindow(main, { expected: [401] }, async (page) => {
        await page.goto(main.url);
        await type(page, 'some other words');
        await page.getByRole('alert').getByText('The password is wrong.').waitFor();
        await type(page, Password);
        await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByRole('heading', { level: 1, name: 'Sign in to Ballast' }).waitFor();
        await page.reload();
        await page.getByLabel('Password').waitFor();
    }));

    await check('a reader sees everything and can do nothing', () => inWindow(main, { expected: [403] }, async (page, context) => {
        await page.goto(main.url);
        await type(page, ReaderPassword);
        await page.getByText('All is well').waitFor();
        await page.getByText('You are signed in to read only').first().waitFor();
        const halt = page.getByRole('button', { name: 'Halt' });
        equal(await halt.getAttribute('aria-disabled'), 'true', 'whether Halt is disabled');
        await halt.click({ force: true });
        hold(!await page.getByRole('dialog').isVisible(), 'Halt asks a reader');
        // The page is no guard; the server is.
        const { csrf } = await (await context.request.get(`${main.url}/api/v1/session`)).json();
        const headers = { 'X-CSRF-Token': csrf, Origin: main.url };
        const refused = await context.request.post(`${main.url}/api/v1/halt`, { headers, data: { reason: 'a reader' } });
        equal(refused.status(), 403, 'the answer to a reader who halts');
    }));

    await check('a change without the page\'s token is refused, even with the cookie', () => inWindow(main, {}, async (page, context) => {
        await enter(page, main);
        const refused = await context.request.post(`${main.url}/api/v1/halt`, { headers: { Origin: main.url }, data: { reason: 'no token' } });
        equal(refused.status(), 403, 'the answer without a token');
        equal((await main.api('GET', '/trading')).halt, undefined, 'the halt');
    }));
}

/** @param spare a server whose way in may be closed for a while */
export async function lockOutChecks(spare) {
    await spare.run(['operator', 'set-password'], Password);
    await check('who guesses passwords is locked out, and told for how long', () => inWindow(spare, { expected: [401, 429] }, async (page) => {
        await page.goto(spare.url);
        const alert = page.getByRole('alert');
        for (let tries = 0; tries < 6 && !await alert.getByText('Too many tries').isVisible(); tries++) {
            const answered = page.waitForResponse((response) => response.url().endsWith('/session') && response.request().method() === 'POST');
            await type(page, `guess number ${tries}`);
            await answered;
            await alert.waitFor();
        }
        await alert.getByText(/Too many tries\. Try again in \d+ s/).waitFor();
        await picture(page, 'sign-in-locked-out');
        // The right one is no way around it.
        await type(page, Password);
        await alert.getByText(/Too many tries\. Try again in \d+ s/).waitFor();
        hold(!await page.getByRole('navigation').isVisible(), 'the pages are shown to whoever is locked out');
    }));
}

async function type(page, password) {
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
}

