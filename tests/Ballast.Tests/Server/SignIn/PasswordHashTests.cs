using Ballast.Server.SignIn;

namespace Ballast.Tests.Server.SignIn;

public class PasswordHashTests
{
    [Fact]
    public void A_password_fits_its_hash_and_no_other_does()
    {
        var hash = PasswordHash.Of("pass phrase of mine");
        Assert.True(hash.Matches("pass phrase of mine"));
        Assert.False(hash.Matches("pass phrase of mine "));
        Assert.False(hash.Matches(""));
        Assert.True(PasswordHash.Parse(hash.ToString()).TryGet(out var read, out _) && read.Matches("pass phrase of mine"));
    }

    [Fact]
    public void The_same_password_has_another_hash_each_time() =>
        Assert.NotEqual(PasswordHash.Of("pass phrase of mine").ToString(), PasswordHash.Of("pass phrase of mine").ToString());

    [Theory]
    [InlineData(Passwords.Operator, Passwords.OperatorHash, false)]
    [InlineData(Passwords.Operator, Passwords.OldOperatorHash, true)]
    [InlineData(Passwords.Reader, Passwords.ReaderHash, false)]
    public void It_is_PBKDF2_as_others_compute_it(string password, string text, bool weak)
    {
        Assert.True(PasswordHash.Parse(text).TryGet(out var hash, out _));
        Assert.True(hash.Matches(password));
        Assert.Equal((weak, text), (hash.IsWeak, hash.ToString()));
    }

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("")]
    [InlineData("pbkdf2-sha1.600000.kCjqDRXeyqNbLaIcApCvOw.qRYd-_vZAEy6dnQy1wQQKaiEkdAW-QqHhVBdoRRbdMQ")]
    [InlineData("pbkdf2-sha256.0.kCjqDRXeyqNbLaIcApCvOw.qRYd-_vZAEy6dnQy1wQQKaiEkdAW-QqHhVBdoRRbdMQ")]
    [InlineData("pbkdf2-sha256.2000000000.kCjqDRXeyqNbLaIcApCvOw.qRYd-_vZAEy6dnQy1wQQKaiEkdAW-QqHhVBdoRRbdMQ")]
    [InlineData("pbkdf2-sha256.600000.kCjqDRXeyqNbLaIcApCvOw.")]
    [InlineData("pbkdf2-sha256.600000..qRYd-_vZAEy6dnQy1wQQKaiEkdAW-QqHhVBdoRRbdMQ")]
    [InlineData("pbkdf2-sha256.600000.kCjqDRXeyqNbLaIcApCvOw.qRYd")]
    public void What_is_no_hash_is_refused_and_not_shown(string text)
    {
        var failure = PasswordHash.Parse(text).Failure!;
        Assert.Contains("ballast operator hash-password", failure.Reason, StringComparison.Ordinal);
        Assert.True(text.Length == 0 || !failure.Reason.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_knows_the_password_of_nobody()
    {
        Assert.False(PasswordHash.OfNobody.Matches(""));
        Assert.False(PasswordHash.OfNobody.Matches(Passwords.Operator));
    }

    [Theory]
    [InlineData("eleven char", false)]
    [InlineData("twelve chars", true)]
    [InlineData("一二三四五六七八九十十一", true)]
    [InlineData("with a tab\tin it", false)]
    public void A_password_is_long_and_can_be_typed(string password, bool fine) => Assert.Equal(fine, PasswordHash.Complaint(password) is null);
}
