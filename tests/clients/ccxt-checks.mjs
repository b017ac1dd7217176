// ccxt as it comes from npm, on the paper exchange: only its URLs are another's.
// First, because ccxt keeps the Date.now that it finds.
import { advance, check, equal, hold, key, limitedUrl, random, report, secret, start, url } from './checks.mjs';
import ccxt from 'ccxt';

const { Precise } = ccxt;
const pair = 'QRL/USDT';

function client(base = url, credentials = { apiKey: key, secret }) {
    const exchange = new ccxt.mexc({ ...credentials, enableRateLimit: false });
    exchange.urls.api.spot = { public: base, private: base };
    exchange.urls.api.contract.public = base + '/api/v1/contract';
    exchange.number = String; // balances are compared to the last digit
    return exchange;
}

const exchange = client();
const best = async () => {
    const book = await exchange.fetchOrderBook(pair);
    return { bid: Number(book.bids[0][0]), ask: Number(book.asks[0][0]) };
};
const price = (value) => Number(exchange.priceToPrecision(pair, value));
const low = async (factor = 0.95) => price((await best()).bid * factor);
const order = (...rest) => exchange.createOrder(pair, ...rest);
const state = (id) => exchange.fetchOrder(id, pair);

async function refused(kind, body) {
    try {
        await body();
    } catch (error) {
        hold(error.constructor === kind, `expected ${kind.name} and got ${error.constructor.name}: ${error.message}`);
        return error;
    }
    throw new Error(`expected ${kind.name} and nothing was refused`);
}

async function marketData() {
    await check('loadMarkets', async () => {
        const market = (await exchange.loadMarkets())[pair];
        equal([market.active, market.spot, market.id, market.base, market.quote], [true, true, 'QRLUSDT', 'QRL', 'USDT'], 'the market');
        equal([market.precision.amount, market.precision.price], ['0.01', '0.000001'], 'its precision');
        equal([market.limits.amount.min, market.limits.cost.min, market.limits.cost.max], ['1', '1', '2000000'], 'its limits');
        equal([market.maker, market.taker], ['0', '0.0005'], 'its fees');
        equal(Object.keys(exchange.currencies.QRL.networks), ['QRL'], 'the networks of QRL');
    });
    await check('fetchTime', async () => equal(Number(await exchange.fetchTime()), Date.now(), 'the time'));
    await check('fetchStatus', async () => equal((await exchange.fetchStatus()).status, 'ok', 'the status'));
    await check('fetchTicker', async () => {
        const [ticker, { bid, ask }] = [await exchange.fetchTicker(pair), await best()];
        equal([Number(ticker.bid), Number(ticker.ask)], [bid, ask], 'bid and ask');
        hold(Number(ticker.low) <= Number(ticker.last) && Number(ticker.last) <= Number(ticker.high), 'the last price is out of its day');
        hold(Math.abs(Number(ticker.percentage) - (ticker.close / ticker.open - 1) * 100) < 0.02, 'the percentage is not that of the prices');
        hold(Number(ticker.baseVolume) > 0 && Number(ticker.quoteVolume) > 0, 'nothing was traded in a day');
    });
    await check('fetchTickers', async () => hold((await exchange.fetchTickers())[pair].last, 'the pair is missing'));
    await check('fetchBidsAsks', async () => {
        // Not of one pair: for that this version of ccxt asks for all of them, too, and then takes the list for a ticker.
        const [all, { bid, ask }] = [await exchange.fetchBidsAsks(), await best()];
        equal([Number(all[pair].bid), Number(all[pair].ask)], [bid, ask], 'bid and ask');
    });
    await check('fetchOrderBook', async () => {
        const book = await exchange.fetchOrderBook(pair, 5);
        equal([book.bids.length, book.asks.length, book.timestamp], [5, 5, Date.now()], 'the book');
        hold(Number(book.bids[0][0]) < Number(book.asks[0][0]) && book.nonce > 0, 'the book is crossed or has no version');
    });
    await check('fetchTrades', async () => {
        const trades = await exchange.fetchTrades(pair, undefined, 20);
        equal(trades.length, 20, 'the number of trades');
        hold(trades.every((trade, i) => i === 0 || trades[i - 1].timestamp <= trade.timestamp), 'the trades are out of order');
        hold(trades.every((trade) => ['buy', 'sell'].includes(trade.side) && Number(trade.amount) > 0), 'a trade is without side or amount');
        const window = await exchange.fetchTrades(pair, Date.now() - 20_000, undefined, { until: Date.now() });
        equal(window.length, 4, 'the trades of 20 seconds');
        const raw = await exchange.fetchTrades(pair, undefined, 20, { method: 'spotPublicGetTrades' });
        equal(raw.map((trade) => trade.price), trades.map((trade) => trade.price), 'the other tape');
    });
    await check('fetchOHLCV', async () => {
        const candles = await exchange.fetchOHLCV(pair, '1h', undefined, 24);
        equal(candles.length, 24, 'the number of candles');
        hold(candles.every((candle, i) => i === 0 || candle[0] - candles[i - 1][0] === 3_600_000), 'the candles do not follow each other');
        const since = candles[10][0];
        const window = await exchange.fetchOHLCV(pair, '1h', since, 3);
        equal(window.map((candle) => candle.slice(0, 5)), candles.slice(10, 13).map((candle) => candle.slice(0, 5)), 'three candles by their time');
    });
    await check('fetchOHLCV in every interval', async () => {
        for (const timeframe of Object.keys(exchange.timeframes).filter((name) => !['8h'].includes(name)))
            equal((await exchange.fetchOHLCV(pair, timeframe, undefined, 2)).length, 2, timeframe);
    });
}

async function account() {
    await check('fetchBalance', async () => {
        const balance = await exchange.fetchBalance();
        equal([balance.QRL, balance.USDT], [{ free: '10000', used: '0', total: '10000' }, { free: '500', used: '0', total: '500' }], 'the balance');
    });
    await check('fetchTradingFee', async () => {
        const fee = await exchange.fetchTradingFee(pair);
        equal([Number(fee.maker), Number(fee.taker)], [0, 0.0005], 'the fees');
    });
    await check('fetchDeposits', async () => {
        const [deposit] = await exchange.fetchDeposits('USDT');
        equal([deposit.amount, deposit.currency, deposit.status, deposit.timestamp], ['25', 'USDT', 'ok', Number(start)], 'the deposit');
    });
    await check('fetchWithdrawals', async () => {
        const [withdrawal] = await exchange.fetchWithdrawals('USDT');
        equal([withdrawal.amount, withdrawal.currency, withdrawal.status], ['25', 'USDT', 'ok'], 'the withdrawal');
    });
}

async function orders() {
    await check('a market buy by quantity', async () => {
        const placed = await state((await order('market', 'buy', 100)).id);
        equal([placed.status, placed.filled, placed.remaining, placed.side, placed.type], ['closed', '100', '0', 'buy', 'market'], 'the order');
        hold(Number(placed.average) > 0 && Number(placed.average) < Number(placed.price), 'its price is not the protective one');
    });
    await check('a market sell by quantity', async () => {
        const placed = await state((await order('market', 'sell', 100)).id);
        equal([placed.status, placed.filled], ['closed', '100'], 'the order');
        hold(Number(placed.average) > Number(placed.price), 'its price is not the protective one');
    });
    for (const side of ['buy', 'sell']) {
        await check(`a market ${side} by cost`, async () => {
            const byCost = side === 'buy' ? 'createMarketBuyOrderWithCost' : 'createMarketSellOrderWithCost';
            const placed = await state((await exchange[byCost](pair, 10)).id);
            hold(Number(placed.cost) <= 10 && Number(placed.cost) > 9.99, `10 became ${placed.cost}`);
        });
    }
    await check('a limit order rests and is cancelled', async () => {
        const placed = await order('limit', 'buy', 100, await low());
        const open = await state(placed.id);
        equal([open.status, open.type, open.filled, open.remaining], ['open', 'limit', '0', '100'], 'the order');
        hold((await exchange.fetchOpenOrders(pair)).some((row) => row.id === placed.id), 'it is not among the open orders');
        await exchange.cancelOrder(placed.id, pair);
        equal((await state(placed.id)).status, 'canceled', 'the status');
        hold(!(await exchange.fetchOpenOrders(pair)).some((row) => row.id === placed.id), 'it is still among the open orders');
    });
    await check('a limit order that meets the book is filled', async () => {
        const placed = await state((await order('limit', 'buy', 50, price((await best()).ask * 1.03))).id);
        equal([placed.status, placed.filled], ['closed', '50'], 'the order');
    });
    await check('post-only rests', async () => {
        const placed = await order('limit', 'buy', 100, await low(), { postOnly: true });
        const open = await state(placed.id);
        equal([open.status, open.info.type], ['open', 'LIMIT_MAKER'], 'the order');
        await exchange.cancelOrder(placed.id, pair);
    });
    await check('post-only never takes', async () => {
        const placed = await state((await order('limit', 'buy', 100, price((await best()).ask * 1.01), { postOnly: true })).id);
        equal([placed.status, placed.filled], ['canceled', '0'], 'the order');
    });
    await check('immediate or cancel', async () => {
        const taken = await state((await order('limit', 'sell', 50, price((await best()).bid * 0.99), { timeInForce: 'IOC' })).id);
        equal([taken.status, taken.filled, taken.info.type], ['closed', '50', 'IMMEDIATE_OR_CANCEL'], 'the order that could be filled');
        const missed = await state((await order('limit', 'buy', 50, await low(), { timeInForce: 'IOC' })).id);
        equal([missed.status, missed.filled], ['canceled', '0'], 'the order that could not');
    });
    await check('fill or kill', async () => {
        const taken = await state((await exchange.createOrder(pair, 'FILL_OR_KILL', 'buy', 50, price((await best()).ask * 1.02))).id);
        equal([taken.status, taken.filled], ['closed', '50'], 'the order that could be filled');
        const missed = await state((await exchange.createOrder(pair, 'FILL_OR_KILL', 'buy', 2000, (await best()).ask * 0.96)).id);
        equal([missed.status, missed.filled], ['canceled', '0'], 'the order that could not');
    });
    await check('an order by a client id', async () => {
        const placed = await order('limit', 'buy', 100, await low(), { clientOrderId: 'mine-1' });
        const byClient = await exchange.fetchOrder(undefined, pair, { clientOrderId: 'mine-1' });
        equal([byClient.id, byClient.clientOrderId], [placed.id, 'mine-1'], 'the order');
        equal((await state(placed.id)).clientOrderId, 'mine-1', 'the client id');
        await exchange.cancelOrder(undefined, pair, { clientOrderId: 'mine-1' });
        equal((await state(placed.id)).status, 'canceled', 'the status');
    });
    await check('a test order', async () => {
        const before = (await exchange.fetchOrders(pair)).length;
        await order('limit', 'buy', 100, await low(), { test: true });
        equal((await exchange.fetchOrders(pair)).length, before, 'the number of orders');
    });
    await check('createOrders', async () => {
        const at = await low();
        const placed = await exchange.createOrders([1, 2, 3].map((n) => ({ symbol: pair, type: 'limit', side: 'buy', amount: n === 2 ? 1 : 40 * n, price: at })));
        equal(placed.map((row) => row.status), [undefined, 'rejected', undefined].map((status) => status ?? null), 'the rows') ;
        equal((await exchange.fetchOpenOrders(pair)).length, 2, 'the number of open orders');
    });
    await check('cancelAllOrders of a pair', async () => {
        await order('limit', 'buy', 60, await low());
        hold((await exchange.cancelAllOrders(pair)).length >= 1, 'nothing was cancelled');
        equal((await exchange.fetchOpenOrders(pair)).length, 0, 'the number of open orders');
    });
    await check('cancelAllOrders without a pair', async () => {
        await order('limit', 'sell', 60, price((await best()).ask * 1.05));
        await exchange.cancelAllOrders();
        equal((await exchange.fetchOpenOrders()).length, 0, 'the number of open orders');
    });
    await check('editOrder', async () => {
        const placed = await order('limit', 'buy', 100, await low());
        const edited = await exchange.editOrder(placed.id, pair, 'limit', 'buy', 120, await low());
        equal([(await state(placed.id)).status, (await state(edited.id)).amount], ['canceled', '120'], 'the two orders');
        await exchange.cancelOrder(edited.id, pair);
    });
    await check('fetchOrders', async () => {
        const all = await exchange.fetchOrders(pair);
        hold(all.length > 10 && all.every((row) => ['open', 'closed', 'canceled'].includes(row.status)), 'the list is short or has a strange status');
    });
    await check('fetchMyTrades', async () => {
        const placed = await order('market', 'buy', 100);
        const trades = await exchange.fetchOrderTrades(placed.id, pair);
        equal(trades.reduce((sum, trade) => Precise.stringAdd(sum, trade.amount), '0'), '100', 'the sum of its trades');
        hold(trades.every((trade) => trade.fee.currency === 'USDT' && trade.takerOrMaker === 'taker' && trade.side === 'buy'), 'a trade is wrong');
        hold(trades.every((trade) => Precise.stringEq(trade.fee.cost, Precise.stringMul(trade.cost, '0.0005'))), 'a fee is not 0.05 %');
        hold((await exchange.fetchMyTrades(pair, Date.now() - 60_000)).length >= trades.length, 'they are not among all trades');
    });
}

async function errors() {
    const cheap = await low();
    await check('InsufficientFunds for a buy', () => refused(ccxt.InsufficientFunds, () => order('limit', 'buy', 1_000_000, cheap)));
    await check('InsufficientFunds for a sell', () => refused(ccxt.InsufficientFunds, () => order('market', 'sell', 1_000_000)));
    await check('InvalidOrder below the minimum', async () => {
        const error = await refused(ccxt.InvalidOrder, () => exchange.createMarketBuyOrderWithCost(pair, 0.5));
        hold(error.message.includes('The minimum transaction volume cannot be less than:1USDT'), error.message);
    });
    await check('InvalidOrder outside the band', () => refused(ccxt.InvalidOrder, () => order('limit', 'buy', 100, price(cheap * 2))));
    await check('BadSymbol', () => refused(ccxt.BadSymbol, () => exchange.spotPublicGetDepth({ symbol: 'NOSUCH' })));
    await check('BadSymbol for an order', () => refused(ccxt.BadSymbol, () => exchange.spotPrivatePostOrder(
        { symbol: 'NOSUCH', side: 'BUY', type: 'MARKET', quantity: '100' })));
    await check('BadRequest for an unknown order to cancel', () => refused(ccxt.BadRequest, () => exchange.cancelOrder('C02__1', pair)));
    await check('ExchangeError for an unknown order', () => refused(ccxt.ExchangeError, () => state('C02__1')));
    await check('AuthenticationError', async () => {
        const stranger = client(url, { apiKey: key, secret: 'wrong' });
        stranger.setMarketsFromExchange?.(exchange);
        await refused(ccxt.AuthenticationError, () => stranger.spotPrivateGetAccount());
    });
    await check('InvalidNonce', async () => {
        const late = client();
        late.options.timeDifference = 10_000;
        await refused(ccxt.InvalidNonce, () => late.spotPrivateGetAccount());
        const greedy = client();
        greedy.options.recvWindow = 60_001;
        await refused(ccxt.InvalidNonce, () => greedy.spotPrivateGetAccount());
    });
    await check('RateLimitExceeded', async () => {
        const hasty = client(limitedUrl);
        await refused(ccxt.RateLimitExceeded, async () => {
            for (let sent = 0; sent < 3; sent++) await hasty.spotPrivateGetAccount();
        });
    });
}

/** A thousand seeded operations. Balances are those of before, moved by the trades that ccxt reads, to the last digit. */
async function randomOperations() {
    const next = random(20260101);
    const held = {};
    const seen = new Set((await exchange.fetchMyTrades(pair, undefined, 100)).map((trade) => trade.id));
    const [fresh, kinds] = [{ trades: 0, refusals: 0 }, {}];
    const move = (asset, units) => { held[asset] = Precise.stringAdd(held[asset], units); };
    const totals = async () => {
        const balance = await exchange.fetchBalance();
        return { QRL: balance.QRL.total, USDT: balance.USDT.total };
    };

    async function bookTrades() {
        for (const trade of await exchange.fetchMyTrades(pair, undefined, 100)) {
            if (seen.has(trade.id)) continue;
            seen.add(trade.id);
            fresh.trades++;
            const sign = trade.side === 'buy' ? '1' : '-1';
            move('QRL', Precise.stringMul(sign, trade.amount));
            move('USDT', Precise.stringSub(Precise.stringMul(sign === '1' ? '-1' : '1', trade.cost), trade.fee.cost));
        }
    }

    async function operate() {
        const [dice, side] = [next(), next() < 0.5 ? 'buy' : 'sell'];
        const { bid, ask } = await best();
        const near = price((side === 'buy' ? bid : ask) * (1 + (next() - 0.5) * 0.02));
        const amount = Math.round((20 + next() * 400) * 100) / 100;
        if (dice < 0.25) return order('market', side, amount);
        if (dice < 0.35) return side === 'buy' ? exchange.createMarketBuyOrderWithCost(pair, Math.round(100 + next() * 900) / 100)
            : exchange.createMarketSellOrderWithCost(pair, Math.round(100 + next() * 900) / 100);
        if (dice < 0.6) return order('limit', side, amount, near);
        if (dice < 0.68) return order('limit', side, amount, near, { postOnly: true });
        if (dice < 0.74) return order('limit', side, amount, near, { timeInForce: 'IOC' });
        if (dice < 0.78) return exchange.createOrder(pair, 'FILL_OR_KILL', side, amount, near);
        if (dice < 0.9) {
            const open = await exchange.fetchOpenOrders(pair);
            return open.length > 0 ? exchange.cancelOrder(open[Math.floor(next() * open.length)].id, pair) : undefined;
        }
        if (dice < 0.91) return exchange.cancelAllOrders(pair);
        return advance(1_000 + Math.floor(next() * 30_000));
    }

    await check('a thousand random operations leave the balance that their trades explain', async () => {
        Object.assign(held, await totals());
        for (let count = 1; count <= 1000; count++) {
            try {
                await operate();
            } catch (error) {
                if (!(error instanceof ccxt.ExchangeError)) throw error;
                fresh.refusals++;
                kinds[error.constructor.name] = (kinds[error.constructor.name] ?? 0) + 1;
            }
            await bookTrades();
            const now = await totals();
            hold(Precise.stringEq(held.QRL, now.QRL) && Precise.stringEq(held.USDT, now.USDT),
                `after ${count} operations ccxt shows ${JSON.stringify(now)} and the trades explain ${JSON.stringify(held)}`);
        }
        hold(fresh.trades > 300 && fresh.refusals < 400, `${fresh.trades} trades, ${fresh.refusals} refusals`);
    });
    report({ note: `${fresh.trades} trades, refusals: ${JSON.stringify(kinds)}` });
    const balance = await exchange.fetchBalance();
    report({ balances: Object.fromEntries(['QRL', 'USDT'].map((asset) => [asset, { free: balance[asset].free, locked: balance[asset].used }])) });
}

await marketData();
await account();
await orders();
await errors();
await randomOperations();
process.exit(0);
