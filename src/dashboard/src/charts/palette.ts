import type { Palette } from './chartSpec';

/** Which of the page's colours plays which part; with how much of it, when it is not all. */
const Roles: Readonly<Record<Exclude<keyof Palette, 'font' | 'none'>, readonly [variable: string, alpha?: number]>> = {
    text: ['--text-faint'],
    grid: ['--grid'],
    border: ['--line'],
    crosshair: ['--text-faint'],
    label: ['--text-soft'],
    value: ['--series-value'],
    hold: ['--series-hold'],
    cash: ['--series-cash'],
    price: ['--series-price'],
    cost: ['--series-cost'],
    buy: ['--buy'],
    sell: ['--sell'],
    deviation: ['--series-value'],
    band: ['--band'],
    bandEdge: ['--band-line'],
    drawdown: ['--series-drawdown'],
    drawdownFill: ['--series-drawdown', 0.22],
};

/** The page's colours as they are now, in a form that a canvas takes. */
export function readPalette(root: HTMLElement = document.documentElement): Palette {
    const style = getComputedStyle(root);
    const context = document.createElement('canvas').getContext('2d');
    const colours = Object.entries(Roles).map(([role, [variable, alpha]]) =>
        [role, faded(plain(context, style.getPropertyValue(variable).trim()), alpha ?? 1)]);
    return { ...Object.fromEntries(colours) as unknown as Palette, none: 'rgba(0, 0, 0, 0)', font: getComputedStyle(document.body).fontFamily };
}

/** Calls back whenever light becomes dark or the other way round; returns how to stop. */
export function onThemeChange(changed: () => void): () => void {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', changed);
    const chosen = new MutationObserver(changed);
    chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-theme'] });
    return () => {
        dark.removeEventListener('change', changed);
        chosen.disconnect();
    };
}

// A canvas reads any colour that CSS knows, and writes it as #rrggbb or rgba(…), which the chart library understands.
function plain(context: CanvasRenderingContext2D | null, colour: string): string {
    if (!context || colour === '') return '#808080';
    context.fillStyle = '#808080';
    context.fillStyle = colour;
    return context.fillStyle;
}

function faded(colour: string, alpha: number): string {
    if (alpha === 1 || !colour.startsWith('#')) return colour;
    const [red, green, blue] = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
    return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}
