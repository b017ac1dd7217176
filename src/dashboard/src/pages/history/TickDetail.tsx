import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Problem } from '../../api/problem';
import { query } from '../../api/client';
import type { Check, Guard, Order, Plan, TickDetail as Detail, TickRow } from '../../api/types';
import { exactTime } from '../../format/dates';
import { number, price, quantity } from '../../format/numbers';
import { checkWords, decisions, headline, orderStateWord, reasonWords, type Assets } from '../../i18n/decisions';
import { historyWords as words } from '../../i18n/history';
import { language } from '../../i18n/language';
import { Badge } from '../../parts/Badge';
import { ErrorNote, Skeleton } from '../../parts/Panel';
import { useResource } from '../../state/resource';
import { guardWords, sumWords } from './sumWords';
import { orderTone } from './tones';

/** Why a tick did what it did: the sum line by line, what was checked, and what became of the order. */
export function TickDetail({ row, assets }: { row: TickRow; assets: Assets }): JSX.Element {
    const detail = useResource<Detail>(`/tick${query({ id: row.tick })}`, ['trading']);
    const [data, problem] = [detail.data.value, detail.problem.value];
    return (
        <section class="tick-detail" aria-label={words('detailOf', { time: exactTime(row.timestamp) })}>
            {data ? <Whole detail={data} assets={assets} />
                : problem?.kind === 'missing' ? <p class="soft">{words('noLonger')}</p>
                : problem instanceof Problem ? <ErrorNote of={detail} />
                : <Skeleton lines={5} />}
            <dl class="plan-facts plan-facts-quiet">
                <Fact name={words('col:time')}>{exactTime(row.timestamp)}</Fact>
                <Fact name={words('tickId')}><code>{row.tick}</code></Fact>
                <Fact name={words('mode')}>{words(`mode:${row.mode}`)}</Fact>
            </dl>
        </section>
    );
}

function Whole({ detail: { plan, order }, assets }: { detail: Detail; assets: Assets }): JSX.Element {
    const said = language.value === 'en' ? plan.explanation?.headline ?? headline(plan, assets) : headline(plan, assets) ?? plan.explanation?.headline;
    return (
        <>
            {said && <p class="tick-headline">{said}</p>}
            {plan.reason && <p class="soft">{reasonWords(plan.reason)}</p>}
            {plan.error && <p class="note note-bad"><span><strong>{words('failedPlan')}.</strong> {plan.error}</span></p>}
            <div class="tick-parts">
                <Sums plan={plan} />
                <div class="tick-side">
                    {plan.checks && plan.checks.length > 0 && <Checks checks={plan.checks} assets={assets} />}
                    {!plan.error && <OrderPart order={order} assets={assets} />}
                </div>
            </div>
        </>
    );
}

function Sums({ plan }: { plan: Plan }): JSX.Element | null {
    const lines = plan.explanation?.lines ?? [];
    if (lines.length === 0) return plan.error ? null : <p class="soft">{words('noLines')}</p>;
    return (
        <div>
            <h3 class="part-title">{words('sums')}</h3>
            <table class="table sums">
                <caption class="unseen">{words('sums')}</caption>
                <thead class="unseen"><tr><th scope="col">{words('line')}</th><th scope="col">{words('sum')}</th></tr></thead>
                <tbody>
                    {lines.map((line, index) => (
                        <tr key={`${line.key}${index}`} class={line.key === 'result' ? 'sum-result' : ''}>
                            <th scope="row">{labelOf(line.key, line.label)}</th>
                            <td class="sum">{sumWords(line.key, line.sum)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

/** The server's label is English; its key is known here in both languages. */
function labelOf(key: string, label: string): string {
    return language.value === 'en' ? label : words.find(`line:${key}`) ?? words.find(`guard:${key.replace(/^guard[:_]?/, '')}`) ?? label;
}

function Checks({ checks, assets }: { checks: readonly Check[]; assets: Assets }): JSX.Element {
    return (
        <div>
            <h3 class="part-title">{words('checks')}</h3>
            <table class="table">
                <caption class="unseen">{words('checks')}</caption>
                <thead>
                    <tr>
                        <th scope="col">{decisions('check')}</th>
                        <th scope="col" class="numeric">{decisions('value')}</th>
                        <th scope="col" class="numeric">{decisions('limit')}</th>
                        <th scope="col"><span class="unseen">{decisions('outcome')}</span></th>
                    </tr>
                </thead>
                <tbody>
                    {checks.map((check) => {
                        const said = checkWords(check, assets);
                        return (
                            <tr key={check.name}>
                                <th scope="row">{said.name}</th>
                                <td class="numeric">{said.value}</td>
                                <td class="numeric soft">{said.limit}</td>
                                <td><Passed passed={check.passed} title={said.meaning} /></td>
                            </tr>
                        );
                    })}
                </tbody>
            </table>
        </div>
    );
}

function Passed({ passed, title }: { passed: boolean; title: string }): JSX.Element {
    return <Badge tone={passed ? 'good' : 'quiet'} title={title}>{words(passed ? 'passed' : 'notPassed')}</Badge>;
}

function OrderPart({ order, assets }: { order: Order | undefined; assets: Assets }): JSX.Element {
    const guardsId = useId();
    if (!order) return <p class="soft small-text">{words('noOrder')}</p>;
    const asked = quantity(order.quantity, assets.base);
    const passed = order.guards.filter((guard) => guard.passed).length;
    return (
        <div>
            <h3 class="part-title">{words('order')} <Badge tone={orderTone(order.state)}>{orderStateWord(order.state)}</Badge></h3>
            <dl class="plan-facts">
                <Fact name={words('orderAsked')}>
                    {decisions(order.side)} {order.limit_price === undefined ? words('orderAtMarket', { quantity: asked })
                        : words('orderAt', { quantity: asked, price: price(order.limit_price, assets.quote) })}
                </Fact>
                <Fact name={words('orderDone')}>
                    {order.average_price === undefined ? quantity(order.executed_quantity, assets.base)
                        : words('orderDoneAt', { quantity: quantity(order.executed_quantity, assets.base), price: price(order.average_price, assets.quote) })}
                </Fact>
                {order.fee !== undefined && <Fact name={words('orderFee')}>{number(order.fee)}{feeAsset(order)}</Fact>}
                <Fact name={words('orderReason')}>{words.find(`guard:${order.reason}`) ?? order.reason}</Fact>
                <Fact name={words('orderId')}><code>{order.client_order_id}</code></Fact>
            </dl>
            {order.guards.length > 0 && (
                <details class="guards" open={passed < order.guards.length}>
                    <summary id={guardsId}>
                        {passed === order.guards.length ? words('allGuardsPassed', { count: passed })
                            : words('guardsPassed', { passed, count: order.guards.length })}
                    </summary>
                    <ul class="guard-list" aria-labelledby={guardsId}>
                        {order.guards.toSorted((left, right) => Number(left.passed) - Number(right.passed))
                            .map((guard) => <GuardLine key={guard.name} guard={guard} />)}
                    </ul>
                </details>
            )}
        </div>
    );
}

function GuardLine({ guard }: { guard: Guard }): JSX.Element {
    return (
        <li class="guard">
            <Badge tone={guard.passed ? 'good' : 'bad'}>{words(guard.passed ? 'passed' : 'notPassed')}</Badge>
            <span class="guard-text">
                <strong>{words.find(`guard:${guard.name}`) ?? guard.name}</strong> <span class="soft">{guardWords(guard)}</span>
            </span>
        </li>
    );
}

/** The fee's asset, where the server says it. */
function feeAsset(order: Order & { fee_asset?: string }): string {
    return order.fee_asset === undefined ? '' : `\u00a0${order.fee_asset}`;
}

export function Fact({ name, children }: { name: string; children: preact.ComponentChildren }): JSX.Element {
    return <div class="plan-fact"><dt>{name}</dt><dd>{children}</dd></div>;
}
