namespace Ballast.Tests.Server.Dashboard;

/// <summary>The dashboard in Chromium on the real server; what each check does stands in tests/browser, where its pictures are kept in artifacts.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public class BrowserTests(BrowserRun run) : IClassFixture<BrowserRun>
{
    public static readonly TheoryData<string> Checks =
    [
        "the first link opens a page that is full of history",
        "a link that has been used lets nobody in",
        "a wrong password is refused, the right one lets in, and signing out ends it",
        "a reader sees everything and can do nothing",
        "a change without the page's token is refused, even with the cookie",
        "who guesses passwords is locked out, and told for how long",
        "the first load is small, and under a strict policy",
        "a script that somebody slips into the page is not run, and these checks would see it",
        "the language is the browser's, can be switched, and stays",
        "the page Now at every size, in both languages and themes",
        "the page History at every size, in both languages and themes",
        "the page Books at every size, in both languages and themes",
        "the page Settings at every size, in both languages and themes",
        "the page Health at every size, in both languages and themes",
        "the page Paper at every size, in both languages and themes",
        "the page for signing in at every size, in both languages and themes",
        "a halt and its end are seen by a second window",
        "Halt can be reached and left by keyboard alone",
        "settings are previewed, then saved",
        "a setting that cannot be is refused in words",
        "a proposal is approved, and filled",
        "a proposal is rejected, and nothing is ordered",
        "a fault is started on the page, its banner stands after the next tick, and goes when it is over",
        "a tick elsewhere changes the page, which is not loaded anew",
        "books that do not balance are shown so, and proven again when they do",
        "a server without a past says what is to come, and fills with its first tick",
        "a page whose server is gone says that it is old, and recovers with the server",
    ];

    [Theory]
    [MemberData(nameof(Checks))]
    public void It_does_what_its_user_expects(string check)
    {
        Needs.Program("node");
        Needs.Chromium();
        Assert.True(run.Failures.TryGetValue(check, out var failure), $"the script did not come to it: {run.Notes}");
        Assert.True(failure is null, failure);
    }

    [Fact]
    public void It_ran_these_checks_and_no_others()
    {
        Needs.Program("node");
        Needs.Chromium();
        Assert.Equal(Checks.Select(check => check.Data).Order(), run.Failures.Keys.Order());
    }
}
