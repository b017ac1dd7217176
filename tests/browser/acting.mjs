// What an operator can do from the page, and what becomes of it.
import { confirm, enter, inWindow, loaded, open, picture } from './browser.mjs';
import { check, equal, hold, until } from './checks.mjs';

/** @param main a server in mode approve, whose owner changes the target */
export async function actingChecks(main) {
    const acted = (name, body) => check(name, async () => { await main.settle(); await body(); });

    await acted('a halt and its end are seen by a second window', () => inWindow(main, {}, (page) => inWindow(main, {}, async (other) => {
        await enter(page, main);
        await enter(other, main);
        await other.getByText('All is well').waitFor();
        await page.getByRole('button', { name: 'Halt' }).click();
        const dialog = page.getByRole('dialog', { name: 'Halt trading?' });
        await dialog.getByText('From this moment no order leaves.').waitFor();
        await picture(page, 'halt-question');
        await dialog.getByLabel('Why?').fill('a look at the brakes');
        await dialog.getByRole('button', { name: 'Halt trading', exact: true }).click();
        await dialog.waitFor({ state: 'detached' });
        await other.getByText('Trading is halted').first().waitFor();
        await other.getByText('a look at the brakes').first().waitFor();
        await other.getByRole('banner').getByText('HALTED').waitFor();
        equal((await main.api('GET', '/trading')).halt.reason, 'a look at the brakes', 'the reason of the halt');
        await confirm(other, other.getByRole('button', { name: 'Resume' }), 'Resume trading');
        await page.getByText('All is well').waitFor();
        await page.getByRole('button', { name: 'Halt' }).waitFor();
        equal((await main.api('GET', '/trading')).halt, undefined, 'the halt');
    })));

    await acted('Halt can be reached and left by keyboard alone', () => inWindow(main, {}, async (page) => {
        await enter(page, main);
        await page.getByText('All is well').waitFor();
        const halt = page.getByRole('button', { name: 'Halt' });
        const isFocused = (element) => element.evaluate((node) => node === document.activeElement);
        for (let steps = 0; steps < 20 && !await isFocused(halt); steps++) await page.keyboard.press('Tab');
        hold(await isFocused(halt), 'Tab does not come to Halt');
        await page.keyboard.press('Enter');
        const dialog = page.getByRole('dialog', { name: 'Halt trading?' });
        await dialog.waitFor();
        const seen = new Set();
        for (let steps = 0; steps < 12; steps++) {
            // From the last element Tab may leave for the browser's own bar, of which the page sees nothing but its body.
            const at = await dialog.evaluate((node) => {
                const focused = document.activeElement;
                if (node.contains(focused)) return focused.textContent || focused.tagName;
                return focused === document.body ? 'the browser' : `behind: ${focused.outerHTML}`;
            });
            hold(!at.startsWith('behind'), `the focus leaves the question: ${at}`);
            seen.add(at);
            await page.keyboard.press('Tab');
        }
        hold(seen.has('Halt trading') && seen.has('Cancel'), `Tab comes to ${[...seen].join(', ')} only`);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
        hold(await isFocused(halt), 'the focus does not go back to Halt');
        equal((await main.api('GET', '/trading')).halt, undefined, 'the halt');
    }));

    await acted('settings are previewed, then saved', () => inWindow(main, {}, async (page) => {
        await enter(page, main);
        await open(page, 'Settings');
        await page.getByRole('region', { name: 'Policy' }).first().getByRole('button', { name: 'Change' }).click();
        const edit = page.getByRole('dialog', { name: 'Change the policy' });
        hold(await edit.getByRole('button', { name: 'Save' }).isDisabled(), 'it can be saved before it is previewed');
        const shown = await edit.getByRole('textbox', { name: /^Threshold/ }).getAttribute('placeholder');
        hold(/^configured: 1\s?%$/.test(shown), `an empty threshold is said to be "${shown}"`);
        await edit.getByRole('textbox', { name: /^Threshold/ }).fill('2%');
        await edit.getByRole('button', { name: 'Preview' }).click();
        await edit.getByText('On the latest tick').first().waitFor();
        await edit.getByText(/On \d+ recorded ticks/).first().waitFor();
        await picture(page, 'settings-preview');
        await edit.getByRole('button', { name: 'Save' }).click();
        const question = page.getByRole('dialog', { name: 'Save these settings?' });
        await question.getByText(/^Threshold: 1\s?% → 2\s?%$/).waitFor();
        await question.getByRole('button', { name: 'Save' }).click();
        await question.waitFor({ state: 'detached' });
        await edit.waitFor({ state: 'detached' });
        const row = page.getByRole('row', { name: /Threshold/ });
        await row.getByText('run time').waitFor();
        await row.getByText(/^2\s?%$/).waitFor();
        equal((await main.api('GET', '/settings')).runtime, { threshold: '2%' }, 'what is set');
    }));

    await acted('a setting that cannot be is refused in words', () => inWindow(main, {}, async (page) => {
        await enter(page, main);
        await open(page, 'Settings');
        await page.getByRole('region', { name: 'Policy' }).first().getByRole('button', { name: 'Change' }).click();
        const edit = page.getByRole('dialog', { name: 'Change the policy' });
        await edit.getByRole('textbox', { name: /^Target ratio/ }).fill('250%');
        await edit.getByRole('button', { name: 'Preview' }).click();
        await edit.getByRole('alert').getByText('This cannot be:').waitFor();
        hold(await edit.getByRole('button', { name: 'Save' }).isDisabled(), 'it can be saved all the same');
    }));

    await acted('a proposal is rejected, and nothing is ordered', () => inWindow(main, {}, async (page) => {
        await enter(page, main);
        const orders = (await main.api('GET', '/orders')).items.length;
        await main.api('PUT', '/settings', { target_ratio: '0.4' });
        await main.tick();
        const card = page.getByRole('region', { name: 'Waiting for your approval' });
        await card.getByRole('button', { name: 'Reject' }).click();
        const question = page.getByRole('dialog', { name: 'Reject this order?' });
        await question.getByLabel('Why?').fill('too early');
        await question.getByRole('button', { name: 'Reject', exact: true }).click();
        await card.waitFor({ state: 'detached' });
        equal((await main.api('GET', '/trading')).proposal, undefined, 'the proposal');
        equal((await main.api('GET', '/orders')).items.length, orders, 'the number of orders');
    }));

    await acted('a proposal is approved, and filled', () => inWindow(main, {}, async (page) => {
        await main.api('PUT', '/settings', { target_ratio: '0.6' });
        await enter(page, main);
        await confirm(page, page.getByRole('button', { name: 'Run a tick now' }), 'Run it');
        const card = page.getByRole('region', { name: 'Waiting for your approval' });
        await card.getByText('inside the fence').waitFor();
        await page.getByText('An order waits for your approval').first().waitFor();
        await picture(page, 'proposal');
        await card.getByRole('button', { name: 'Approve' }).click();
        const question = page.getByRole('dialog', { name: 'Approve this order?' });
        await question.getByText('This is play money on the paper exchange.').waitFor();
        await question.getByRole('button', { name: 'Approve', exact: true }).click();
        await question.waitFor({ state: 'detached' });
        await page.getByText(/Order: filled/i).waitFor();
        await card.waitFor({ state: 'detached' });
        await picture(page, 'proposal-filled');
        const [{ order }] = (await main.api('GET', '/orders?limit=1')).items;
        equal(order.state, 'filled', 'what became of the newest order');
        await open(page, 'History');
        await page.getByRole('treegrid').getByText('filled').first().waitFor();
    }));

    await acted('a fault is started on the page, its banner stands after the next tick, and goes when it is over', () => inWindow(main, {}, async (page) => {
        await enter(page, main);
        await open(page, 'Paper');
        await confirm(page, page.getByRole('button', { name: 'Start maintenance' }), 'Start');
        await page.getByRole('table', { name: 'Active faults' }).getByText('maintenance').waitFor();
        await main.tick();
        await open(page, 'Now');
        await page.getByText('Something is wrong').waitFor();
        await page.getByText('The last tick failed').waitFor();
        await picture(page, 'failed-tick');
        await open(page, 'Paper');
        await confirm(page, page.getByRole('button', { name: 'End all' }), 'End all');
        await page.getByText('None: the exchange works as it should.').waitFor();
        await main.tick();
        await open(page, 'Now');
        await page.getByText('The last tick failed').waitFor({ state: 'detached' });
        await until('no failure is left', async () => (await main.api('GET', '/overview')).last_failure === undefined);
        await loaded(page);
    }));
}
