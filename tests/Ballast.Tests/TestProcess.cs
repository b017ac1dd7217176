using System.Runtime.CompilerServices;
using CsCheck;

namespace Ballast.Tests;

/// <summary>
/// The tests share one process with the servers they start. A property that takes every thread for seconds would make those servers miss
/// their deadlines, which are part of what is tested.
/// </summary>
internal static class TestProcess
{
    [ModuleInitializer]
    internal static void LeaveRoom()
    {
        Check.Threads = 1;
        ThreadPool.SetMinThreads(64, 64);
    }
}
