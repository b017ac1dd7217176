// The dashboard as its user sees it: the real server, a real Chromium.
// node browser-checks.mjs <chromium> <folder for pictures> <folder to work in> <program> [its first arguments]; --only=<text> runs the parts with it.
import { join } from 'node:path';
import { closeBrowser, openBrowser } from './browser.mjs';
import { actingChecks } from './acting.mjs';
import { liveChecks, lossChecks } from './live.mjs';
import { pageChecks } from './pages.mjs';
import { Server } from './servers.mjs';
import { lockOutChecks, signInChecks } from './sign-in.mjs';

const words = process.argv.slice(2);
const only = words.find((word) => word.startsWith('--only='))?.slice('--only='.length) ?? '';
const [executable, pictures, work, ...program] = words.filter((word) => !word.startsWith('--only='));

const limits = { Ballast__Mode: 'approve', Ballast__Safety__MaxOrderNotional: '200', Ballast__Safety__MaxDailyNotional: '1000' };
// With a clock of its own: without one, the many ticks of the checks would pass for its usual pace, and a few quiet seconds for a standstill.
const main = new Server(program, join(work, 'main'), {
    ...limits, Ballast__Paper__HistoryDays: '3', Ballast__Paper__Admin: 'true', Ballast__Schedule__Enabled: 'true',
});
const spare = new Server(program, join(work, 'spare'));

await openBrowser(executable, pictures);
const parts = [[main, signInChecks], [main, pageChecks], [main, actingChecks], [main, liveChecks], [spare, lossChecks], [spare, lockOutChecks]];
try {
    for (const [server, part] of parts.filter(([, { name }]) => name.includes(only))) {
        if (server.url === undefined) await server.start();
        if (server === spare) await main.stop();
        await part(server);
    }
} finally {
    await closeBrowser();
    await Promise.all([main.stop(), spare.stop()]);
}
