import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Faults } from '../../api/types';
import { paperWords } from '../../i18n/paper';
import { Card, Panel } from '../../parts/Panel';
import { overview } from '../../state/overview';
import { useResource } from '../../state/resource';
import { ActiveFaults } from './ActiveFaults';
import { FaultButtons } from './FaultButtons';
import './paper.css';

export default function PaperPage(): JSX.Element {
    const isReal = overview.data.value?.exchange === 'mexc';
    return (
        <>
            <div class="page-title"><h1>{paperWords('title')}</h1><p>{paperWords('intro')}</p></div>
            {isReal ? <Card title={paperWords('title')}><p class="empty">{paperWords('none')}</p></Card> : <Exchange />}
        </>
    );
}

function Exchange(): JSX.Element {
    const faults = useResource<Faults>('/paper/faults');
    const [forSeconds, setForSeconds] = useState<number | undefined>(900);
    const reload = (): void => void faults.reload();
    return (
        <>
            <ActiveFaults faults={faults} />
            <Panel of={faults} title={paperWords('inject')} lines={8}>
                {(data) => <FaultButtons kinds={data.kinds} forSeconds={forSeconds} onForSeconds={setForSeconds} onStarted={reload} />}
            </Panel>
        </>
    );
}
