using Ballast.Core;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange.Faults;

/// <summary>Asked of the routes that are really there, so that a mistyped call is not a fault that never shows.</summary>
internal static class ServedCalls
{
    /// <summary>Null when every call that a fault is to be about is served; otherwise what is, too.</summary>
    public static Failure? Unknown(IEndpointRouteBuilder routes, FaultRequest request)
    {
        var calls = routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText?.StartsWith(ApiCall.Root, StringComparison.Ordinal) == true)
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(
                method => new ApiCall(method, route.RoutePattern.RawText![ApiCall.Root.Length..], Keyed: true)))
            .ToArray();
        var unknown = request.Calls?.FirstOrDefault(word => !calls.Any(call => call.IsCalled(word)));
        return unknown is null ? null : Failure.BadData(
            $"there is no call '{unknown}'; write one of: {string.Join(", ", calls.Select(call => $"{call.Method} {call.Name}").Order(StringComparer.Ordinal))}; without a method it is every method");
    }
}
