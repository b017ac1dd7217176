import { describe, expect, it } from 'vitest';
import { decimal } from '../../src/api/decimal';
import { axisOf, waterfall, type ProfitParts } from '../../src/charts/waterfall';
import { add, compare } from '../../src/format/decimal';

const parts: ProfitParts = {
    start_value: decimal('1000.1'), value: decimal('1094.7034567890123456789'), change: decimal('94.6034567890123456789'),
    market: decimal('80.2'), rebalancing: decimal('-5.5965432109876543211'), fees: decimal('-1'), transfers: decimal('21'),
    corrections: decimal('0'), unproven: decimal('0'),
};

describe('the waterfall', () => {
    it('ends, bar upon bar, at the value that was stated, to the last digit', () => {
        const { bars, exact, residue, proven } = waterfall(parts);
        expect({ exact, residue, proven }).toEqual({ exact: true, residue: '0', proven: true });
        expect(compare(bars.at(-2)!.to, bars.at(-1)!.to)).toBe(0);
        bars.slice(1, -1).forEach((bar, index) => {
            expect(compare(bar.from, bars[index]!.to)).toBe(0);
            expect(compare(add(bar.from, bar.amount), bar.to)).toBe(0);
        });
    });

    it('would not have come out even in binary floating point', () => {
        const floats = [parts.start_value, parts.market, parts.rebalancing, parts.fees, parts.transfers].map(Number).reduce((a, b) => a + b, 0);
        expect(String(floats)).not.toBe(parts.value);
    });

    it('names gains, losses and nothing', () => {
        expect(waterfall(parts).bars.map((bar) => bar.kind)).toEqual(['total', 'gain', 'loss', 'loss', 'gain', 'none', 'none', 'total']);
    });

    it('says what does not add up instead of smoothing it over', () => {
        expect(waterfall({ ...parts, fees: decimal('-1.0000000000000000001') })).toMatchObject({ exact: false, residue: '-0.0000000000000000001' });
        expect(waterfall({ ...parts, change: decimal('94.6') }).exact).toBe(false);
        expect(waterfall({ ...parts, start_value: decimal('1000.2') })).toMatchObject({ exact: false, residue: '0.1' });
    });

    it('marks the unproven part, and the value that it is part of', () => {
        const doubtful = waterfall({ ...parts, unproven: decimal('3.5'), market: decimal('76.7') });
        expect(doubtful).toMatchObject({ exact: true, proven: false });
        expect(doubtful.bars.filter((bar) => bar.unproven).map((bar) => bar.key)).toEqual(['unproven', 'end']);
    });
});

describe('the axis of the waterfall', () => {
    it('begins at 0 where the changes are seen so', () => expect(axisOf([100, 180, 60])).toMatchObject({ low: 0, cut: false }));

    it('is cut, and says so, where they would not be', () => {
        const axis = axisOf(waterfall(parts).bars.map((bar) => Number(bar.to)));
        expect(axis.cut).toBe(true);
        expect(axis.low).toBeGreaterThan(900);
        expect(axis.low).toBeLessThan(1000);
    });

    it('shows what is below 0', () => expect(axisOf([10, -30]).low).toBe(-30));

    it('has some height when nothing changed', () => {
        const axis = axisOf([0, 0]);
        expect(axis.high).toBeGreaterThan(axis.low);
    });
});
