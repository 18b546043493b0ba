namespace CourseKit.Kernel.Tests.Session;

public sealed class PackageExtensionTests : IDisposable
{
    private readonly string home = Directory.CreateDirectory(Path.Combine(Directory.CreateTempSubdirectory("package-").FullName, "some.package", "1.2.0")).FullName;

    public void Dispose() => Directory.Delete(Path.Combine(home, "..", ".."), recursive: true);

    [Fact]
    public void A_package_without_a_script_has_none() => Assert.Null(PackageExtension.Find(home));

    [Fact]
    public void Its_csharp_is_read_and_nothing_else()
    {
        var extension = Write("#!meta\n\n{\"kernelInfo\":{}}\n\n#!markdown\n\n# Title\n\n#!csharp\n\nvar a = 1;\n\n#!fsharp\n\nlet b = 2\n\n#!c#\nvar c = 3;");
        Assert.Equal("some.package 1.2.0", extension.Package);
        Assert.Equal(["var a = 1;", "var c = 3;"], extension.Read().Select(part => part.Trim()));
    }

    [Fact]
    public void Without_any_marker_it_is_csharp() => Assert.Equal("var a = 1;\nvar b = 2;", Assert.Single(Write("var a = 1;\r\nvar b = 2;").Read()));

    private PackageExtension Write(string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(home, "interactive-extensions", "dotnet")).FullName;
        File.WriteAllText(Path.Combine(folder, "extension.dib"), text);
        return PackageExtension.Find(home) ?? throw new InvalidOperationException("It was not found.");
    }
}
