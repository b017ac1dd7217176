using Ballast.Core.Paper;

namespace Ballast.PaperExchange.Accounts;

/// <summary>
/// A place where an account is going to be, to be given a past in two steps: prepared beside it, and put there once everybody else who has to
/// know of that past does. No other process opens an account there meanwhile.
/// </summary>
public sealed class UnopenedAccount : IDisposable
{
    private readonly FileStream hold;
    private readonly string path;

    private UnopenedAccount(FileStream hold, string path, PaperState? prepared) => (this.hold, this.path, Prepared) = (hold, path, prepared);

    /// <summary>What was prepared and not put there; null when nothing is.</summary>
    public PaperState? Prepared { get; private set; }

    /// <summary>Whether a past waits to be put there, or was left behind when another account took the place.</summary>
    public static bool IsPrepared(string directory) => File.Exists(PreparedPath(PathIn(directory)));

    /// <returns>Null where there is an account; it is not looked into.</returns>
    /// <exception cref="IOException">The directory is in use, or cannot be written, or what was prepared cannot be read; the message says what to do.</exception>
    public static UnopenedAccount? Find(string directory)
    {
        var path = PathIn(directory);
        if (File.Exists(path))
        {
            File.Delete(PreparedPath(path));
            return null;
        }
        Directory.CreateDirectory(directory);
        var hold = AccountFile.Hold(directory);
        try
        {
            return new UnopenedAccount(hold, path, File.Exists(PreparedPath(path)) ? AccountFile.Read(PreparedPath(path)).State : null);
        }
        catch (Exception)
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Is on disk when it returns, whole.</summary>
    public void Prepare(PaperState state)
    {
        AccountFile.Write(PreparedPath(path), state).Dispose();
        Prepared = state;
    }

    /// <summary>Makes what was prepared the account.</summary>
    public void Open() => File.Move(PreparedPath(path), path);

    public void Discard()
    {
        File.Delete(PreparedPath(path));
        Prepared = null;
    }

    public void Dispose() => hold.Dispose();

    private static string PathIn(string directory) => Path.Combine(directory, AccountFile.FileName);

    private static string PreparedPath(string path) => path + ".prepared";
}
