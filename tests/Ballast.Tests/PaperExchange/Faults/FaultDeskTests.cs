using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using Ballast.PaperExchange;
using Ballast.PaperExchange.Faults;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.PaperExchange.Faults;

public class FaultDeskTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ApiCall Account = new("GET", "account", Keyed: true);
    private static readonly ApiCall Place = new("POST", "order", Keyed: true);
    private static readonly ApiCall Time = new("GET", "time", Keyed: false);

    private readonly FakeTimeProvider clock = new(Start);
    private readonly MatchingEngine engine = MatchingEngine.QrlUsdt(7, Start);
    private readonly FaultDesk desk;

    public FaultDeskTests() => desk = new FaultDesk(new PairBoard(engine), clock);

    public static TheoryData<string> EveryKind => [.. FaultKind.All.Select(kind => kind.Name)];

    private BookView Book => Value(engine.Book("QRLUSDT", clock.GetUtcNow()));

    private Listing Listing => engine.Listings.Single();

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void Cleared_it_leaves_no_trace(string kind)
    {
        var (untouched, listing) = (MatchingEngine.QrlUsdt(7, Start), Listing);
        Set(kind);
        Assert.Equal(kind, Assert.Single(desk.InForce).Kind.Name);
        clock.Advance(TimeSpan.FromSeconds(30));
        _ = Book;
        Assert.True(desk.Clear(FaultKind.All.Single(known => known.Name == kind)));

        Assert.Empty(desk.InForce);
        Assert.Same(listing, Listing);
        var now = clock.GetUtcNow();
        Assert.Equal(Shown(Value(untouched.Book("QRLUSDT", now))), Shown(Book));
        Assert.Equal(new MarketHistory(untouched.Listings[0]).Average(Start.AddMinutes(-5), now), new MarketHistory(Listing).Average(Start.AddMinutes(-5), now));
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void Its_time_ends_it_on_the_second(string kind)
    {
        Set(kind, time: TimeSpan.FromMinutes(2));
        clock.Advance(TimeSpan.FromTicks(TimeSpan.FromMinutes(2).Ticks - 1));
        Assert.Single(desk.InForce);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(desk.InForce);
        Assert.Equal(MatchingEngine.QrlUsdt(7, Start).Listings[0].Rules, Listing.Rules);
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void A_count_is_of_the_requests_that_it_is_about(string kind)
    {
        var fault = Set(kind, count: 2);
        var about = Calls().First(fault.IsAbout);
        desk.Leave(desk.Meet(about));
        Assert.Equal(1, Assert.Single(desk.InForce).Left);
        var last = desk.Meet(about);
        Assert.Equal(kind, Assert.Single(desk.InForce).Kind.Name);
        desk.Leave(last);
        Assert.Empty(desk.InForce);
    }

    [Fact]
    public void The_last_request_of_a_count_keeps_the_fault_to_itself()
    {
        Set("server-error", count: 1);
        var first = desk.Meet(Account);
        Assert.Equal("server-error", first.Answer?.Kind.Name);
        Assert.Null(desk.Meet(Account).Answer);
    }

    [Fact]
    public void What_is_answered_at_the_door_reaches_no_market_and_of_two_answers_the_stronger_stands()
    {
        Set("half-fills", count: 1);
        Set("drop-after", count: 1);
        Set("maintenance", count: 1);
        Assert.Equal("maintenance", Met(Place).Answer?.Kind.Name);
        Assert.Equal(["drop-after", "half-fills"], desk.InForce.Select(fault => fault.Kind.Name));
        Assert.Equal("drop-after", Met(Place).Answer?.Kind.Name);
        Assert.Empty(desk.InForce);
    }

    [Fact]
    public void Only_the_calls_that_were_asked_for_meet_it()
    {
        Set("drop", calls: ["account", "post ORDER"]);
        Assert.NotNull(Met(Account).Answer);
        Assert.NotNull(Met(Place).Answer);
        Assert.Null(Met(Place with { Method = "GET" }).Answer);
        Assert.Null(Met(Time).Answer);
    }

    [Fact]
    public void A_second_of_a_kind_takes_the_place_of_the_first()
    {
        Set("latency", 100);
        Set("latency", 200);
        Assert.Equal(200, Assert.Single(desk.InForce).Value);
    }

    [Fact]
    public void A_crash_is_over_after_a_minute_and_the_price_is_back()
    {
        var before = Book.Last;
        Set("crash", 0.5m);
        Assert.Equal(decimal.Round(before.Value / 2, 6, MidpointRounding.ToNegativeInfinity), Book.Last.Value);
        Assert.True(Book.Bids[0].Price < Book.Asks[0].Price);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(desk.InForce);
        Assert.Equal(Value(MatchingEngine.QrlUsdt(7, Start).Book("QRLUSDT", clock.GetUtcNow())).Last, Book.Last);
    }

    [Fact]
    public void A_frozen_market_stands_while_its_versions_go_on()
    {
        var before = Book;
        Set("frozen");
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((before.Last, before.Bids[0], before.Asks[0]), (Book.Last, Book.Bids[0], Book.Asks[0]));
        Assert.Equal(before.Version + 120, Book.Version);
    }

    [Theory]
    [InlineData("gap-up", "2")]
    [InlineData("crash", "0.01")]
    [InlineData("wide-spread", "1.5")]
    [InlineData("wide-spread", "0.001")]
    public void A_distorted_book_is_still_a_book(string kind, string value)
    {
        Set(kind, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
        for (var turn = 0; turn < 100; turn++)
        {
            clock.Advance(TimeSpan.FromSeconds(7));
            _ = desk.InForce;
            var book = Book;
            Assert.True(book.Bids[0].Price < book.Asks[0].Price);
            Assert.Equal(book.Bids.Select(level => level.Price).Distinct().OrderDescending(), book.Bids.Select(level => level.Price));
            Assert.Equal(book.Asks.Select(level => level.Price).Distinct().Order(), book.Asks.Select(level => level.Price));
            Assert.All(book.Bids.Concat(book.Asks), level => Assert.Equal(level.Price.Value, decimal.Round(level.Price.Value, 6)));
        }
    }

    [Fact]
    public void A_spread_is_as_wide_as_was_asked_for()
    {
        Set("wide-spread", 0.2m);
        Assert.InRange((Book.Asks[0].Price - Book.Bids[0].Price).Value / Book.Last.Value, 0.1999m, 0.2002m);
    }

    [Fact]
    public void An_empty_side_is_empty()
    {
        Set("no-bids");
        Assert.Empty(Book.Bids);
        desk.ClearAll();
        Set("no-asks");
        Assert.Equal((20, 0), (Book.Bids.Count, Book.Asks.Count));
    }

    [Fact]
    public void Buy_only_and_sell_only_together_are_neither()
    {
        Set("buy-only");
        Set("sell-only");
        Assert.Equal(OpenSides.None, Listing.Sides);
        desk.Clear(FaultKind.BuyOnly);
        Assert.Equal(OpenSides.SellOnly, Listing.Sides);
    }

    [Theory]
    [InlineData("latncy", null, "write one of: latency")]
    [InlineData("latency", null, "needs a value: milliseconds")]
    [InlineData("latency", "0", "from 1 to 600000")]
    [InlineData("latency", "1.5", "a whole number")]
    [InlineData("drop", "1", "takes no value")]
    [InlineData("crash", "1", "from 0.01 to 0.99")]
    [InlineData("server-error", "404", "from 500 to 599")]
    public void Rubbish_is_answered_with_what_to_write(string kind, string? value, string says) => Assert.Contains(
        says,
        desk.Set(new FaultRequest(kind, value is null ? null : decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture))).Failure!.Reason,
        StringComparison.Ordinal);

    [Fact]
    public void What_a_kind_does_not_take_is_refused()
    {
        Assert.NotNull(desk.Set(new FaultRequest("frozen", Calls: ["account"])).Failure);
        Assert.NotNull(desk.Set(new FaultRequest("drop", Symbol: "QRLUSDT")).Failure);
        Assert.NotNull(desk.Set(new FaultRequest("frozen", Symbol: "NOUSDT")).Failure);
        Assert.NotNull(desk.Set(new FaultRequest("drop", Body: "x")).Failure);
        Assert.NotNull(desk.Set(new FaultRequest("drop", Count: 0)).Failure);
        Assert.NotNull(desk.Set(new FaultRequest("drop", For: TimeSpan.Zero)).Failure);
        Assert.Empty(desk.InForce);
    }

    private static IEnumerable<ApiCall> Calls() =>
        from name in (string[])["account", "exchangeInfo", "ticker/price", "myTrades", "order", "capital/withdraw"]
        from method in (string[])["GET", "POST", "DELETE"]
        select new ApiCall(method, name, Keyed: true);

    private static string Shown(BookView book) =>
        $"{book.Version} {book.Last} {string.Join(' ', book.Bids.Concat(book.Asks).Select((Level level) => $"{level.Price}×{level.Quantity}"))}";

    private FaultDesk.Encounter Met(ApiCall call)
    {
        var encounter = desk.Meet(call);
        desk.Leave(encounter);
        return encounter;
    }

    private Fault Set(string kind, decimal? value = null, TimeSpan? time = null, int? count = null, string[]? calls = null) => Value(desk.Set(new FaultRequest(
        kind, value ?? (kind is "latency" or "clock-skew" ? 1_000 : null), calls, For: time, Count: count)));

    private static T Value<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Reason);
}
