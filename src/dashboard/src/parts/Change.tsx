import type { JSX } from 'preact';
import type { Decimal } from '../api/decimal';
import { sign } from '../format/decimal';

/** A gain or a loss: an arrow, a sign and a colour. */
export function Change({ value, text }: { value: Decimal; text: string }): JSX.Element {
    const direction = sign(value);
    return (
        <span class={direction > 0 ? 'gain' : direction < 0 ? 'loss' : ''}>
            {direction !== 0 && <span class="arrow" aria-hidden="true">{direction > 0 ? '▲' : '▼'}</span>}{text}
        </span>
    );
}
