import type { JSX } from 'preact';
import { healthWords } from '../../i18n/health';
import { overview } from '../../state/overview';
import { DoctorCard } from './DoctorCard';
import { ErrorsCard } from './ErrorsCard';
import { LatencyCard } from './LatencyCard';
import { TicksCard } from './TicksCard';
import './health.css';

export default function HealthPage(): JSX.Element {
    const shown = overview.data.value;
    return (
        <>
            <div class="page-title">
                <h1>{healthWords('title')}</h1>
                {shown && <p>{healthWords('intro', {
                    version: shown.version, environment: shown.environment,
                    exchange: shown.exchange === 'paper' ? healthWords('paper', { market: shown.market ?? '?' }) : healthWords('mexc'),
                })}</p>}
            </div>
            <div class="health-grid">
                <LatencyCard />
                <TicksCard />
            </div>
            <DoctorCard />
            <ErrorsCard />
        </>
    );
}
