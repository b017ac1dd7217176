import { render } from 'preact';
import type { ComponentChildren } from 'preact';
import { afterEach, describe, expect, it } from 'vitest';
import { decimal } from '../src/api/decimal';
import { haltQuestion, resumeQuestion } from '../src/app/haltQuestion';
import { language } from '../src/i18n/language';
import { approveQuestion, rejectQuestion } from '../src/pages/now/ProposalCard';
import { consequenceOf } from '../src/pages/now/tickQuestion';
import { resultWords } from '../src/pages/now/TickResult';
import { unprovenWords } from '../src/pages/now/Verdict';
import { modeQuestion } from '../src/pages/settings/ModeCard';
import { changedLines, saveQuestion } from '../src/pages/settings/saveQuestion';
import { serverAhead } from '../src/state/clock';
import { Moment, plainOverview, samplePreview, sampleOverview, sampleProposal, sampleSettings } from './samples';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

function textOf(children: ComponentChildren): string {
    const place = document.createElement('div');
    render(<>{children}</>, place);
    return plain([...place.querySelectorAll('p, li')].map((part) => part.textContent).join(' | '));
}

afterEach(() => { language.value = 'en'; });

describe('the question before a change says in figures what will follow', () => {
    it('halt', () => {
        const question = haltQuestion(plainOverview({ proposal: sampleProposal }));
        expect(textOf(question.consequence)).toBe('From this moment no order leaves. Open orders of Ballast are cancelled. Ticks go on planning and keeping the books.'
            + ' | Today: 3 orders, 48.27 USDT traded. The portfolio stands at 980.00 USDT.'
            + ' | The waiting Sell of 200 QRL cannot be carried out while trading is halted.');
        expect(question.reason).toBe(true);
    });
    it('halt, before anything is known', () => {
        expect(textOf(haltQuestion(undefined).consequence)).toContain('no order leaves');
    });
    it('resume', () => {
        serverAhead.value = Moment - Date.now();
        const halt = { since: '2026-11-26T11:18:00Z', by: 'operator', reason: 'a jump' };
        expect(textOf(resumeQuestion(plainOverview({ halt })).consequence)).toMatch(
            /^Halted for 4[67] min \d\d? sec by operator: a jump \| Mode auto: the next tick trades again by itself when the deviation reaches 1 %. It is 1.02 % now.$/);
        expect(textOf(resumeQuestion(plainOverview({}, { mode: 'observe' })).consequence)).toBe('Mode observe: nothing is traded all the same.');
        serverAhead.value = 0;
    });
    it('approve', () => {
        expect(textOf(approveQuestion(plainOverview(), sampleProposal, 'USDT').consequence)).toMatch(
            /^Sell 200 QRL, about 10.00 USDT at 0.05 USDT. \| QRL 51.02 % → 50 % of the value \| A tick runs at once.* \| This is play money on the paper exchange.$/);
        expect(textOf(approveQuestion(plainOverview({}, { exchange: 'mexc' }), sampleProposal, 'USDT').consequence)).toContain('This is real money.');
    });
    it('reject', () => {
        expect(textOf(rejectQuestion(plainOverview(), sampleProposal).consequence)).toBe(
            'Sell 200 QRL, about 10.00 USDT, is not carried out. The portfolio stays 1.02 % off target; the next tick may propose anew.');
    });
    it.each([
        ['auto', {}, 'Mode auto: if the deviation reaches 1 %, an order leaves at once. It was 1.02 % at the last tick, 10.00 USDT.'],
        ['approve', {}, 'Mode approve: if the deviation reaches 1 %, an order is proposed to you. It was 1.02 % at the last tick.'],
        ['observe', {}, 'Mode observe: no order leaves.'],
        ['auto', { halt: { by: 'x', reason: 'y' } }, 'Trading is halted: no order leaves.'],
    ] as const)('a tick now, mode %s %o', (mode, trading, words) => {
        expect(plain(consequenceOf(plainOverview(trading, { mode })))).toBe(words);
    });
    it('the mode', () => {
        const question = modeQuestion('auto', plainOverview({}, { mode: 'approve', exchange: 'mexc' }), sampleSettings());
        expect(textOf(question.consequence)).toBe('From the next tick on orders leave by themselves when the deviation reaches 1 %; it is 1.02 % now.'
            + ' At most 100 USDT an order and 500 USDT a day. | This is real money.');
        expect(textOf(modeQuestion('observe', plainOverview(), undefined).consequence)).toContain('stays 1.02 % off target');
    });
    it('settings', () => {
        const wanted = { threshold: '2%' };
        expect(changedLines(sampleSettings({ min_notional: '7' }), wanted).map(plain)).toEqual(['Threshold: 1 % → 2%', 'Minimum amount: 7 USDT → 5 USDT']);
        const question = saveQuestion(sampleSettings(), { threshold: '0.02' }, samplePreview({ threshold: '0.02' }), 'USDT', () => undefined);
        expect(textOf(question.consequence)).toBe('Threshold: 1 % → 2 %'
            + ' | On the last 2,880 ticks this would have made 11 trades instead of 40, and 0.12 USDT of fees instead of 0.24 USDT.'
            + ' | The latest tick would have decided: Hold. | It counts from the next tick on.');
    });
    it('in Chinese, too', () => {
        language.value = 'zh-TW';
        expect(textOf(haltQuestion(plainOverview()).consequence)).toContain('今天：3 筆委託，成交 48.27 USDT。投資組合現值 980.00 USDT。');
    });
});

describe('what is told after the fact', () => {
    it('of a tick that was run', () => {
        const { plan, ...shown } = plainOverview();
        const answer = { status: 'success', task: '', auth: '', tick: '', mode: 'auto', timestamp: '', duration_ms: decimal('41'), rebalance: plan! } as const;
        expect(plain(resultWords(answer, { ...shown, plan: plan! }))).toBe('Sell 200 QRL: 1.02 % from target, threshold 1 %; 10.00 USDT, minimum 5. No order.');
        expect(resultWords({ ...answer, rebalance: { status: 'error', error: 'the exchange is down' }, alert: 'trading is halted: 3 failures' }, shown))
            .toBe('The tick made no decision: the exchange is down No order. trading is halted: 3 failures');
    });
    it('of books that do not balance', () => {
        expect(plain(unprovenWords(sampleOverview({ unproven: true })))).toBe('The account holds 120.5 QRL more than the books explain');
        const { books } = sampleOverview({ unproven: true });
        expect(plain(unprovenWords({ base: 'QRL', quote: 'USDT', books: { ...books!, unproven_base: decimal('0'), unproven_quote: decimal('0'), unproven_reason: 'a gap' } })))
            .toBe('a gap');
    });
});
