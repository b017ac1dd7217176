import { change } from '../../api/client';
import type { Preview, Settings } from '../../api/types';
import { add } from '../../format/decimal';
import { amount, count } from '../../format/numbers';
import { actionWord } from '../../i18n/decisions';
import { settingsWords } from '../../i18n/settings';
import type { Question } from '../../parts/Confirm';
import { overview } from '../../state/overview';
import { settingName, settingValue } from './settingText';

/** What changes from what to what, one line a setting. */
export function changedLines(settings: Settings, wanted: Readonly<Record<string, string>>): string[] {
    return settings.items.filter((item) => item.changeable && settings.runtime[item.name] !== wanted[item.name]).map((item) => settingsWords('saveLine', {
        name: settingName(item), before: settingValue(item, item.value),
        after: settingValue(item, wanted[item.name] ?? item.configured),
    }));
}

export function saveQuestion(settings: Settings, wanted: Readonly<Record<string, string>>, { latest, month }: Preview, quote: string, onSaved: () => void): Question {
    return {
        title: settingsWords('saveTitle'), act: settingsWords('save'), tone: 'primary',
        consequence: (
            <>
                <ul>{changedLines(settings, wanted).map((line) => <li key={line}><strong>{line}</strong></li>)}</ul>
                {month && <p>{settingsWords('saveEffect', {
                    ticks: count(month.ticks), trades: count(add(month.after.buys, month.after.sells)), tradesBefore: count(add(month.before.buys, month.before.sells)),
                    fees: amount(month.after.fees, quote), feesBefore: amount(month.before.fees, quote),
                })}</p>}
                {latest && <p>{settingsWords('saveNow', { action: actionWord(latest.after.action) })}</p>}
                <p>{settingsWords('saveCounts')}</p>
            </>
        ),
        run: async () => {
            await change('PUT', '/settings', wanted);
            await overview.reload();
            onSaved();
        },
    };
}
