import type { JSX } from 'preact';
import type { Mode, Overview } from '../api/types';
import { clock, duration, exactTime } from '../format/dates';
import { shell } from '../i18n/shell';
import { ActButton } from '../parts/ActButton';
import { Badge } from '../parts/Badge';
import { confirm } from '../parts/Confirm';
import { now, serverNow } from '../state/clock';
import { line, lostSince } from '../state/live';
import { overview } from '../state/overview';
import { LateMs, nextTick } from '../state/schedule';
import { session, signOut } from '../state/session';
import { haltQuestion, resumeQuestion } from './haltQuestion';
import { LanguageSwitch } from './LanguageSwitch';
import { plateOf } from './plate';

/** Always in sight: what is at stake, whether it runs, when it last looked and will look next, whether the books hold, and the way to stop it. */
export function Header(): JSX.Element {
    const shown = overview.data.value;
    const halted = shown?.trading.halt !== undefined;
    return (
        <header class={`header ${halted ? 'header-halted' : ''}`}>
            <div class="header-row">
                <a class="brand" href="#/now" aria-label="Ballast"><Brand /><span class="brand-name">Ballast</span></a>
                {shown && <ModePlate shown={shown} />}
                {shown && <Standing shown={shown} />}
                {session.value?.signed_in && session.value.role === 'reader' && <Badge tone="quiet">{shell('reader')}</Badge>}
                <div class="header-vitals">{shown && <Facts shown={shown} />}</div>
                <div class="header-acts">
                    <LanguageSwitch />
                    <button type="button" class="button quiet icon-button" aria-label={shell('signOut')} title={shell('signOut')} onClick={() => void leave()}>
                        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M14 4H6v16h8M10 12h10M17 8l4 4-4 4" /></svg>
                    </button>
                    {halted && shown
                        ? <ActButton class="button-primary" onClick={() => confirm(resumeQuestion(shown))}>{shell('resume')}</ActButton>
                        : <ActButton class="button-halt" onClick={() => confirm(haltQuestion(shown))}><span class="stop" aria-hidden="true" />{shell('halt')}</ActButton>}
                </div>
            </div>
        </header>
    );
}

function Standing({ shown }: { shown: Overview }): JSX.Element {
    if (shown.trading_error !== undefined) return <Badge tone="bad" title={shown.trading_error}>{shell('standingUnknown')}</Badge>;
    return shown.trading.halt ? <Badge tone="bad">{shell('halted')}</Badge> : <Badge tone="good">{shell('running')}</Badge>;
}

async function leave(): Promise<void> {
    await signOut();
    // Nothing of what was shown stays in memory.
    location.reload();
}

function Brand(): JSX.Element {
    return (
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" /><path class="brand-hull" d="M7 19h18a9 9 0 0 1-18 0Z" /><path class="brand-mast" d="M16 6v10M11 11h10" />
        </svg>
    );
}

export function modeWord(mode: Mode): string {
    return mode === 'observe' ? shell('modeObserve') : mode === 'approve' ? shell('modeApprove') : shell('modeAuto');
}

function ModePlate({ shown }: { shown: Overview }): JSX.Element {
    const plate = plateOf(shown.exchange, shown.mode);
    const [word, means] = plate === 'paper' ? [shell('platePaper'), shell('meansPaper', { mode: modeWord(shown.mode) })]
        : plate === 'observe' ? [shell('plateObserve'), shell('meansObserve')]
        : plate === 'approve' ? [shell('plateApprove'), shell('meansApprove')]
        : [shell('plateLive'), shell('meansLive')];
    return (
        <span class={`plate plate-${plate}`} title={means}>
            <span class="plate-word">{word}</span>
            {plate === 'paper' && <span class="plate-mode">{modeWord(shown.mode)}</span>}
            <span class="unseen">{means}</span>
        </span>
    );
}

function Facts({ shown }: { shown: Overview }): JSX.Element {
    return (
        <ul class="vitals" aria-label={shell('status')}>
            <li class={shown.stale ? 'vital vital-bad' : 'vital'}>
                <span class="vital-name">{shell('lastTick')}</span>
                {shown.last_tick ? <Since at={shown.last_tick.timestamp} /> : <span>{shell('noTick')}</span>}
            </li>
            <li class="vital"><span class="vital-name">{shell('nextTick')}</span><Next shown={shown} /></li>
            <li class="vital"><BooksBadge shown={shown} /></li>
            <li class="vital"><Line /></li>
        </ul>
    );
}

function Since({ at }: { at: string }): JSX.Element {
    return <time dateTime={at} title={exactTime(at)}>{shell('ago', { time: duration(serverNow() - Date.parse(at)) })}</time>;
}

function Next({ shown }: { shown: Overview }): JSX.Element {
    const next = nextTick(shown, serverNow());
    if (!next) return <span>–</span>;
    const text = next.lateMs > LateMs ? shell('overdue', { time: duration(next.lateMs) }) : next.lateMs >= 0 ? shell('due') : shell('in', { time: duration(-next.lateMs) });
    return (
        <time class={next.lateMs > LateMs ? 'vital-late' : ''} dateTime={new Date(next.at).toISOString()} title={exactTime(new Date(next.at))}>
            {text}{!next.known && ` (${shell('expected')})`}
        </time>
    );
}

function BooksBadge({ shown }: { shown: Overview }): JSX.Element {
    if (shown.books_error !== undefined) return <a href="#/books"><Badge tone="bad" title={shown.books_error}>{shell('booksError')}</Badge></a>;
    if (!shown.books) return <Badge tone="quiet">{shell('booksNone')}</Badge>;
    return (
        <a class="badge-link" href="#/books">
            {shown.books.books === 'balanced' ? <Badge tone="good">{shell('booksBalanced')}</Badge>
                : <Badge tone="bad" {...(shown.books.unproven_reason === undefined ? {} : { title: shown.books.unproven_reason })}>{shell('booksUnproven')}</Badge>}
        </a>
    );
}

function Line(): JSX.Element {
    const since = lostSince.value;
    if (line.value === 'live') return <span class="line line-live" title={clock(new Date(now.value), true)}><span class="line-dot" aria-hidden="true" />{shell('live')}</span>;
    if (since === undefined) return <span class="line"><span class="line-dot" aria-hidden="true" />{shell('connecting')}</span>;
    return <span class="line line-lost"><span class="line-dot" aria-hidden="true" />{shell('lost', { time: duration(now.value - since) })}</span>;
}
