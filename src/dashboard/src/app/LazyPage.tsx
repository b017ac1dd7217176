import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { shell } from '../i18n/shell';
import { Skeleton } from '../parts/Panel';
import NowPage from '../pages/now/NowPage';
import type { PageName } from './router';

type Loader = () => Promise<{ default: ComponentType }>;

/** Every page but Now is a file of its own, fetched when it is first opened. */
const loaders: Readonly<Record<Exclude<PageName, 'now'>, Loader>> = {
    history: () => import('../pages/history/HistoryPage'),
    books: () => import('../pages/books/BooksPage'),
    settings: () => import('../pages/settings/SettingsPage'),
    health: () => import('../pages/health/HealthPage'),
    paper: () => import('../pages/paper/PaperPage'),
};

const loaded = new Map<PageName, ComponentType>([['now', NowPage]]);

export function LazyPage({ name }: { name: PageName }): JSX.Element {
    const [, redraw] = useState(0);
    const [broken, setBroken] = useState(false);
    useEffect(() => {
        setBroken(false);
        if (name === 'now' || loaded.has(name)) return undefined;
        let gone = false;
        loaders[name]().then(
            (module) => {
                loaded.set(name, module.default);
                if (!gone) redraw((count) => count + 1);
            },
            () => { if (!gone) setBroken(true); });
        return () => { gone = true; };
    }, [name]);
    const Page = loaded.get(name);
    if (Page) return <Page />;
    if (!broken) return <Skeleton lines={6} />;
    return (
        <div class="note note-bad" role="alert">
            <span>{shell('pageBroken')}</span>
            <button type="button" class="button small" onClick={() => location.reload()}>{shell('reload')}</button>
        </div>
    );
}
