import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Overview } from '../api/types';
import { headline } from '../i18n/decisions';
import { shell } from '../i18n/shell';
import { line } from '../state/live';
import { overview } from '../state/overview';

/** Tells a screen reader what changed since it was last told: a new decision, a halt, a proposal, the line. The eye sees it in its place. */
export function Announcer(): JSX.Element {
    const [text, setText] = useState('');
    const told = useRef<{ overview: Overview | undefined; line: string }>({ overview: undefined, line: 'connecting' });
    const [shown, state] = [overview.data.value, line.value];
    useEffect(() => {
        const news = [...(told.current.overview && shown ? changesBetween(told.current.overview, shown) : []), ...lineNews(told.current.line, state)];
        told.current = { overview: shown, line: state };
        if (news.length > 0) setText(news.join('. '));
    }, [shown, state]);
    return <div class="unseen" role="status" aria-live="polite">{text}</div>;
}

function lineNews(before: string, after: string): string[] {
    return after === 'lost' && before !== 'lost' ? [shell('announceLost')] : after === 'live' && before === 'lost' ? [shell('announceBack')] : [];
}

export function changesBetween(before: Overview, after: Overview): string[] {
    const news: string[] = [];
    const [wasHalted, isHalted] = [before.trading.halt !== undefined, after.trading.halt !== undefined];
    if (wasHalted !== isHalted) news.push(isHalted ? shell('announceHalted') : shell('announceResumed'));
    if (after.trading.proposal && after.trading.proposal.tick !== before.trading.proposal?.tick) news.push(shell('announceProposal'));
    if (after.plan && after.plan.tick !== before.plan?.tick) {
        const says = headline(after.plan, after);
        if (says !== undefined) news.push(shell('newDecision', { headline: says }));
    }
    return news;
}
