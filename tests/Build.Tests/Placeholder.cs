namespace Tests;

public sealed class Placeholder
{
    [Fact]
    public void Runs() => 1.ShouldBe(1);
}
