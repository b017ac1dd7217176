using Ballast.Core;

namespace Ballast.Tests.Core;

public class UtcTextTests
{
    [Theory]
    [InlineData("2026-01-01T12:00:00Z", "2026-01-01T12:00:00Z")]
    [InlineData("2026-01-01t12:00:00z", "2026-01-01T12:00:00Z")]
    [InlineData("2026-01-01T13:00:00+01:00", "2026-01-01T12:00:00Z")]
    [InlineData("2026-01-01T05:30:00-06:30", "2026-01-01T12:00:00Z")]
    [InlineData("2026-01-01T12:00:00.5Z", "2026-01-01T12:00:00.5Z")]
    [InlineData("2026-01-01T12:00:00.000Z", "2026-01-01T12:00:00Z")]
    [InlineData("2026-01-01T12:00:00.1234567Z", "2026-01-01T12:00:00.1234567Z")]
    [InlineData("2026-01-01T12:00:00.123456789Z", "2026-01-01T12:00:00.1234567Z")] // nanoseconds: finer than we count
    [InlineData("2026-01-01T12:00:00.123456789+01:00", "2026-01-01T11:00:00.1234567Z")]
    public void A_time_in_RFC_3339_is_read_and_written_in_UTC(string text, string utc)
    {
        Assert.True(UtcText.TryRead(text, out var time));
        Assert.Equal(utc, UtcText.Write(time));
        Assert.True(UtcText.TryRead(utc, out var again));
        Assert.Equal(time, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2026-01-01")]
    [InlineData("2026-01-01T12:00:00")]
    [InlineData("2026-01-01T12:00Z")]
    [InlineData("2026-01-01 12:00:00Z")]
    [InlineData("2026-01-01T12:00:00.Z")]
    [InlineData("2026-01-01T12:00:00+0100")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-01-01T25:00:00Z")]
    [InlineData("2026-01-01T12:00:00Z\n")]
    [InlineData(" 2026-01-01T12:00:00Z")]
    [InlineData("٢٠٢٦-01-01T12:00:00Z")]
    public void Anything_else_is_refused(string text) => Assert.False(UtcText.TryRead(text, out _));
}
