using Ballast.Tests.Tidy;

namespace Ballast.Tests.Deploy;

public class ShellcheckTests
{
    [Fact]
    public async Task Nothing_is_found_in_any_script()
    {
        var shellcheck = Needs.Program("shellcheck");
        var scripts = Tree.OfRepository().Files.Where(file => file.Text.StartsWith("#!/usr/bin/env bash", StringComparison.Ordinal) || file.Text.StartsWith("#!/bin/sh", StringComparison.Ordinal));
        var paths = scripts.Select(file => DeployFolder.At("..", file.Path)).ToList();
        Assert.Contains(DeployFolder.At("..", "deploy/cloud-run/deploy.sh"), paths);

        var (exitCode, output, errors) = await Shell.RunAsync(shellcheck, paths, []);

        Assert.True(exitCode == 0, output + errors);
    }
}
