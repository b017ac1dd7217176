import { computed } from '@preact/signals';
import { now, serverAhead } from './clock';
import { lostSince } from './live';
import { overview } from './overview';
import { concernsOf, type Concern } from './verdict';

/** The page asks by itself while the line is down; only after this long may what it shows be old. */
const LostMs = 10_000;

const text = computed(() => {
    const shown = overview.data.value;
    if (!shown) return '';
    const lost = lostSince.value !== undefined && now.value - lostSince.value > LostMs;
    return concernsOf(shown, now.value + serverAhead.value, lost).join();
});

/** What the owner should look at now. Recomputed every second, and changed only when it differs. */
export const concerns = computed(() => (text.value === '' ? [] : (text.value.split(',') as Concern[])));
