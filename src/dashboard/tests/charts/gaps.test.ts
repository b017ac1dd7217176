import { describe, expect, it } from 'vitest';
import { nearest, usualDistance, withGaps } from '../../src/charts/gaps';

const at = (...times: number[]) => times.map((time) => ({ time }));

describe('withGaps', () => {
    it('leaves an even row alone', () => {
        const points = at(0, 900, 1800, 2760);
        expect(withGaps(points)).toEqual({ slots: points, breaks: new Set() });
    });

    it('keeps the measure of time over an outage', () => {
        const { slots, breaks } = withGaps(at(0, 900, 1800, 5400, 6300));
        expect(slots.map((slot) => slot.time)).toEqual([0, 900, 1800, 2700, 3600, 4500, 5400, 6300]);
        expect([...breaks]).toEqual([5400]);
    });

    it('copes with nothing and with one', () => {
        expect(withGaps([]).slots).toEqual([]);
        expect(withGaps(at(5)).slots).toEqual(at(5));
    });
});

it('takes the median for the usual distance', () => {
    expect(usualDistance(at(0, 900, 1800, 90_000))).toBe(900);
    expect(usualDistance(at(7))).toBe(900);
    expect(usualDistance(at(0, 1, 2))).toBe(60);
});

it.each([[-5, 0], [0, 0], [449, 0], [450, 0], [451, 1], [899, 1], [1700, 2], [99_999, 2]])('finds the point nearest to %d', (time, index) => {
    expect(nearest(at(0, 900, 1800), time)).toBe(index);
    expect(nearest([], time)).toBe(-1);
});
