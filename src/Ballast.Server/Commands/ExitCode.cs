namespace Ballast.Server.Commands;

/// <summary>How the program ends, after sysexits.h, so that a script or a supervisor can tell a mistake from an outage.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command ran and the answer is no: a discrepancy, nothing to resolve, a statement that cannot be booked.</summary>
    public const int Refused = 1;

    /// <summary>The command line is not understood.</summary>
    public const int Usage = 64;

    /// <summary>A port, a directory or the store cannot be had.</summary>
    public const int Unavailable = 69;

    /// <summary>A mistake in the configuration.</summary>
    public const int Configuration = 78;
}
