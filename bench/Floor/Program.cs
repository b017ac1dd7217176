using Ballast.Floor;

// What one tick asks of the store and the exchange, in its order, with no framework around it and no thought in it: nothing that does a
// tick's work in this language can be faster.
using var store = await FloorStore.ConnectAsync(Setting("REDIS_URL"));
using var exchange = new FloorExchange(Setting("MEXC_BASE_URL"), Setting("MEXC_API_KEY"), Setting("MEXC_SECRET_KEY"));

// 1  Who asks.
if (!FloorToken.IsGenuine(Setting("FLOOR_TOKEN"), await store.KeySetAsync()))
    throw new InvalidOperationException("the token's signature is not genuine");

// 2  The lease.
var epoch = await store.TakeLeaseAsync();

// 3  The state and the exchange, side by side.
var answers = exchange.AskAsync();
var state = await store.ReadAsync();
await answers;

// 7  One conditional write.
await store.WriteAsync(state, epoch);

using var output = Console.OpenStandardOutput();
output.Write("done\n"u8);

// Whoever started this may want to look at it before it ends.
using var input = Console.OpenStandardInput();
input.ReadByte();

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set; the cold-start runner sets it");
