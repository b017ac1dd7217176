import type { JSX } from 'preact';
import { shell } from '../i18n/shell';
import { concerns } from '../state/concerns';
import { overview } from '../state/overview';
import { hrefOf, Pages, route, type PageName } from './router';

/** Each a path of strokes in a square of 24. */
const Icons: Readonly<Record<PageName, string>> = {
    now: 'M4 14a8 8 0 1 1 16 0M12 14l4-5M4 19h16',
    history: 'M4 19V5M4 19h16M7 15l4-5 3 3 5-7',
    books: 'M5 4h10a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3ZM5 17a3 3 0 0 1 3-3h10M9 8h5',
    settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
    health: 'M3 12h4l2-6 4 12 2-6h6',
    paper: 'M6 3h9l4 4v14H6ZM14 3v5h5M9 13h7M9 17h5',
};

export function Nav(): JSX.Element {
    const current = route.value.page;
    const isPaper = overview.data.value?.exchange !== 'mexc';
    return (
        <nav class="nav" aria-label={shell('pages')}>
            <ul class="nav-list">
                {Pages.filter((page) => page !== 'paper' || isPaper).map((page) => (
                    <li key={page}>
                        <a class="nav-link" href={hrefOf(page)} {...(page === current ? { 'aria-current': 'page' } : {})}>
                            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={Icons[page]} /></svg>
                            <span>{shell(page)}</span>
                            {page === 'now' && concerns.value.length > 0 && (
                                <span class="nav-count"><span aria-hidden="true">{concerns.value.length}</span><span class="unseen">{shell('concerns', { count: concerns.value.length })}</span></span>
                            )}
                        </a>
                    </li>
                ))}
            </ul>
        </nav>
    );
}
