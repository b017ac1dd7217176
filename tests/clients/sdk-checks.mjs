// The exchange's own SDK as it comes from npm, on the paper exchange. Its base URL is a field of its configuration.
import { advance, check, equal, hold, key, limitedUrl, report, secret, url } from './checks.mjs';
import sdk from 'mexc-api-sdk';

const symbol = 'QRLUSDT';

function client(apiKey = key, apiSecret = secret, base = url) {
    const spot = new sdk.Spot(apiKey, apiSecret);
    spot.config.baseURL = base + '/api/v3';
    return spot;
}

const spot = client();
const low = () => (Number(spot.tickerPrice(symbol).price) * 0.95).toFixed(6);

function refused(status, body, call) {
    try {
        call();
    } catch (error) {
        equal([error.statusCode, String(error.body)], [status, body], 'the refusal');
        return;
    }
    throw new Error('nothing was refused');
}

async function marketData() {
    await check('ping', () => equal(spot.ping(), {}, 'the answer'));
    await check('time', () => equal(spot.time(), { serverTime: Date.now() }, 'the answer'));
    await check('exchangeInfo', () => {
        const [pair] = spot.exchangeInfo({ symbol }).symbols;
        equal([pair.symbol, pair.status, pair.baseAssetPrecision, pair.quotePrecision], [symbol, '1', 2, 6], 'the pair');
    });
    await check('depth', () => equal(spot.depth(symbol, { limit: 5 }).bids.length, 5, 'the number of bids'));
    await check('trades', () => equal(spot.trades(symbol, { limit: 3 }).length, 3, 'the number of trades'));
    await check('historicalTrades', () => equal(spot.historicalTrades(symbol, { limit: 3 }), spot.trades(symbol, { limit: 3 }), 'the trades'));
    await check('aggTrades', () => equal(spot.aggTrades(symbol).length, 500, 'the number of trades'));
    await check('klines', () => equal(spot.klines(symbol, '60m', { limit: 2 }).map((row) => row.length), [8, 8], 'the lengths of the rows'));
    await check('klines of 1h', () => refused(400, '{"msg":"Invalid interval.","code":-1121,"_extend":null}', () => spot.klines(symbol, '1h')));
    await check('avgPrice', () => equal(spot.avgPrice(symbol).mins, 5, 'the minutes'));
    await check('ticker24hr', () => {
        equal(spot.ticker24hr(symbol).symbol, symbol, 'the symbol');
        hold(Array.isArray(spot.ticker24hr()), 'without a symbol it is no list');
    });
    await check('tickerPrice', () => hold(spot.tickerPrice().some((row) => row.symbol === symbol), 'the pair is missing'));
    await check('bookTicker', () => {
        const { bidPrice, askPrice } = spot.bookTicker(symbol);
        hold(Number(bidPrice) < Number(askPrice), 'the book is crossed');
    });
}

async function trading() {
    await check('accountInfo', () => equal(
        spot.accountInfo().balances.map((row) => [row.asset, row.free]), [['QRL', '10000'], ['USDT', '500']], 'the balances'));
    await check('newOrderTest', () => equal(
        spot.newOrderTest(symbol, 'buy', 'limit', { quantity: '100', price: low(), timeInForce: 'GTC' }), {}, 'the answer'));
    await check('newOrder, queryOrder, cancelOrder', () => {
        const placed = spot.newOrder(symbol, 'buy', 'limit', { quantity: '100', price: low(), newClientOrderId: 'sdk-1' });
        equal([placed.symbol, placed.origQty, placed.type, placed.side], [symbol, '100', 'LIMIT', 'BUY'], 'the receipt');
        equal(spot.queryOrder(symbol, { origClientOrderId: 'sdk-1' }).orderId, placed.orderId, 'the order by its client id');
        equal(spot.openOrders(symbol).map((row) => row.orderId), [placed.orderId], 'the open orders');
        equal(spot.cancelOrder(symbol, { orderId: placed.orderId }).orderId, placed.orderId, 'the cancelled order');
        equal(spot.queryOrder(symbol, { orderId: placed.orderId }).status, 'CANCELED', 'the status');
    });
    await check('cancelOpenOrders', () => {
        for (const quantity of ['50', '60']) spot.newOrder(symbol, 'BUY', 'LIMIT', { quantity, price: low() });
        equal(spot.cancelOpenOrders(symbol).map((row) => row.origQty), ['60', '50'], 'the cancelled orders');
        equal(spot.openOrders(symbol), [], 'the open orders');
    });
    await check('a market order and its trades', async () => {
        await advance(1_000);
        const placed = spot.newOrder(symbol, 'SELL', 'MARKET', { quantity: '100' });
        equal(spot.queryOrder(symbol, { orderId: placed.orderId }).status, 'FILLED', 'the status');
        const trades = spot.accountTradeList(symbol, { orderId: placed.orderId, limit: 500 });
        equal(trades.reduce((sum, trade) => sum + Number(trade.qty), 0), 100, 'the sum of its trades');
        equal(trades.map((trade) => trade.isSelfTrade).filter((value) => value !== ''), [], 'the nulls that became empty texts');
    });
    await check('allOrders', () => equal(
        spot.allOrders(symbol).map((row) => row.status), ['FILLED', 'CANCELED', 'CANCELED', 'CANCELED'], 'the states'));
    await check('parentheses in a value', () => {
        // It sends them as they are, which the original refuses. Here they pass, raw or encoded.
        equal(spot.newOrderTest(symbol, 'buy', 'market', { quantity: '100', note: 'a b(c),d' }), {}, 'the answer');
    });
}

async function errors() {
    await check('a wrong secret', () => refused(
        400, '{"code":700002,"msg":"Signature for this request is not valid."}', () => client(key, 'wrong').accountInfo()));
    await check('an unknown key', () => refused(
        400, '{"code":10072,"msg":"Api key info invalid"}', () => client('mx0nobody').accountInfo()));
    await check('no key', () => refused(400, '{"code":400,"msg":"api key required"}', () => client('').accountInfo()));
    await check('oversold', () => refused(
        400, '{"msg":"Oversold","code":30005}', () => spot.newOrder(symbol, 'SELL', 'MARKET', { quantity: '1000000' })));
    await check('too many requests', () => refused(429, '{"code":429,"msg":"Too Many Requests"}', () => {
        for (let sent = 0; sent < 3; sent++) client(key, secret, limitedUrl).accountInfo();
    }));
}

await marketData();
await trading();
await errors();
report({ balances: Object.fromEntries(spot.accountInfo().balances.map((row) => [row.asset, { free: row.free, locked: row.locked }])) });
process.exit(0);
