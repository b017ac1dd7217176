import { describe, expect, it } from 'vitest';
import { decimal } from '../src/api/decimal';
import { plateOf } from '../src/app/plate';
import { changesBetween } from '../src/app/Announcer';
import { hrefOf, readRoute } from '../src/app/router';
import { bandOf, isWhole, legsOf, placeOf } from '../src/pages/now/band';
import { fenceOf, fenceRatio, sharesAround } from '../src/pages/now/fence';
import { sparkOf } from '../src/pages/now/Sparkline';
import { faultBody, fits } from '../src/pages/paper/FaultButtons';
import { runtimeOf, sameSettings, settingValue } from '../src/pages/settings/settingText';
import { plainOverview, sampleProposal, sampleSettings } from './samples';

const { plan } = plainOverview();

describe('the plate', () => {
    it.each([['paper', 'auto', 'paper'], ['paper', 'observe', 'paper'], ['mexc', 'observe', 'observe'], ['mexc', 'approve', 'approve'], ['mexc', 'auto', 'live']] as const)(
        '%s in mode %s is %s', (exchange, mode, plate) => expect(plateOf(exchange, mode)).toBe(plate));
});

describe('the balance', () => {
    it('has both legs off by the same amount, exactly', () => {
        if (!isWhole(plan)) throw new Error('the sample is whole');
        expect(legsOf(plan)).toEqual({ quoteTarget: '490', baseOff: '10', quoteOff: '-10' });
    });
    it('has the band around the target, and what lies outside in sight', () => {
        if (!isWhole(plan)) throw new Error('the sample is whole');
        const band = bandOf(plan);
        expect(band).toMatchObject({ target: 0.5, low: 0.49, high: 0.51, inside: false, from: 0.48, to: 0.52 });
        expect(placeOf(0.5, band)).toBeCloseTo(50);
        const far = bandOf({ ...plan, base_value: decimal('882') });
        expect(placeOf(far.share, far)).toBeLessThan(100);
        expect(far.inside).toBe(false);
        expect(bandOf({ ...plan, base_value: decimal('494') }).inside).toBe(true);
    });
    it('of a failed plan is not drawn', () => {
        expect(isWhole(undefined)).toBe(false);
        expect(isWhole({ ...plan!, total_value: decimal('0') })).toBe(false);
    });
});

describe('the sparkline', () => {
    it('spreads by time and lies flat in the middle', () => {
        const at = (minute: number, v: string): { t: string; v: ReturnType<typeof decimal> } => ({ t: new Date(minute * 60_000).toISOString(), v: decimal(v) });
        expect(sparkOf([at(0, '5'), at(10, '5')]).points).toEqual([{ x: 0, y: 50 }, { x: 100, y: 50 }]);
        const spark = sparkOf([at(0, '10'), at(10, '20'), at(40, '15')]);
        expect(spark.points.map(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual([[0, 96], [25, 4], [100, 50]]);
        expect([spark.lowest, spark.highest]).toEqual([0, 1]);
        expect(sparkOf([]).points).toEqual([]);
    });
});

describe('a proposal', () => {
    it('is fenced by the setting', () => {
        const ratio = fenceRatio(sampleSettings());
        expect(ratio).toBe('0.01');
        expect(fenceRatio(undefined)).toBeUndefined();
        expect(fenceOf(sampleProposal, ratio!, decimal('0.0505'))).toEqual({ low: '0.0495', high: '0.0505', inside: true });
        expect(fenceOf(sampleProposal, ratio!, decimal('0.050501')).inside).toBe(false);
    });
    it('moves the share', () => {
        expect(sharesAround(plan, sampleProposal)).toEqual({ before: 500 / 980, after: 0.5 });
        expect(sharesAround(plan, { ...sampleProposal, side: 'BUY' })?.after).toBeCloseTo(510 / 980);
        expect(sharesAround(undefined, sampleProposal)).toBeUndefined();
    });
});

describe('what a screen reader is told', () => {
    it('is what changed, and nothing else', () => {
        const before = plainOverview();
        expect(changesBetween(before, { ...before, version_tag: 'v2' })).toEqual([]);
        expect(changesBetween(before, plainOverview({ halt: { by: 'x', reason: 'y' }, proposal: sampleProposal }))).toEqual(['Trading is halted', 'An order waits for your approval']);
        expect(changesBetween(before, { ...before, plan: { ...plan!, tick: 't2' } })[0]).toMatch(/^New tick: Sell/);
    });
});

describe('the address', () => {
    it('leads to a page, with what stands behind it', () => {
        expect(readRoute('#/history?tick=15-min-job%2F2026')).toMatchObject({ page: 'history' });
        expect(readRoute('#/history?tick=15-min-job%2F2026').params.get('tick')).toBe('15-min-job/2026');
        expect([readRoute('').page, readRoute('#/nowhere').page, readRoute('#/paper').page]).toEqual(['now', 'now', 'paper']);
        expect(readRoute(hrefOf('history', { tick: 'a/b c' })).params.get('tick')).toBe('a/b c');
    });
});

describe('settings', () => {
    it('that are emptied go back to the configuration', () => {
        expect(runtimeOf({ threshold: ' 2% ', sides: '', min_notional: '  ' })).toEqual({ threshold: '2%' });
        expect([sameSettings({ a: '1' }, { a: '1' }), sameSettings({ a: '1' }, { a: '2' }), sameSettings({}, { a: '1' })]).toEqual([true, false, false]);
    });
    it('are shown by their kind', () => {
        expect(settingValue({ kind: 'ratio' }, '0.01')).toBe('1\u202f%');
        expect(settingValue({ kind: 'amount', unit: 'USDT' }, '5')).toBe('5\u00a0USDT');
        expect([settingValue({ kind: 'boolean' }, 'true'), settingValue({ kind: 'text' }, undefined)]).toEqual(['yes', 'none']);
    });
});

describe('a fault', () => {
    const factor = { says: 'factor', least: decimal('0.01'), most: decimal('0.99'), usual: decimal('0.7'), whole: false };
    it('takes a number in its range', () => {
        expect(['', '0.7', '0.99', '1', 'x', '-1'].map((text) => fits(factor, text))).toEqual([true, true, true, false, false, false]);
        expect([fits(undefined, ''), fits(undefined, '1'), fits({ ...factor, whole: true, most: decimal('9') }, '1.5')]).toEqual([true, false, false]);
        const { usual: _, ...needed } = factor;
        expect(fits(needed, '')).toBe(false);
    });
    it('is sent with the number as it was typed', () => {
        expect(faultBody('crash', '0.70', 900)).toBe('{"kind":"crash","argument":0.70,"for_seconds":900}');
        expect(faultBody('drop', '', undefined)).toBe('{"kind":"drop"}');
    });
});
