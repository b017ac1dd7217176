import type { JSX } from 'preact';
import type { Preview } from '../../api/types';
import { day } from '../../format/dates';
import { amount, count, percent, quantity } from '../../format/numbers';
import { actionWord } from '../../i18n/decisions';
import { settingsWords } from '../../i18n/settings';
import { Table } from '../../parts/Table';

interface Row { name: string; before: string; after: string }

/** What the wanted settings would have decided, beside what was decided: on the latest tick, and on the recorded month. */
export function PreviewTables({ preview, quote }: { preview: Preview; quote: string }): JSX.Element {
    const { latest, month } = preview;
    return (
        <section class="preview" aria-live="polite" aria-label={settingsWords('effect')}>
            {!latest && !month && <p class="soft">{settingsWords('noHistory')}</p>}
            {latest && <Compare caption={settingsWords('effectLatest')} rows={[
                { name: settingsWords('decision'), before: decisionText(latest.before), after: decisionText(latest.after) },
                { name: settingsWords('deviation'), before: percent(latest.before.deviation), after: percent(latest.after.deviation) },
                { name: settingsWords('amount'), before: amount(latest.before.notional_usdt, quote), after: amount(latest.after.notional_usdt, quote) },
            ]} />}
            {month && <Compare caption={settingsWords('effectMonth', { ticks: count(month.ticks), from: day(month.from), to: day(month.to) })} rows={[
                { name: settingsWords('buys'), before: count(month.before.buys), after: count(month.after.buys) },
                { name: settingsWords('sells'), before: count(month.before.sells), after: count(month.after.sells) },
                { name: settingsWords('turnover'), before: amount(month.before.turnover, quote), after: amount(month.after.turnover, quote) },
                { name: settingsWords('fees'), before: amount(month.before.fees, quote), after: amount(month.after.fees, quote) },
            ]} />}
            {month && <p class="muted small-text preview-note">{settingsWords('effectNote')}</p>}
        </section>
    );
}

function decisionText({ action, quantity: units }: NonNullable<Preview['latest']>['before']): string {
    return action === 'HOLD' ? actionWord(action) : `${actionWord(action)} ${quantity(units)}`;
}

function Compare({ caption, rows }: { caption: string; rows: readonly Row[] }): JSX.Element {
    return (
        <Table caption={caption} captionSeen rows={rows} rowKey={(row) => row.name} columns={[
            { key: 'name', title: settingsWords('figure'), heads: true, cell: (row) => row.name },
            { key: 'before', title: settingsWords('before'), numeric: true, cell: (row) => row.before },
            { key: 'after', title: settingsWords('after'), numeric: true, cell: (row) => <strong class={row.before === row.after ? '' : 'changed'}>{row.after}{row.before === row.after ? '' : ' ◂'}</strong> },
        ]} />
    );
}
