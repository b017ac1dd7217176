using System.Security.Cryptography;
using System.Text;
using Ballast.Core;
using Ballast.Server.Auth;
using Ballast.Server.Configuration;

namespace Ballast.Server.SignIn;

/// <summary>
/// Signing in and out, and whose session a cookie is. Every call throws <see cref="Core.Ticks.StoreUnavailableException"/> when the store cannot be
/// reached: then nobody is let in.
/// </summary>
internal sealed partial class SignInDesk(RedisSignIn store, LockOut lockOut, DashboardSettings settings, TimeProvider clock, ILogger<SignInDesk> log)
    : IDisposable
{
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How many may wait for a password to be looked at; each look takes a processor for a moment, which ticks need, too.</summary>
    private const int LongestQueue = 8;

    private readonly SemaphoreSlim looking = new(1);
    private int waiting;

    /// <summary>The link on the banner; it lives as long as this process, and needs no store.</summary>
    private FirstLink? first;

    private sealed record FirstLink(string Digest, DateTimeOffset Expires);

    /// <summary>A link that signs in once, until <see cref="LinkLifetime"/> has passed: the code in it.</summary>
    public string NewLink()
    {
        var code = NewCode();
        first = new FirstLink(DigestOf(code), clock.GetUtcNow() + LinkLifetime);
        return code;
    }

    /// <summary>Not to be guessed, and easy to copy.</summary>
    public static string NewCode() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The name under which the store knows a link.</summary>
    public static string DigestOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    /// <summary>How somebody can sign in: <c>password</c>, <c>link</c> or <c>off</c>.</summary>
    public async Task<string> WayInAsync()
    {
        var (password, reader) = await PasswordsAsync();
        return password.Hash is not null || reader.Hash is not null ? "password" : settings.Links ? "link" : "off";
    }

    /// <summary>The session behind a cookie, or why there is none.</summary>
    public async Task<(Session? Session, Refusal? Refusal)> FindAsync(SessionId id)
    {
        if (await store.FindAsync(id) is not { } session || !IsStillGood(session))
            return (null, Refusal.UnknownSession);
        var now = clock.GetUtcNow().UtcDateTime;
        if (session.Expires <= now)
            return (null, Refusal.ExpiredSession);
        if (now - session.Seen < Session.SeenStep)
            return (session, null);
        var seen = session with { Seen = now };
        await store.TouchAsync(id, session, seen);
        return (seen, null);
    }

    /// <param name="earlier">The session that the caller shows, which ends with this.</param>
    /// <param name="device">By what the browser is known from an earlier time.</param>
    public async Task<SignInOutcome> SignInAsync(string password, string address, SessionId? earlier, SessionId? device)
    {
        var (attempt, wait) = await lockOut.BeginAsync(address, device);
        if (attempt is null)
            return new SignInOutcome.LockedOut(wait);
        var (operators, readers) = await PasswordsAsync();
        if (await LookAsync(password, operators.Hash, readers.Hash) is not { } looked)
            return new SignInOutcome.LockedOut(TimeSpan.FromSeconds(1));
        if (looked.Role is not { } role)
            return new SignInOutcome.Wrong();
        var fits = role == Role.Operator ? operators : readers;
        if (await EnterAsync(role, fits.Source, address, fits.Source == SignInSource.Store ? fits.Hash : null, earlier) is not { } signedIn)
            return new SignInOutcome.Wrong();
        if (looked.Newer is { } newer && fits.Source == SignInSource.Store)
            await store.ReplaceAsync(role, fits.Hash!, newer);
        var known = device ?? SessionId.New();
        await lockOut.ForgiveAsync(attempt, role, known);
        return new SignInOutcome.Entered(signedIn, known);
    }

    /// <summary>Null for a link that is unknown, used or too old.</summary>
    public async Task<SignedIn?> SignInByLinkAsync(string code, string address, SessionId? earlier)
    {
        var digest = DigestOf(code);
        var known = first;
        var isFirst = known?.Digest == digest && known.Expires > clock.GetUtcNow() && Interlocked.CompareExchange(ref first, null, known) == known;
        return isFirst || await store.UseLinkAsync(digest) ? await EnterAsync(Role.Operator, SignInSource.Link, address, null, earlier) : null;
    }

    public Task SignOutAsync(SessionId id) => store.RemoveAsync(id);

    public Task SignEverybodyOutAsync() => store.RemoveAllAsync();

    /// <summary>Who is signed in, most recently seen first.</summary>
    public async Task<IReadOnlyList<SessionRow>> ShowAsync(SessionId? caller)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = new List<SessionRow>();
        foreach (var (digest, session) in await store.AllAsync())
        {
            if (session.Expires > now && IsStillGood(session))
                rows.Add(new SessionRow(
                    session.Role, session.Since, session.Seen, session.Expires, session.Address,
                    SignedInBy: session.Source == SignInSource.Link ? "link" : "password",
                    Current: digest == caller?.Digest));
        }
        rows.Sort((one, other) => other.LastSeen.CompareTo(one.LastSeen));
        return rows;
    }

    public void Dispose() => looking.Dispose();

    private async Task<SignedIn?> EnterAsync(Role role, string source, string address, PasswordHash? stored, SessionId? earlier)
    {
        var now = clock.GetUtcNow();
        var (id, session) = (SessionId.New(), new Session(role, source, now.UtcDateTime, now.UtcDateTime, address));
        if (!await store.AddAsync(id, session, stored, earlier, now))
            return null;
        LogSignedIn(role, address);
        return new SignedIn(id, session);
    }

    /// <summary>Whether what let them in still would.</summary>
    private bool IsStillGood(Session session) =>
        session.Source == SignInSource.Link ? settings.Links
        : session.Source == ((session.Role == Role.Operator ? settings.Password : settings.ReaderPassword) is { } configured
            ? SignInSource.Configured(configured) : SignInSource.Store);

    private async Task<((PasswordHash? Hash, string Source) Operator, (PasswordHash? Hash, string Source) Reader)> PasswordsAsync() =>
        (await PasswordAsync(Role.Operator, settings.Password), await PasswordAsync(Role.Reader, settings.ReaderPassword));

    private async Task<(PasswordHash? Hash, string Source)> PasswordAsync(Role role, PasswordHash? configured) =>
        configured is not null ? (configured, SignInSource.Configured(configured))
        : (await store.PasswordAsync(role) is { } text && PasswordHash.Parse(text).TryGet(out var hash, out _) ? hash : null, SignInSource.Store);

    /// <summary>One password at a time, and the same work whatever is wrong with it. Null when too many wait already.</summary>
    private async Task<Looked?> LookAsync(string password, PasswordHash? operators, PasswordHash? readers)
    {
        if (Interlocked.Increment(ref waiting) > LongestQueue)
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }
        await looking.WaitAsync();
        try
        {
            // On a thread of its own: it would keep one of the pool's from everybody else's calls for as long as it takes.
            return await Task.Factory.StartNew(
                () => Look(password, operators, readers), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            looking.Release();
            Interlocked.Decrement(ref waiting);
        }
    }

    private static Looked Look(string password, PasswordHash? operators, PasswordHash? readers)
    {
        var isOperator = (operators ?? PasswordHash.OfNobody).Matches(password);
        var isReader = (readers ?? PasswordHash.OfNobody).Matches(password);
        Role? role = isOperator ? Role.Operator : isReader ? Role.Reader : null;
        return new Looked(role, (isOperator ? operators : isReader ? readers : null)?.IsWeak == true ? PasswordHash.Of(password) : null);
    }

    /// <param name="Role">Null when the password is wrong.</param>
    /// <param name="Newer">The right password's hash made anew; null where it is as good as they are made now.</param>
    private sealed record Looked(Role? Role, PasswordHash? Newer);

    [LoggerMessage(Level = LogLevel.Information, Message = "Signed in as {Role} from {Address}")]
    private partial void LogSignedIn(Role role, string address);
}

/// <summary>What became of an attempt to sign in.</summary>
internal abstract record SignInOutcome
{
    /// <param name="Device">By what the browser is known from now on.</param>
    public sealed record Entered(SignedIn SignedIn, SessionId Device) : SignInOutcome;

    public sealed record Wrong : SignInOutcome;

    /// <param name="Wait">Until then even the right password is refused.</param>
    public sealed record LockedOut(TimeSpan Wait) : SignInOutcome;
}
