import { newest, planOf, tradingOf, iso } from './now';
import { Refused, type Call, type Routes } from './server';

/** The reason, as the server wants it. */
function reasonOf({ body }: Call): string {
    const reason = body['reason'];
    if (typeof reason !== 'string' || reason.trim() === '' || reason.length > 500) throw new Refused(400, 'the reason must be one line of 1 to 500 characters');
    return reason;
}

function taskAnswer({ state }: Call): unknown {
    const plan = planOf(newest(state), state.mode);
    return {
        status: 'success', task: 'rebalance-symmetric', auth: 'operator', tick: 'rebalance-symmetric/manual/5d1f', mode: state.mode, timestamp: iso(state.now()),
        duration_ms: 41, cost_update: null, rebalance: plan, order: null,
    };
}

export const actRoutes: Routes = {
    'POST /halt': (call) => {
        call.state.halt = { since: iso(call.state.now()), by: 'operator', reason: reasonOf(call) };
        call.state.changed(['trading']);
        return tradingOf(call.state);
    },
    'POST /resume': (call) => {
        reasonOf(call);
        call.state.halt = undefined;
        call.state.changed(['trading']);
        return tradingOf(call.state);
    },
    'POST /mode': (call) => {
        reasonOf(call);
        const order = ['observe', 'approve', 'auto'] as const;
        const mode = order.find((name) => name === call.body['mode']);
        if (!mode) throw new Refused(400, `'${String(call.body['mode'])}' is not a mode; write observe, approve or auto`);
        if (order.indexOf(mode) > order.indexOf(call.state.configuredMode)) throw new Refused(400, `the configuration allows ${call.state.configuredMode} at most`);
        call.state.mode = mode;
        call.state.changed(['trading']);
        return tradingOf(call.state);
    },
    'POST /proposal/approve': (call) => {
        if (!call.state.proposal) throw new Refused(400, 'no order waits for approval');
        call.state.proposal = false;
        call.state.changed(['tick', 'trading']);
        return taskAnswer(call);
    },
    'POST /proposal/reject': (call) => {
        reasonOf(call);
        if (!call.state.proposal) throw new Refused(400, 'no order waits for approval');
        call.state.proposal = false;
        call.state.changed(['trading']);
        return tradingOf(call.state);
    },
    'POST /tick': (call) => {
        call.state.changed(['tick']);
        return taskAnswer(call);
    },
};
