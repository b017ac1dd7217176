namespace Ballast.Tests.Tidy;

/// <summary>A rule that cannot fail proves nothing: each meets a small repository that breaks it, and one that only looks as if.</summary>
public class TidyRulesTests
{
    private static readonly TreeFile[] Bystanders =
    [
        new("src/Ballast.Core/Books/Trade.cs", "public sealed record Trade(decimal Fee);"),
        new("src/Ballast.Server/Ballast.Server.csproj", """<Project><PackageReference Include="Used" /></Project>"""),
        new("docs/ARCHITECTURE.md", ""),
    ];

    public static TheoryData<string, string, string> Offences => new()
    {
        { "No source file is longer than 400 lines", "src/Ballast.Core/Money.cs", new string('\n', 400) + "x" },
        { "No source file is longer than 400 lines", "src/dashboard/chart.ts", new string('\n', 400) + "x\n" },
        { "File names say what is inside", "src/Ballast.Core/Books/TradeUtils.cs", "" },
        { "File names say what is inside", "src/Ballast.Core/Common/Trade.cs", "" },
        { "File names say what is inside", "src/dashboard/date-helpers.ts", "" },
        { "Type names say what they are", "src/Ballast.Core/Books/Order.cs", "public record struct OrderManager(int A);" },
        { "Type names say what they are", "src/Ballast.Core/Books/Order.cs", "interface IX; class StoreImpl : IX { }" },
        { "Type names say what they are", "src/dashboard/chart.ts", "export interface ChartMisc {}" },
        { "The domain has no binary floating point", "src/Ballast.Core/Money.cs", "var x = (double)1m;" },
        { "The domain has no binary floating point", "src/Ballast.Core/Money.cs", "float F() => 1;" },
        { "The domain has no binary floating point", "src/Ballast.Core/Money.cs", "var x = 0.5;" },
        { "The domain has no binary floating point", "src/Ballast.Core/Money.cs", "var x = 1e-3;" },
        { "The domain has no binary floating point", "src/Ballast.Core/Money.cs", "var x = 1.25f;" },
        { "The domain has no binary floating point", "src/Ballast.Core/Money.cs", "var x = 1d;" },
        { "No failure is swallowed", "src/Ballast.Core/Money.cs", "try { F(); } catch { }" },
        { "No failure is swallowed", "src/Ballast.Core/Money.cs", "try { F(); }\ncatch (Exception e) when (e is X || F(1))\n{\n    // never mind\n}" },
        { "No failure is swallowed", "src/dashboard/chart.ts", "try { f() } catch (e) {}" },
        { "Notes to oneself have an owner", "src/Ballast.Core/Money.cs", "// TO" + "DO: later" },
        { "Notes to oneself have an owner", "docs/ARCHITECTURE.md", "FIX" + "ME" },
        { "Notes to oneself have an owner", ".ci/run", "# HA" + "CK()" },
        { "All code is written", "src/Ballast.Core/Money.cs", "int F() => throw new NotImplementedException();" },
        { "No test is skipped", "tests/Ballast.Tests/Core/MoneyTests.cs", "[Fact(Skip = \"flaky\")]" },
        { "No test is skipped", "tests/Ballast.Tests/Core/MoneyTests.cs", "[Fact(Skip=Reason)]" },
        { "No file names a path of one machine", "docs/ARCHITECTURE.md", "see /ho" + "me/me/ballast" },
        { "No file names a path of one machine", ".ci/run", "cd /ro" + "ot/ballast" },
        { "No file names a path of one machine", "src/Ballast.Core/Money.cs", "var x = \"/wo" + "rk/main\";" },
        { "No file names a path of one machine", "docs/ARCHITECTURE.md", "C:\\Us" + "ers\\me" },
        { "The root holds only what a visitor needs", "PLAN.md", "" },
        { "The root holds only what a visitor needs", "scripts/run.sh", "" },
        { "Folders go one level deep", "src/Ballast.Core/Books/Fees/Fee.cs", "" },
        { "Tests mirror the code", "tests/Ballast.Tests/Market/PriceTests.cs", "" },
        { "Tests mirror the code", "tests/Ballast.Tests/Core/Orders/OrderTests.cs", "" },
        { "Tests mirror the code", "tests/Ballast.Tests/Tidy/Deep/OrderTests.cs", "" },
        { "The domain refers to nothing", "src/Ballast.Core/Ballast.Core.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PackageReference Include="X" /></Project>""" },
        { "The domain refers to nothing", "src/Ballast.Core/Ballast.Core.csproj", """<Project Sdk="Microsoft.NET.Sdk"><FrameworkReference Include="X" /></Project>""" },
        { "The domain refers to nothing", "src/Ballast.Core/Ballast.Core.csproj", """<Project Sdk="Microsoft.NET.Sdk.Web" />""" },
        { "Arrows between projects run one way", "src/Ballast.Core/Ballast.Core.csproj", """<Project><ProjectReference Include="..\Ballast.Mexc\Ballast.Mexc.csproj" /></Project>""" },
        { "Arrows between projects run one way", "src/Ballast.Mexc/Ballast.Mexc.csproj", """<Project><ProjectReference Include="../Ballast.PaperExchange/Ballast.PaperExchange.csproj" /></Project>""" },
        { "Arrows between projects run one way", "src/Ballast.Server/Ballast.Server.csproj", """<Project><ProjectReference Include="../../tests/Ballast.Tests/Ballast.Tests.csproj" /></Project>""" },
        { "Arrows between projects run one way", "src/Ballast.Other/Ballast.Other.csproj", "<Project />" },
        { "Every package is explained", "Directory.Packages.props", """<Project><ItemGroup Label="Ours"><PackageVersion Include="Used" Version="1" /></ItemGroup></Project>""" },
        { "Every package is explained", "Directory.Packages.props", """<Project><ItemGroup><!-- For A. --><PackageVersion Include="A" /> <PackageVersion Include="Used" /></ItemGroup></Project>""" },
        { "Every package is used", "Directory.Packages.props", """<Project><ItemGroup><!-- For A. --><PackageVersion Include="A" Version="1" /></ItemGroup></Project>""" },
        { "Every link in Markdown leads somewhere", "README.md", "[the tick](docs/TICK.md#steps)" },
        { "Every link in Markdown leads somewhere", "docs/DESIGN.md", "[the tick](docs/ARCHITECTURE.md)" },
        { "Every link in Markdown leads somewhere", "README.md", "See [1].\n\n[1]: docs/TICK.md\n" },
        { "Every path in Markdown exists", "README.md", "Read `src/Ballast.Core/Ticks/Tick.cs`." },
        { "Every path in Markdown exists", "docs/DESIGN.md", "```sh\n.ci/run\n```" },
        { "Every README command is run by a test", "README.md", "```sh\ndotnet run --project src/Ballast.Other\n```" },
        { "Every README command is run by a test", "README.md", "```bash\nPORT=1 X='a b' curl -s \\\n  localhost\n```" },
        { "Every README command is run by a test", "README.md", "```console\n$ redis-cli flushall\n```" },
    };

    public static TheoryData<string, string, string> Lookalikes => new()
    {
        { "No source file is longer than 400 lines", "src/Ballast.Core/Money.cs", new string('\n', 399) + "x\n" },
        { "File names say what is inside", "src/Ballast.Core/Books/Implied.cs", "" },
        { "Type names say what they are", "src/Ballast.Core/Books/Order.cs", "// class Common\nclass Simple { string S = \"class Impl\"; T F<T>() where T : class => new ResourceManager(); }" },
        { "The domain has no binary floating point", "src/Ballast.Core/Money.cs", "// a double\nvar x = 0.5m + 1e3m + 1_000.50m + 0x1e3 + 0x1d; var s = $\"float {Single(1..2)} 0.5\"; list.Single();" },
        { "The domain has no binary floating point", "src/Ballast.Mexc/Retry.cs", "var jitter = 0.5;" },
        { "No failure is swallowed", "src/Ballast.Core/Money.cs", "try { F(); } catch (Exception e) { Log(e); } if (x) { }" },
        { "Notes to oneself have an owner", "src/Ballast.Core/Money.cs", "// TO" + "DO(alice): after the release; no TO" + "DOs" },
        { "All code is written", "src/Ballast.Core/Money.cs", "// not a NotImplementedException" },
        { "No test is skipped", "tests/Ballast.Tests/Core/MoneyTests.cs", "rows.Skip(1); var skip = 1; if (Skip == 1) { }" },
        { "No file names a path of one machine", "docs/ARCHITECTURE.md", "https://example.com/ho" + "me/page ./wo" + "rk/x /health/live" },
        { "The root holds only what a visitor needs", "README.md", "" },
        { "Folders go one level deep", "src/Ballast.Core/Books/Fee.cs", "" },
        { "Folders go one level deep", "src/dashboard/src/charts/price/line.ts", "" },
        { "Tests mirror the code", "tests/Ballast.Tests/Core/Books/TradeTests.cs", "" },
        { "Tests mirror the code", "tests/Ballast.Tests/Core/Recorded/account.json", "" },
        { "Tests mirror the code", "tests/Ballast.Tests/Repository/CommandTests.cs", "" },
        { "The domain refers to nothing", "src/Ballast.Core/Ballast.Core.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup /></Project>""" },
        { "Arrows between projects run one way", "tests/Ballast.Tests/Ballast.Tests.csproj", """<Project><ProjectReference Include="..\..\src\Ballast.Server\Ballast.Server.csproj" /></Project>""" },
        { "Every package is explained", "Directory.Packages.props", """<Project><ItemGroup Label="Transitive, one version"><PackageVersion Include="A" /></ItemGroup></Project>""" },
        { "Every package is used", "Directory.Packages.props", """<Project><ItemGroup><!-- For it. --><PackageVersion Include="Used" /></ItemGroup></Project>""" },
        { "Every link in Markdown leads somewhere", "docs/DESIGN.md", "[a](ARCHITECTURE.md#x) [b](../src/Ballast.Core) [c](https://example.com/x) [d](#here) `list[0](x)`\n```cs\nlist[0](x)\n```" },
        { "Every path in Markdown exists", "README.md", "`src/Ballast.Core/` docs/ARCHITECTURE.md. https://example.com/src/x.cs src/Ballast.*/x" },
        { "Every README command is run by a test", "README.md", "```sh\n$ PORT=9000 dotnet  run --project \\\n  src/Ballast.Server\nls\n```\n```json\ncurl\n```" },
        { "Every README command is run by a test", "docs/OTHER.md", "```sh\ncurl localhost\n```" },
    };

    [Theory]
    [MemberData(nameof(Offences))]
    public void An_offence_is_found(string rule, string path, string text) => Assert.NotEmpty(Complaints(rule, path, text));

    [Theory]
    [MemberData(nameof(Lookalikes))]
    public void What_only_looks_like_an_offence_is_left_alone(string rule, string path, string text) => Assert.Empty(Complaints(rule, path, text));

    [Fact]
    public void Every_rule_can_fail_and_can_pass()
    {
        Assert.Equal(TidyRules.All.Keys.Order(), Offences.Select(row => row.Data.Item1).Distinct().Order());
        Assert.Equal(TidyRules.All.Keys.Order(), Lookalikes.Select(row => row.Data.Item1).Distinct().Order());
    }

    [Theory]
    [InlineData("a // b\nc", "a     \nc")]
    [InlineData("a // b", "a     ")]
    [InlineData("a /* b\n */ c", "a     \n    c")]
    [InlineData("f(\"a\\\"b\", c)", "f(      , c)")]
    [InlineData("f('\"', c)", "f(   , c)")]
    [InlineData("f(@\"a\\\", @\"a\"\"b\", c)", "f(     ,        , c)")]
    [InlineData("f($\"a {g(\"b}\")} {{ c\", d)", "f(                   , d)")]
    [InlineData("f(\"\"\"a \" b\"\"\", c)", "f(           , c)")]
    [InlineData("@class = 1", "@class = 1")]
    [InlineData("\"never closed", "             ")]
    public void Code_is_what_remains_without_comments_and_texts(string text, string code) => Assert.Equal(code, CSharpText.CodeOnly(text));

    private static IEnumerable<string> Complaints(string rule, string path, string text) =>
        TidyRules.All[rule](new Tree([.. Bystanders.Where(file => file.Path != path), new TreeFile(path, text)]));
}
