using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ballast.Server.Auth;

/// <summary>
/// The framework's handler, without its log: that one writes the library's exception for every refused token, and with it claims that
/// anybody can choose. <see cref="Refusals"/> writes the line instead.
/// </summary>
internal sealed class SilentJwtBearerHandler(IOptionsMonitor<JwtBearerOptions> options, UrlEncoder encoder)
    : JwtBearerHandler(options, NullLoggerFactory.Instance, encoder);
