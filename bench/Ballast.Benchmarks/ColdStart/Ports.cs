using System.Net;
using System.Net.Sockets;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>
/// Ports to listen on that the system gives to nobody who connects: knocking on one of those before anybody listens there may end in a
/// connection with oneself.
/// </summary>
internal static class Ports
{
    private const int First = 20_000;
    private const int Last = 29_999;

    private static int next = First + Environment.ProcessId % 5_000;

    public static int Next()
    {
        while (true)
        {
            next = next < Last ? next + 1 : First;
            using var probe = new TcpListener(IPAddress.Any, next);
            try
            {
                probe.Start();
                return next;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                continue;
            }
        }
    }
}
