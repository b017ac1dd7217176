using System.Text.Json;
using Ballast.Core.Paper;

namespace Ballast.PaperExchange.Accounts;

/// <summary>
/// An account on disk: a line with all of it, then a line for each call that changed it. A line is with the operating system before its call
/// is answered, so that a killed process has lost nothing that anybody was told. One process at a time has the directory to itself.
/// </summary>
internal sealed class AccountFile : IDisposable
{
    public const string FileName = "account.jsonl";

    /// <summary>The file that is held open as long as a process uses the directory.</summary>
    private const string HoldName = "in-use";

    private readonly FileStream hold;
    private readonly FileStream file;
    private bool broken;

    private AccountFile(FileStream hold, FileStream file, PaperState state, bool lostLine) =>
        (this.hold, this.file, State, LostLine) = (hold, file, state, lostLine);

    /// <summary>As it was found, or as it was opened.</summary>
    public PaperState State { get; }

    /// <summary>Whether the last line was not whole: what it said had not been answered to anybody.</summary>
    public bool LostLine { get; }

    /// <param name="opening">Makes the account where there is none yet.</param>
    /// <exception cref="IOException">The directory is in use, or cannot be written, or what lies in it cannot be read; the message says what to do.</exception>
    public static AccountFile Open(string directory, Func<PaperState> opening)
    {
        Directory.CreateDirectory(directory);
        var hold = Hold(directory);
        try
        {
            var path = Path.Combine(directory, FileName);
            var (state, lostLine) = File.Exists(path) ? Read(path) : (opening(), false);
            return new AccountFile(hold, Write(path, state), state, lostLine);
        }
        catch (Exception)
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Adds what one call has changed.</summary>
    /// <exception cref="IOException">It could not be written. Nothing more is taken then, because the file would no longer tell one story.</exception>
    public void Append(IReadOnlyList<PaperFact> facts)
    {
        if (broken)
            throw new IOException("the paper account could not be written before; restart the program");
        broken = true;
        WriteLine(file, JsonSerializer.SerializeToUtf8Bytes([.. facts.Select(StoredFact.From)], AccountJson.Default.StoredFactArray));
        broken = false;
    }

    public void Dispose()
    {
        file.Dispose();
        hold.Dispose();
    }

    /// <exception cref="IOException">Another process has the directory.</exception>
    public static FileStream Hold(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, HoldName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException used)
        {
            throw new IOException(
                $"the paper account in {directory} is in use by another process: stop that, or set Ballast__Store__DataDirectory to another folder", used);
        }
    }

    /// <exception cref="IOException">It cannot be read; the message says what to do.</exception>
    public static (PaperState State, bool LostLine) Read(string path)
    {
        var text = File.ReadAllBytes(path);
        var whole = text.AsSpan().LastIndexOf((byte)'\n') + 1;
        var number = 0;
        try
        {
            PaperState? state = null;
            foreach (var line in Lines(text.AsMemory(0, whole)))
            {
                number++;
                if (state is null)
                    state = Parsed(JsonSerializer.Deserialize(line.Span, AccountJson.Default.StoredAccount)).State;
                else
                    foreach (var fact in Parsed(JsonSerializer.Deserialize(line.Span, AccountJson.Default.StoredFactArray)))
                        state.Apply(Parsed(fact.Fact));
            }
            return (Parsed(state), whole < text.Length);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            throw new IOException(
                $"the paper account {path} cannot be read (line {number}: {unreadable.Message}): put a copy of it back, or rename the file to begin anew",
                unreadable);
        }
    }

    private static T Parsed<T>(T? value) where T : class => value ?? throw new FormatException("there is nothing in it that this version knows");

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.Span.IndexOf((byte)'\n');
            yield return text[..end];
            text = text[(end + 1)..];
        }
    }

    // Beside the old file and then in its place: whenever this is interrupted, one of the two is there and whole.
    public static FileStream Write(string path, PaperState state)
    {
        var next = path + ".next";
        using (var written = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            WriteLine(written, JsonSerializer.SerializeToUtf8Bytes(StoredAccount.From(state), AccountJson.Default.StoredAccount));
            written.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private static void WriteLine(FileStream file, byte[] line) => file.Write([.. line, (byte)'\n']);
}
