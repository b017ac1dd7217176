import { signal } from '@preact/signals';

export const Pages = ['now', 'history', 'books', 'settings', 'health', 'paper'] as const;
export type PageName = (typeof Pages)[number];

export interface Route {
    page: PageName;
    /** What stands behind the page's name: `#/history?tick=abc` has `tick`. */
    params: URLSearchParams;
}

/** The server serves one page only: where one is stands behind the hash. An unknown page is Now. */
export function readRoute(hash: string): Route {
    const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
    const page = Pages.find((name) => name === path) ?? 'now';
    return { page, params: new URLSearchParams(search) };
}

export const route = signal<Route>(readRoute(location.hash));

export function startRouter(): void {
    addEventListener('hashchange', () => { route.value = readRoute(location.hash); });
}

export function hrefOf(page: PageName, params: Readonly<Record<string, string>> = {}): string {
    const search = new URLSearchParams(params).toString();
    return `#/${page}${search === '' ? '' : `?${search}`}`;
}

export function go(page: PageName, params: Readonly<Record<string, string>> = {}): void {
    location.hash = hrefOf(page, params);
}

/** Changes what stands behind the page's name without a new step in the browser's history. */
export function replaceParams(params: Readonly<Record<string, string>>): void {
    history.replaceState(null, '', hrefOf(route.value.page, params));
    route.value = readRoute(location.hash);
}
