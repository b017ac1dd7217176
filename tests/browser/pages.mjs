// Every page as it looks: at two sizes, in both languages and both themes; and what it weighs, asks for and says of itself.
import { enter, holdsNoSidewaysScroll, inaccessible, inWindow, loaded, picture, stretch, watch } from './browser.mjs';
import { check, equal, hold, until } from './checks.mjs';

const Pages = { now: 'Now', history: 'History', books: 'Books', settings: 'Settings', health: 'Health', paper: 'Paper' };
const Sizes = [{ width: 360, height: 780 }, { width: 1440, height: 900 }];
const MostBytes = 150_000;

/** @param main a server with a past of some days */
export async function pageChecks(main) {
    await check('the first load is small, and under a strict policy', () => inWindow(main, {}, async (page) => {
        const sizes = [];
        page.on('requestfinished', (request) => {
            if (!request.url().includes('/api/')) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
        });
        const answer = page.waitForResponse(`${main.url}/`);
        await enter(page, main);
        await page.getByText('All is well').waitFor();
        const policy = (await answer).headers()['content-security-policy'] ?? '';
        for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
            hold(policy.includes(rule), `the policy does not say ${rule}: ${policy}`);
        }
        const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
        hold(bytes > 10_000 && bytes <= MostBytes, `the first load has ${bytes} bytes in ${sizes.length} files`);
    }));

    await check('a script that somebody slips into the page is not run, and these checks would see it', () => inWindow(main, {}, async (_, context) => {
        const page = await context.newPage();
        const complaints = watch(page, main);
        await page.goto(main.url);
        await page.evaluate(() => {
            const script = document.createElement('script');
            script.textContent = 'globalThis.slippedIn = true';
            document.body.append(script);
        });
        await until('a complaint', () => complaints.some((complaint) => complaint.includes('Content Security Policy')) || complaints);
        equal(await page.evaluate(() => globalThis.slippedIn), undefined, 'what the script left');
    }));

    await check('the language is the browser\'s, can be switched, and stays', () => inWindow(main, { locale: 'zh-TW' }, async (page) => {
        await enter(page, main);
        await page.getByRole('heading', { level: 1, name: '現況' }).waitFor();
        equal(await page.evaluate(() => document.documentElement.lang), 'zh-TW', 'the language of the document');
        await page.getByRole('button', { name: 'EN' }).click();
        await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
        equal(await page.evaluate(() => document.documentElement.lang), 'en', 'the language of the document');
        await page.getByRole('button', { name: '中文' }).click();
        await page.reload();
        await page.getByRole('heading', { level: 1, name: '現況' }).waitFor();
        await page.getByText('一切正常').waitFor();
        equal(await page.evaluate(() => document.documentElement.lang), 'zh-TW', 'the language of the document');
    }));

    for (const [path, name] of Object.entries(Pages)) await check(`the page ${name} at every size, in both languages and themes`, () => everyLook(main, path));

    await check('the page for signing in at every size, in both languages and themes', () => everyLook(main, 'sign-in'));
}

async function everyLook(main, path) {
    for (const language of ['en', 'zh-TW']) {
        await inWindow(main, { locale: language, viewport: Sizes[0] }, async (page) => {
            if (path === 'sign-in') {
                await page.goto(main.url);
            } else {
                await enter(page, main);
                await page.goto(`${main.url}/#/${path}`);
            }
            for (const size of Sizes) {
                await page.setViewportSize(size);
                await loaded(page);
                await holdsNoSidewaysScroll(page, `${path} at ${size.width} px in ${language}`);
                await stretch(page);
                for (const theme of ['light', 'dark']) {
                    await page.emulateMedia({ colorScheme: theme });
                    const look = [path, size.width, language, theme].join('-');
                    equal(await inaccessible(page), [], `what axe finds in ${look}`);
                    await picture(page, look);
                }
            }
        });
    }
}
