import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/api/problem';
import type { Page } from '../../src/api/types';
import { pagedList, withNewest } from '../../src/pages/history/pagedList';

/** A server with rows `1` to `newest`, newest first, `size` a page; its cursor is the last row that was given. */
class Rows {
    asked: (string | undefined)[] = [];
    broken = false;
    constructor(public newest: number, private readonly size = 3) {}

    readonly load = (before: string | undefined): Promise<Page<{ id: string }>> => {
        this.asked.push(before);
        if (this.broken) return Promise.reject(new Problem('offline', 0, 'down'));
        const from = before === undefined ? this.newest : Number(before) - 1;
        const ids = Array.from({ length: Math.max(0, Math.min(this.size, from)) }, (_, index) => String(from - index));
        const last = ids.at(-1);
        return Promise.resolve({ items: ids.map((id) => ({ id })), ...(last !== undefined && last !== '1' ? { next: last } : {}) });
    };
}

const listOf = (rows: Rows): ReturnType<typeof pagedList<{ id: string }>> => pagedList(rows.load, (row) => row.id);
const idsOf = (list: ReturnType<typeof listOf>): string => list.items.value.map((row) => row.id).join(' ');

describe('a list in pages', () => {
    it('loads page after page, without gaps or doubles, and knows its end', async () => {
        const list = listOf(new Rows(7));
        await list.more();
        expect(idsOf(list)).toBe('7 6 5');
        await list.more();
        await list.more();
        await list.more();
        expect(idsOf(list)).toBe('7 6 5 4 3 2 1');
        expect(list.whole.value).toBe(true);
    });

    it('asks one page at a time', async () => {
        const rows = new Rows(7);
        const list = listOf(rows);
        await Promise.all([list.more(), list.more(), list.more()]);
        expect(rows.asked).toEqual([undefined]);
    });

    it('puts new rows on top and keeps what has been scrolled through', async () => {
        const rows = new Rows(7);
        const list = listOf(rows);
        await list.more();
        await list.more();
        rows.newest = 9;
        await list.refresh();
        expect(idsOf(list)).toBe('9 8 7 6 5 4 3 2');
        await list.more();
        expect(idsOf(list)).toBe('9 8 7 6 5 4 3 2 1');
    });

    it('begins anew when so much has come that the two do not meet', async () => {
        const rows = new Rows(7);
        const list = listOf(rows);
        await list.more();
        rows.newest = 20;
        await list.refresh();
        expect(idsOf(list)).toBe('20 19 18');
        expect(list.whole.value).toBe(false);
        await list.more();
        expect(idsOf(list)).toBe('20 19 18 17 16 15');
    });

    it('keeps its rows when the next page cannot be had, says why, and goes on from there', async () => {
        const rows = new Rows(7);
        const list = listOf(rows);
        await list.more();
        rows.broken = true;
        await list.more();
        expect([idsOf(list), list.problem.value?.kind, list.loading.value]).toEqual(['7 6 5', 'offline', false]);
        rows.broken = false;
        await list.more();
        expect([idsOf(list), list.problem.value]).toEqual(['7 6 5 4 3 2', undefined]);
    });

    it('goes as far back as it must, and no further', async () => {
        const rows = new Rows(20);
        const list = listOf(rows);
        await list.until((all) => all.some((row) => row.id === '14'));
        expect(idsOf(list)).toBe('20 19 18 17 16 15 14 13 12');
        rows.broken = true;
        await list.until(() => false);
        expect(rows.asked.length).toBe(4);
    });

    it('drops an answer that was asked for before it began anew', async () => {
        const rows = new Rows(7);
        const list = listOf(rows);
        const old = list.more();
        rows.newest = 9;
        const fresh = list.restart();
        await Promise.all([old, fresh]);
        expect(idsOf(list)).toBe('9 8 7');
    });
});

describe('withNewest', () => {
    const id = (row: { id: number; state?: string }): string => String(row.id);

    it('takes a row that both have from the newest page', () => {
        expect(withNewest([{ id: 2, state: 'unknown' }, { id: 1 }], [{ id: 3 }, { id: 2, state: 'filled' }], id)).toEqual([{ id: 3 }, { id: 2, state: 'filled' }, { id: 1 }]);
    });

    it('says when there is something between them', () => expect(withNewest([{ id: 1 }], [{ id: 3 }], id)).toBeNull());
});
