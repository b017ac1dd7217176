import type { JSX } from 'preact';
import { change } from '../../api/client';
import type { Mode, Overview, Settings } from '../../api/types';
import { dateTime } from '../../format/dates';
import { percent } from '../../format/numbers';
import { settingsWords } from '../../i18n/settings';
import { ActButton } from '../../parts/ActButton';
import { Badge } from '../../parts/Badge';
import { confirm, type Question } from '../../parts/Confirm';
import { Panel } from '../../parts/Panel';
import { overview } from '../../state/overview';
import { settingValue } from './settingText';

const Modes: readonly Mode[] = ['observe', 'approve', 'auto'];
const Says = { observe: 'observeSays', approve: 'approveSays', auto: 'autoSays' } as const;

export function ModeCard({ settings }: { settings: Settings | undefined }): JSX.Element {
    return <Panel of={overview} title={settingsWords('mode')} class="mode-card">{(shown) => <Choices shown={shown} settings={settings} />}</Panel>;
}

function Choices({ shown, settings }: { shown: Overview; settings: Settings | undefined }): JSX.Element {
    const most = Modes.indexOf(shown.configured_mode);
    const set = shown.trading.set_mode;
    return (
        <>
            <ul class="modes">
                {Modes.map((mode, rank) => (
                    <li key={mode} class={mode === shown.mode ? 'mode mode-current' : 'mode'} {...(mode === shown.mode ? { 'aria-current': 'true' as const } : {})}>
                        <p class="mode-name">{settingsWords(mode)} {mode === shown.mode && <Badge tone="info">{settingsWords('current')}</Badge>}</p>
                        <p class="soft small-text">{settingsWords(Says[mode])}</p>
                        {mode !== shown.mode && (
                            <ActButton class="small" disabled={rank > most} why={settingsWords('aboveMost')} onClick={() => confirm(modeQuestion(mode, shown, settings))}>
                                {settingsWords('modeAct')}
                            </ActButton>
                        )}
                    </li>
                ))}
            </ul>
            <p class="muted small-text">
                {settingsWords('modeNow', { most: settingsWords(shown.configured_mode) })}{' '}
                {set && settingsWords('modeSet', { mode: settingsWords(set.mode), by: set.by, at: dateTime(set.at), reason: set.reason })}
            </p>
        </>
    );
}

export function modeQuestion(mode: Mode, shown: Overview, settings: Settings | undefined): Question {
    const limit = (name: string): string => {
        const item = settings?.items.find(({ key }) => key.endsWith(`:${name}`));
        return item ? settingValue(item, item.value) : '?';
    };
    const figures = {
        threshold: shown.plan?.threshold === undefined ? '?' : percent(shown.plan.threshold), deviation: shown.plan?.deviation === undefined ? '?' : percent(shown.plan.deviation),
    };
    const says = mode === 'observe' ? settingsWords('toObserve', figures) : mode === 'approve' ? settingsWords('toApprove', figures)
        : settingsWords('toAuto', { ...figures, order: limit('MaxOrderNotional'), day: limit('MaxDailyNotional') });
    return {
        title: settingsWords('modeTitle', { mode: settingsWords(mode) }), act: settingsWords('modeAct'), tone: mode === 'auto' ? 'danger' : 'primary', reason: true,
        consequence: <><p><strong>{says}</strong></p><p>{shown.exchange === 'paper' ? settingsWords('play') : settingsWords('real')}</p></>,
        run: async (reason) => {
            await change('POST', '/mode', { mode, reason });
            await overview.reload();
        },
    };
}
