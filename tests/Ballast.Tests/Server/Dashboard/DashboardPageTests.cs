using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Ballast.Tests.Server.Http;
using Ballast.Tests.Server.SignIn;

namespace Ballast.Tests.Server.Dashboard;

/// <summary>The page as it is served: compressed, cached, and nothing else beside it. Built with Node, without which there is none.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class DashboardPageTests
{
    private const int LargestFirstLoad = 150_000;

    private static readonly Regex Linked = new(@"(?:src|href)=""\.?(?<path>/assets/[^""]+)""");

    [Fact]
    public async Task The_page_is_there_and_may_load_from_this_server_only()
    {
        await using var server = await StartAsync();
        var page = await Browser.Of(server).GetAsync("/");
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8", "no-cache"), (page.Status, page.Header("Content-Type"), page.Header("Cache-Control")));
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            page.Header("Content-Security-Policy"));
        SecurityHeadersTests.AssertUsual(page);
        Assert.Contains("<html", page.Body, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=|https?://", page.Body);
    }

    [Fact]
    public async Task What_the_page_loads_is_kept_for_ever()
    {
        await using var server = await StartAsync();
        var assets = await AssetsAsync(server);
        Assert.NotEmpty(assets);
        foreach (var asset in assets)
        {
            var reply = await Browser.Of(server).GetAsync(asset);
            Assert.Equal((HttpStatusCode.OK, "public, max-age=31536000, immutable"), (reply.Status, reply.Header("Cache-Control")));
            Assert.Equal(
                Path.GetExtension(asset) switch { ".js" => "text/javascript; charset=utf-8", ".css" => "text/css; charset=utf-8", _ => "image/svg+xml" },
                reply.Header("Content-Type"));
            SecurityHeadersTests.AssertUsual(reply);
        }
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("GZIP;q=0.5, br;q=0", "gzip")]
    [InlineData("br;q=0.000, gzip;q=0", null)]
    [InlineData("deflate", null)]
    [InlineData("identity", null)]
    [InlineData("nonsense;;q==1,", null)]
    [InlineData(null, null)]
    public async Task Each_caller_gets_an_encoding_that_it_takes(string? accepts, string? encoding)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (accepts is not null)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        using var reply = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(encoding, reply.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", reply.Headers.Vary.Single());
        var body = await reply.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(body.Length, reply.Content.Headers.ContentLength);
        Assert.Equal((await Browser.Of(server).GetAsync("/")).Body, Decoded(body, encoding));
    }

    [Fact]
    public async Task What_a_browser_has_already_is_not_sent_again()
    {
        await using var server = await StartAsync();
        var browser = Browser.Of(server).With("Accept-Encoding", "br");
        var tag = (await browser.GetAsync("/")).Header("ETag")!;
        foreach (var known in (string[])[tag, $"W/{tag}", $"\"other\", {tag}", "*"])
        {
            var again = await browser.With("If-None-Match", known).GetAsync("/");
            Assert.Equal((HttpStatusCode.NotModified, "", tag), (again.Status, again.Body, again.Header("ETag")));
            SecurityHeadersTests.AssertUsual(again);
        }
        Assert.Equal(HttpStatusCode.OK, (await browser.With("If-None-Match", "\"other\"").GetAsync("/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.With("If-None-Match", tag).With("Accept-Encoding", "gzip").GetAsync("/")).Status);
    }

    [Fact]
    public async Task Asked_for_the_head_it_sends_the_head()
    {
        await using var server = await StartAsync();
        var browser = Browser.Of(server).With("Accept-Encoding", "br");
        var (whole, head) = (await browser.GetAsync("/"), await browser.SendAsync("HEAD", "/"));
        Assert.Equal((HttpStatusCode.OK, ""), (head.Status, head.Body));
        Assert.Equal((whole.Header("ETag"), whole.Header("Content-Length")), (head.Header("ETag"), head.Header("Content-Length")));
    }

    [Fact]
    public async Task The_first_load_is_small()
    {
        await using var server = await StartAsync();
        var sum = 0L;
        foreach (var path in (string[])["/", .. await AssetsAsync(server)])
        {
            var head = await Browser.Of(server).With("Accept-Encoding", "br").SendAsync("HEAD", path);
            sum += long.Parse(head.Header("Content-Length")!, CultureInfo.InvariantCulture);
        }
        Assert.InRange(sum, 1, LargestFirstLoad);
    }

    [Theory]
    [InlineData("/assets/../../appsettings.json")]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%5c..%5cwindows%5cwin.ini")]
    [InlineData("//etc/passwd")]
    [InlineData("/assets/")]
    [InlineData("/assets")]
    [InlineData("/index.html/")]
    [InlineData("/INDEX.HTML")]
    [InlineData("/index.html.br")]
    [InlineData("/index.html%00.js")]
    [InlineData("/dashboard/index.html")]
    [InlineData("/liblua54.so")]
    [InlineData("/favicon.ico%3f")]
    public async Task Nothing_but_its_files_is_served(string path)
    {
        await using var server = await StartAsync();
        var reply = await RawAsync(server, path);
        Assert.Matches("^HTTP/1.1 40[04] ", reply);
    }

    [Fact]
    public async Task It_is_only_read()
    {
        await using var server = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await Browser.Of(server).SendAsync("POST", "/", "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Browser.Of(server).SendAsync("PUT", "/index.html", "{}")).Status);
    }

    private static async Task<ServerUnderTest> StartAsync()
    {
        Needs.Program("node");
        return await ServerUnderTest.StartAsync();
    }

    private static async Task<IReadOnlyList<string>> AssetsAsync(ServerUnderTest server) =>
        [.. Linked.Matches((await Browser.Of(server).GetAsync("/")).Body).Select(found => found.Groups["path"].Value)];

    /// <summary>As it is written here; a client would tidy it.</summary>
    private static async Task<string> RawAsync(ServerUnderTest server, string path)
    {
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port, TestContext.Current.CancellationToken);
        await using var stream = connection.GetStream();
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(request, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string Decoded(byte[] body, string? encoding)
    {
        using var stream = new MemoryStream(body);
        using Stream decoded = encoding switch
        {
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            _ => stream,
        };
        using var reader = new StreamReader(decoded, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
