import { signal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { get } from '../api/client';
import { AllChanges, type Change } from '../api/events';
import { Problem } from '../api/problem';
import { onChange } from './live';
import { sessionEnded } from './session';

/** Something the server shows: what it last said, whether it is being asked, and why it could not be had. */
export interface Resource<T> {
    /** The last good answer; kept while a newer one is awaited or has failed. */
    readonly data: ReadonlySignal<T | undefined>;
    readonly problem: ReadonlySignal<Problem | undefined>;
    readonly loading: ReadonlySignal<boolean>;
    /** When `data` came, in ms since 1970. */
    readonly at: ReadonlySignal<number | undefined>;
    reload(): Promise<void>;
}

/** Going back to a page shows at once what it showed; a fresh answer follows. */
const kept = new Map<string, { value: unknown; at: number }>();

export function forgetAll(): void {
    kept.clear();
}

/** @param load asks the server; by default GET `path`. Failures other than {@link Problem} are bugs and are thrown on. */
export function createResource<T>(path: string, load: (path: string) => Promise<T> = get): Resource<T> {
    const known = kept.get(path) as { value: T; at: number } | undefined;
    const data = signal<T | undefined>(known?.value);
    const at = signal<number | undefined>(known?.at);
    const problem = signal<Problem | undefined>(undefined);
    const loading = signal(false);
    let newest = 0;
    const reload = async (): Promise<void> => {
        const mine = ++newest;
        loading.value = true;
        try {
            const value = await load(path);
            if (mine !== newest) return;
            data.value = value;
            at.value = Date.now();
            problem.value = undefined;
            kept.set(path, { value, at: at.value });
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (mine !== newest) return;
            problem.value = error;
            if (error.kind === 'signed-out') sessionEnded();
        } finally {
            if (mine === newest) loading.value = false;
        }
    };
    return { data, at, problem, loading, reload };
}

/**
 * What GET `path` answers, asked again whenever one of `changes` happens; another path begins anew. `path` undefined asks nothing.
 * Hand the result to a Panel, which shows its loading, empty, stale and error states.
 */
export function useResource<T>(path: string | undefined, changes: readonly Change[] = AllChanges): Resource<T> {
    const resource = useMemo(() => createResource<T>(path ?? ''), [path]);
    const key = changes.join();
    useEffect(() => {
        if (path === undefined) return undefined;
        void resource.reload();
        return onChange((what) => { if (what.some((change) => changes.includes(change))) void resource.reload(); });
    }, [resource, path, key]);
    return resource;
}
