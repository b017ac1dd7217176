import { describe, expect, it } from 'vitest';
import { indexAt, offsetOf, scrollTo, windowOf } from '../../src/pages/history/window';

describe('windowOf', () => {
    it.each([
        // count, scroll, viewport → first, end, top
        [3000, 0, 400, 0, 13, 0],
        [3000, 4000, 400, 98, 113, 3920],
        [3000, 119_600, 400, 2988, 3000, 119_520],
        [5, 0, 400, 0, 5, 0],
        [0, 0, 400, 0, 0, 0],
    ])('of %d rows scrolled by %d in %d px', (count, scroll, viewport, first, end, top) => {
        expect(windowOf(count, 40, scroll, viewport, null, 2)).toEqual({ first, end, top, height: count * 40 });
    });

    it('draws the same few rows however many there are', () => {
        const drawn = [100, 10_000, 1_000_000].map(count => windowOf(count, 40, 1000, 400, null));
        expect(new Set(drawn.map(({ first, end }) => end - first)).size).toBe(1);
    });

    it('stays inside when the browser scrolls over an end, or the list has become shorter', () => {
        expect(windowOf(20, 40, -90, 400, null, 0)).toMatchObject({ first: 0, top: 0 });
        expect(windowOf(20, 40, 9999, 400, null, 0)).toMatchObject({ end: 20, first: 10 });
    });

    it('covers the viewport at every scroll position, with a row open or not', () => {
        for (const open of [null, { index: 7, extra: 333 }, { index: 0, extra: 90 }, { index: 99, extra: 1000 }])
            for (let scroll = 0; scroll <= offsetOf(100, 40, open) - 400; scroll += 17) {
                const { first, end, top } = windowOf(100, 40, scroll, 400, open, 0);
                expect(top).toBeLessThanOrEqual(scroll);
                expect(offsetOf(end, 40, open)).toBeGreaterThanOrEqual(scroll + 400);
                expect(first).toBeGreaterThanOrEqual(0);
            }
    });
});

it('puts what is open between its row and the next', () => {
    const open = { index: 2, extra: 100 };
    expect([1, 2, 3, 4].map(index => offsetOf(index, 40, open))).toEqual([40, 80, 220, 260]);
    expect([0, 79, 80, 119, 150, 219, 220, 260].map(offset => indexAt(offset, 40, open))).toEqual([0, 1, 2, 2, 2, 2, 3, 4]);
});

it('scrolls no further than a row needs', () => {
    expect(scrollTo(3, 40, 200, 400, null)).toBe(120);
    expect(scrollTo(7, 40, 200, 400, null)).toBe(200);
    expect(scrollTo(20, 40, 200, 400, null)).toBe(440);
});
