using StackExchange.Redis;

namespace Ballast.Tests.Server.SignIn;

/// <summary>Two passwords, their hashes made beforehand (Python's hashlib), and the store they stand in.</summary>
internal static class Passwords
{
    public const string Operator = "correct horse battery";
    public const string OperatorHash = "pbkdf2-sha256.600000.kCjqDRXeyqNbLaIcApCvOw.qRYd-_vZAEy6dnQy1wQQKaiEkdAW-QqHhVBdoRRbdMQ";

    /// <summary>The same password with a six-hundredth of the work.</summary>
    public const string OldOperatorHash = "pbkdf2-sha256.1000.kCjqDRXeyqNbLaIcApCvOw.myEQ1LZadi3VRWD3clQGlqlCu2uqMTve6GJskVGV23A";

    public const string Reader = "a reader of everything";
    public const string OldReaderHash = "pbkdf2-sha256.1000.Mz5oL_pR3uvkh-XFP_mroA.Ef8BWOTfhsPWOF9KnMClcLjv-b3hJzwxRN6K3XEqiwg";
    public const string ReaderHash = "pbkdf2-sha256.600000.Mz5oL_pR3uvkh-XFP_mroA.uVkqVd2k82bm5x38Xhg5R0y8ARGvwUzmf_1Hjlb4vuw";

    /// <summary>The cheap ones, so that guessing in tests takes no processor from the others.</summary>
    public static async Task SetAsync(ServerUnderTest server) => await (await server.RedisAsync()).HashSetAsync(
        "bot:QRLUSDT:operator", [new HashEntry("password", OldOperatorHash), new HashEntry("reader_password", OldReaderHash)]);
}
