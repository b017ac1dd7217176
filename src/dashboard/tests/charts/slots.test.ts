import { describe, expect, it } from 'vitest';
import { nearest, slotsOf, usualDistance } from '../../src/charts/slots';

const at = (...times: number[]): { time: number }[] => times.map((time) => ({ time }));
const every = (seconds: number, count: number, from = 0): { time: number }[] => at(...Array.from({ length: count }, (_, index) => from + index * seconds));

describe('slotsOf', () => {
    it('leaves an even row alone, a little early and late as ticks are', () => {
        const points = at(0, 900, 1801, 2699, 3600);
        expect(slotsOf(points)).toEqual({ slots: points, breaks: new Set() });
    });

    it('keeps the measure of time over an outage, and says where it ends', () => {
        const { slots, breaks } = slotsOf(at(0, 900, 1800, 5400, 6300));
        expect(slots.map((slot) => slot.time)).toEqual([0, 900, 1800, 2700, 3600, 4500, 5400, 6300]);
        expect([...breaks]).toEqual([5400]);
    });

    it('gives an hour four times the width of a quarter, where a curve has both', () => {
        const points = [...every(3600, 40), ...every(900, 100, 40 * 3600)];
        const { slots, breaks } = slotsOf(points);
        const places = new Map(slots.map((slot, place) => [slot.time, place]));
        expect(places.get(2 * 3600)! - places.get(3600)!).toBe(4);
        expect(places.get(40 * 3600 + 900)! - places.get(40 * 3600)!).toBe(1);
        expect(breaks.size).toBe(0);
    });

    it('knows an outage by what is around it: five hours among hours, one among quarters', () => {
        const points = [...every(3600, 10), ...every(3600, 10, 15 * 3600), ...every(900, 20, 25 * 3600), ...every(900, 20, 25 * 3600 + 24 * 900)];
        expect([...slotsOf(points).breaks]).toEqual([15 * 3600, 25 * 3600 + 24 * 900]);
    });

    it('does not drift when the distance is not quite round', () => {
        const { slots } = slotsOf(at(...Array.from({ length: 2000 }, (_, index) => index * 900 + (index % 3 === 0 ? 0 : 1))));
        expect(slots).toHaveLength(2000);
    });

    it('has no more slots than asked for, and keeps first and last', () => {
        const points = every(900, 10_000);
        const { slots, breaks } = slotsOf(points, 1000);
        expect(slots.length).toBeLessThanOrEqual(1002);
        expect(slots.at(-1)).toBe(points.at(-1));
        expect(breaks.size).toBe(0);
        expect(new Set(slots.map((slot) => slot.time)).size).toBe(slots.length);
    });

    it('copes with nothing and with one', () => {
        expect(slotsOf([]).slots).toEqual([]);
        expect(slotsOf(at(5)).slots).toEqual(at(5));
    });
});

it('finds what distance is usual', () => {
    const points = at(0, 900, 1800, 90_000);
    expect(usualDistance(points)).toBe(900);
    expect(usualDistance(at(7))).toBe(900);
});

it.each([[-5, 0], [0, 0], [449, 0], [450, 0], [451, 1], [899, 1], [1700, 2], [99_999, 2]])('finds the point nearest to %d', (time, index) => {
    expect(nearest(at(0, 900, 1800), time)).toBe(index);
    expect(nearest([], time)).toBe(-1);
});
