// That the page follows what happens elsewhere, and says so when it cannot; and that what is not proven is shown so.
import { enter, inWindow, open, picture } from './browser.mjs';
import { check, hold, until } from './checks.mjs';

/** @param main a server with a past of some days */
export async function liveChecks(main) {
    await main.settle();
    await check('a tick elsewhere changes the page, which is not loaded anew', () => inWindow(main, {}, async (page) => {
        await enter(page, main);
        const status = page.getByRole('list', { name: 'Status' });
        await status.getByText('Live').waitFor();
        const tickTime = () => status.getByRole('time').first().getAttribute('datetime');
        const before = await tickTime();
        await page.evaluate(() => { globalThis.stillTheSamePage = true; });
        await main.tick();
        await until('the time of the last tick', async () => { const at = await tickTime(); return at !== before || at; });
        hold(await page.evaluate(() => globalThis.stillTheSamePage), 'the page was loaded anew');
    }));

    await check('books that do not balance are shown so, and proven again when they do', () => inWindow(main, {}, async (page) => {
        await enter(page, main);
        await page.getByText('Books balanced').waitFor();
        // Units come in, and what would explain them cannot be read.
        await main.fate('POST', '/faults', { kind: 'no-permission', calls: ['capital/deposit/hisrec'] });
        await main.fate('POST', '/deposit', { asset: 'QRL', amount: 7 });
        await main.tick();
        await page.getByText('Books unproven').waitFor();
        await page.getByText('The books do not balance').first().waitFor();
        await page.getByText('The account holds 7 QRL more than the books explain').first().waitFor();
        await page.getByRole('region', { name: 'Cost and profit' }).getByText('unproven').first().waitFor();
        await picture(page, 'unproven-now');
        await page.getByRole('link', { name: 'Go to Books' }).first().click();
        await page.getByText('Difference in QRL').waitFor();
        await page.getByText('+7').first().waitFor();
        await picture(page, 'unproven-books');
        await main.fate('DELETE', '/faults');
        await main.tick();
        await page.getByText('Books balanced').waitFor();
        await page.getByText('Difference in QRL').waitFor({ state: 'detached' });
        await open(page, 'Now');
    }));
}

/** @param spare a server that is stopped and started */
export async function lossChecks(spare) {
    await check('a server without a past says what is to come, and fills with its first tick', () => inWindow(spare, {}, async (page) => {
        await page.goto(spare.link);
        await page.getByText('Waiting for the first tick').waitFor();
        await picture(page, 'empty-now');
        await spare.tick();
        await page.getByText('All is well').waitFor();
        await page.getByText('Books balanced').waitFor();
    }));

    await check('a page whose server is gone says that it is old, and recovers with the server', () => inWindow(spare, { mayLose: true }, async (page) => {
        await enter(page, spare);
        await page.getByText('All is well').waitFor();
        await page.evaluate(() => { globalThis.stillTheSamePage = true; });
        await spare.stop();
        await page.getByText(/^Not live for/).waitFor();
        await page.getByText('The page is not live').first().waitFor();
        await picture(page, 'server-gone');
        await spare.start();
        await page.getByText('The page is not live').first().waitFor({ state: 'detached', timeout: 40_000 });
        await page.getByRole('list', { name: 'Status' }).getByText('Live', { exact: true }).waitFor();
        hold(await page.evaluate(() => globalThis.stillTheSamePage), 'the page was loaded anew');
    }));
}
