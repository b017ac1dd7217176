using System.Diagnostics.CodeAnalysis;

namespace Ballast.Core;

/// <summary>Why something outside the program did not give what was asked. The order is the order of certainty.</summary>
public enum FailureKind
{
    /// <summary>The other side understood and said no; nothing happened there.</summary>
    Rejected,

    /// <summary>The other side wants to be left alone for a while; nothing happened there.</summary>
    RateLimited,

    /// <summary>No usable answer to a question; asking again later is safe.</summary>
    Unavailable,

    /// <summary>An answer or an input that makes no sense: a crossed book, a number no decimal can hold, a mistyped setting.</summary>
    BadData,

    /// <summary>A command left, and nobody knows whether it was carried out. Never a synonym for Rejected.</summary>
    UnknownOutcome,
}

/// <summary>A failure that is expected to happen, as a value. <see cref="Reason"/> is one sentence for the owner, without secrets.</summary>
/// <param name="Code">The exchange's own error code, when it gave one.</param>
/// <param name="RetryAfter">How long the other side asked to be left alone, when it said.</param>
public sealed record Failure(FailureKind Kind, string Reason, int? Code = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The exchange's code for an order that it does not know, or does not know yet.</summary>
    public const int NoSuchOrder = -2013;

    public static Failure BadData(string reason) => new(FailureKind.BadData, reason);

    public static Failure Unavailable(string reason) => new(FailureKind.Unavailable, reason);
}

/// <summary>A value or the reason there is none. <c>default</c> is neither and must not be passed on.</summary>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Failure? failure) => (this.value, Failure) = (value, failure);

    /// <summary>Null when there is a value.</summary>
    public Failure? Failure { get; }

    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>For a <typeparamref name="T"/> that is an interface: C# offers no implicit conversion from those.</summary>
    public static Result<T> Of(T value) => new(value, null);

    public static implicit operator Result<T>(Failure failure) => new(default, failure);

    public bool TryGet([MaybeNullWhen(false)] out T found, [MaybeNullWhen(true)] out Failure failure)
    {
        (found, failure) = (value, Failure);
        return failure is null;
    }
}
