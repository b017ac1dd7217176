import { signal, type ReadonlySignal } from '@preact/signals';
import { Problem } from '../../api/problem';
import type { Page } from '../../api/types';
import { sessionEnded } from '../../state/session';

/** A list that the server hands out in pages, newest first. */
export interface PagedList<T> {
    readonly items: ReadonlySignal<readonly T[]>;
    readonly loading: ReadonlySignal<boolean>;
    /** Why the last page could not be had; the rows before it stay. */
    readonly problem: ReadonlySignal<Problem | undefined>;
    /** Everything there is has been loaded. */
    readonly whole: ReadonlySignal<boolean>;
    /** At least one page has come. */
    readonly begun: ReadonlySignal<boolean>;
    /** The next page; one at a time. */
    more(): Promise<void>;
    /** What has come since, put on top. */
    refresh(): Promise<void>;
    /** Forgets everything and begins anew. */
    restart(): Promise<void>;
    /** Pages until `enough` says so of all rows, or there is nothing more. */
    until(enough: (items: readonly T[]) => boolean): Promise<void>;
}

/** @param load asks for the page behind a cursor; without one for the newest. Failures other than {@link Problem} are bugs and are thrown on. */
export function pagedList<T>(load: (before: string | undefined) => Promise<Page<T>>, idOf: (item: T) => string): PagedList<T> {
    const items = signal<readonly T[]>([]);
    const [loading, whole, begun] = [signal(false), signal(false), signal(false)];
    const problem = signal<Problem | undefined>(undefined);
    let cursor: string | undefined;
    let era = 0;

    const ask = async (before: string | undefined, take: (page: Page<T>) => void): Promise<void> => {
        const mine = era;
        loading.value = true;
        try {
            const page = await load(before);
            if (mine !== era) return;
            take(page);
            problem.value = undefined;
            begun.value = true;
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (mine !== era) return;
            problem.value = error;
            if (error.kind === 'signed-out') sessionEnded();
        } finally {
            if (mine === era) loading.value = false;
        }
    };

    const begin = (page: Page<T>): void => {
        items.value = page.items;
        cursor = page.next;
        whole.value = page.next === undefined;
    };

    const more = async (): Promise<void> => {
        if (loading.value || whole.value) return;
        await ask(cursor, (page) => {
            if (cursor === undefined) return begin(page);
            const known = new Set(items.value.map(idOf));
            items.value = [...items.value, ...page.items.filter((item) => !known.has(idOf(item)))];
            cursor = page.next;
            whole.value = page.next === undefined;
        });
    };

    const refresh = async (): Promise<void> => {
        if (loading.value) return;
        if (!begun.value) return more();
        await ask(undefined, (page) => {
            const merged = withNewest(items.value, page.items, idOf);
            if (merged) items.value = merged;
            else begin(page);
            if (items.value.length === page.items.length) whole.value = page.next === undefined;
        });
    };

    const restart = async (): Promise<void> => {
        era++;
        [items.value, loading.value, whole.value, begun.value, cursor] = [[], false, false, false, undefined];
        await more();
    };

    const until = async (enough: (items: readonly T[]) => boolean): Promise<void> => {
        const mine = era;
        while (mine === era && !whole.value && !enough(items.value)) {
            const before = items.value.length;
            await more();
            if (problem.value || items.value.length === before) return;
        }
    };

    return { items, loading, problem, whole, begun, more, refresh, restart, until };
}

/**
 * The rows with the newest page on top of them. A row that both have is taken from the page, because what became of an order may have
 * changed. Null when the two do not meet: then something stands between them that is not known, and the list has to begin anew.
 */
export function withNewest<T>(known: readonly T[], newest: readonly T[], idOf: (item: T) => string): readonly T[] | null {
    if (known.length === 0) return newest;
    const fresh = new Set(newest.map(idOf));
    const meets = known.some((item) => fresh.has(idOf(item)));
    return meets ? [...newest, ...known.filter((item) => !fresh.has(idOf(item)))] : null;
}
