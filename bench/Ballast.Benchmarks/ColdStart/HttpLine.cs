using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ballast.Benchmarks.ColdStart;

/// <param name="Status">Of HTTP.</param>
internal sealed record HttpAnswer(int Status, string Body)
{
    /// <summary>Whether the next question needs another connection.</summary>
    public bool Last { get; init; }
}

/// <summary>
/// One connection to a program that may not listen yet. A bare socket, so that the one who asks costs as little as possible and the same
/// for everyone.
/// </summary>
internal sealed class HttpLine(int port) : IDisposable
{
    /// <summary>Between two attempts to connect. A refused one costs the machine some microseconds.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualResetEvent never = new(false);
    private readonly byte[] buffer = new byte[256 * 1024];
    private Socket? socket;

    /// <summary>Knocks until somebody opens; nothing to do when somebody has.</summary>
    /// <param name="abandoned">Whether there is nobody any more who could.</param>
    /// <exception cref="InvalidOperationException">Nobody did.</exception>
    public void Connect(Func<bool> abandoned)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (socket is null && (socket = Knock()) is null)
        {
            if (abandoned() || TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"nothing listens on port {port}");
            never.WaitOne(Pause);
        }
        socket.NoDelay = true;
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
    }

    /// <summary>Returns with the answer's last byte.</summary>
    /// <exception cref="InvalidOperationException">No whole answer came.</exception>
    public HttpAnswer Ask(byte[] question)
    {
        if (socket is null)
            Connect(() => false);
        socket!.Send(question);
        var length = 0;
        while (true)
        {
            var read = socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None);
            length += read;
            if (Whole(Encoding.UTF8.GetString(buffer, 0, length), ended: read == 0) is { } answer)
            {
                if (answer.Last)
                    Close();
                return answer;
            }
            if (read == 0)
                throw new InvalidOperationException("the connection was closed in the middle of an answer");
        }
    }

    public void Dispose()
    {
        Close();
        never.Dispose();
    }

    private void Close()
    {
        socket?.Dispose();
        socket = null;
    }

    /// <summary>Without the exception that a refused connection would otherwise be, which takes longer than the attempt.</summary>
    private Socket? Knock()
    {
        var attempt = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var done = new ManualResetEventSlim();
        using var knock = new SocketAsyncEventArgs { RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, port) };
        knock.Completed += (_, _) => done.Set();
        if (attempt.ConnectAsync(knock))
            done.Wait();
        if (knock.SocketError == SocketError.Success)
            return attempt;
        attempt.Dispose();
        return null;
    }

    /// <summary>Null as long as some of it is missing.</summary>
    private static HttpAnswer? Whole(string text, bool ended)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return null;
        var lines = text[..end].Split("\r\n");
        var rest = text[(end + 4)..];
        var body = Header(lines, "Content-Length") is { } length ? Sized(rest, int.Parse(length, CultureInfo.InvariantCulture))
            : Header(lines, "Transfer-Encoding") == "chunked" ? Chunked(rest)
            : ended ? rest : null;
        return body is null ? null : new HttpAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), body)
        {
            Last = ended || Header(lines, "Connection") == "close",
        };
    }

    private static string? Header(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim().ToLowerInvariant();

    private static string? Sized(string rest, int bytes) => Encoding.UTF8.GetByteCount(rest) >= bytes ? rest : null;

    private static string? Chunked(string rest)
    {
        if (!rest.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            return null;
        var body = new StringBuilder();
        var content = Encoding.UTF8.GetBytes(rest);
        for (var at = 0; ;)
        {
            var line = content.AsSpan(at).IndexOf("\r\n"u8);
            if (line < 0 || !int.TryParse(content.AsSpan(at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size))
                return null;
            if (size == 0)
                return body.ToString();
            body.Append(Encoding.UTF8.GetString(content, at + line + 2, Math.Min(size, content.Length - at - line - 2)));
            at += line + 2 + size + 2;
            if (at > content.Length)
                return null;
        }
    }
}
