import { signal } from '@preact/signals';

/** Now, once a second while the page is visible: what ticks on the page reads it. */
export const now = signal(Date.now());

/** How far the server's clock is ahead of this one's, in ms: times of the server are compared with the server's now. */
export const serverAhead = signal(0);

export function serverNow(): number {
    return now.value + serverAhead.value;
}

export function startClock(): void {
    const tick = () => { if (!document.hidden) now.value = Date.now(); };
    setInterval(tick, 1_000);
    document.addEventListener('visibilitychange', tick);
}
