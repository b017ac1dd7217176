namespace Ballast.Server.Commands;

/// <summary>How the program ends, after sysexits.h, so that a script or a supervisor can tell a mistake from an outage.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command ran and the answer is no: a discrepancy, nothing found, nothing to resolve, a tick that did not succeed.</summary>
    public const int Refused = 1;

    /// <summary>The command line is not understood.</summary>
    public const int Usage = 64;

    /// <summary>A port, a directory, a file, the store or the exchange cannot be had.</summary>
    public const int Unavailable = 69;

    /// <summary>A fault in the program itself.</summary>
    public const int Fault = 70;

    /// <summary>Told to stop before it was done, as a shell counts it.</summary>
    public const int Interrupted = 130;

    /// <summary>A mistake in the configuration.</summary>
    public const int Configuration = 78;
}
