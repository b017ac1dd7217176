import type { JSX } from 'preact';

export function Header(): JSX.Element {
    return <header class="header"><span class="brand">Ballast</span></header>;
}
