using Ballast.Server.Configuration;

namespace Ballast.Tests.Server.Configuration;

public class RedisUrlTests
{
    [Theory]
    [InlineData("redis://localhost", "localhost", 6379, false, null, null, 0, "redis://localhost:6379/0")]
    [InlineData("redis://localhost/", "localhost", 6379, false, null, null, 0, "redis://localhost:6379/0")]
    [InlineData("REDIS://Redis_1:6380", "Redis_1", 6380, false, null, null, 0, "redis://Redis_1:6380/0")]
    [InlineData("rediss://cache.example.com:6380", "cache.example.com", 6380, true, null, null, 0, "rediss://cache.example.com:6380/0")]
    [InlineData("redis://10.0.0.5:6379", "10.0.0.5", 6379, false, null, null, 0, "redis://10.0.0.5:6379/0")]
    [InlineData("redis://[::1]", "::1", 6379, false, null, null, 0, "redis://[::1]:6379/0")]
    [InlineData("redis://:pass@[2001:db8::1]:7000/1", "2001:db8::1", 7000, false, null, "pass", 1, "redis://:***@[2001:db8::1]:7000/1")]
    [InlineData("redis://:pass@h", "h", 6379, false, null, "pass", 0, "redis://:***@h:6379/0")]
    [InlineData("redis://user:pass@h", "h", 6379, false, "user", "pass", 0, "redis://user:***@h:6379/0")]
    [InlineData("redis://user:p%40ss%2Fw%25@h", "h", 6379, false, "user", "p@ss/w%", 0, "redis://user:***@h:6379/0")]
    [InlineData("redis://us%3Aer:pass@h", "h", 6379, false, "us:er", "pass", 0, "redis://us%3Aer:***@h:6379/0")]
    [InlineData("redis://u:a:b@c@h", "h", 6379, false, "u", "a:b@c", 0, "redis://u:***@h:6379/0")]
    [InlineData("redis://u:a+b@h", "h", 6379, false, "u", "a+b", 0, "redis://u:***@h:6379/0")]
    [InlineData("redis://:@h", "h", 6379, false, null, null, 0, "redis://h:6379/0")]
    [InlineData("redis://h/2", "h", 6379, false, null, null, 2, "redis://h:6379/2")]
    [InlineData("redis://h/2/", "h", 6379, false, null, null, 2, "redis://h:6379/2")]
    [InlineData("redis://h?db=2", "h", 6379, false, null, null, 2, "redis://h:6379/2")]
    [InlineData("redis://h:1/?db=15", "h", 1, false, null, null, 15, "redis://h:1/15")]
    [InlineData("redis://h/3?db=3", "h", 6379, false, null, null, 3, "redis://h:6379/3")]
    [InlineData(" rediss://u:p@h:65535/0\n", "h", 65535, true, "u", "p", 0, "rediss://u:***@h:65535/0")]
    public void A_URL_is_read_in_all_its_forms(
        string text, string host, int port, bool tls, string? user, string? password, int database, string shown)
    {
        Assert.True(RedisUrl.Parse(text).TryGet(out var url, out _));
        Assert.Equal(new RedisUrl(host, port, tls, user, password, database), url);
        Assert.Equal(shown, url.ToString());
    }

    [Theory]
    [InlineData("localhost:6379", "does not begin with redis://")]
    [InlineData("localhost", "does not begin with redis://")]
    [InlineData("http://h", "another scheme than redis://")]
    [InlineData("redis+sentinel://h", "another scheme than redis://")]
    [InlineData("redis://", "host is missing")]
    [InlineData("redis:///2", "host is missing")]
    [InlineData("redis://:6379", "host is missing")]
    [InlineData("redis://a,b", "not one name or address")]
    [InlineData("redis://::1:6379", "write it in brackets")]
    [InlineData("redis://[h]", "not one name or address")]
    [InlineData("redis://[::1", "write it in brackets")]
    [InlineData("redis://[::1]6379", "port is not a number")]
    [InlineData("redis://h:", "port is not a number")]
    [InlineData("redis://h:0", "port is not a number")]
    [InlineData("redis://h:65536", "port is not a number")]
    [InlineData("redis://user@h", "user without a password")]
    [InlineData("redis://user:@h", "user without a password")]
    [InlineData("redis://:p/q@h", "percent-encode them: %2F")]
    [InlineData("redis://:p#q@h", "percent-encode them: %2F")]
    [InlineData("redis://:50%off@h", "write a plain per cent sign as %25")]
    [InlineData("redis://:p%4@h", "write a plain per cent sign as %25")]
    [InlineData("redis://:p q@h", "percent-encode it (%20)")]
    [InlineData("redis://h/two", "database is not one number")]
    [InlineData("redis://h/1/2", "database is not one number")]
    [InlineData("redis://h/-1", "database is not one number")]
    [InlineData("redis://h/1?db=2", "database is not one number")]
    [InlineData("redis://h?db=1&db=2", "database is not one number")]
    [InlineData("redis://h?db=", "database is not one number")]
    [InlineData("redis://h?ssl_cert_reqs=none", "the only parameter understood")]
    [InlineData("redis://h#1", "there is a # at the end")]
    public void A_URL_that_cannot_be_used_is_refused_with_the_fix(string text, string expected)
    {
        Assert.False(RedisUrl.Parse(text).TryGet(out _, out var failure));
        Assert.Contains(expected, failure!.Reason, StringComparison.Ordinal);
    }
}
