import type { JSX } from 'preact';
import { zoneName } from '../../format/dates';
import { nowWords } from '../../i18n/now';
import { ErrorNote, Skeleton } from '../../parts/Panel';
import { overview } from '../../state/overview';
import { BalanceCard } from './BalanceCard';
import { DecisionCard } from './DecisionCard';
import { ProfitCard } from './ProfitCard';
import { ProposalCard } from './ProposalCard';
import { TickResult } from './TickResult';
import { ValueCard } from './ValueCard';
import { Verdict } from './Verdict';
import './now.css';

export default function NowPage(): JSX.Element {
    const shown = overview.data.value;
    if (!shown && overview.problem.value) return <ErrorNote of={overview} />;
    return (
        <>
            <div class="page-title">
                <h1>{nowWords('title')}</h1>
                {shown && <p>{nowWords('asOf', { symbol: shown.symbol, zone: zoneName() })}</p>}
            </div>
            {shown ? <Verdict /> : <div class="card"><Skeleton lines={2} /></div>}
            <TickResult />
            <ProposalCard />
            <div class="now-grid">
                <ValueCard />
                <BalanceCard />
                <DecisionCard />
                <ProfitCard />
            </div>
        </>
    );
}
