namespace LoadTesting.Model;

/// <summary>Something wrong with a parameter: which one, what was given, and what would be right.</summary>
/// <param name="Parameter">Its name on the command line, <c>--participants-per-vm</c>.</param>
/// <param name="Given">What was given.</param>
/// <param name="Expected">What would be right.</param>
public sealed record ParameterProblem(string Parameter, string Given, string Expected)
{
    /// <summary>One line for the operator.</summary>
    public override string ToString() => $"{Parameter}: got '{Given}', expected {Expected}";

    /// <summary>Throws one error for all problems; nothing when there are none.</summary>
    public static void Require(IReadOnlyCollection<ParameterProblem> problems)
    {
        if (problems.Count > 0)
            throw Error(problems);
    }

    /// <summary>One error for all problems (exit code 104).</summary>
    public static LoadTestException Error(IReadOnlyCollection<ParameterProblem> problems) =>
        LoadTestException.Invalid(
            string.Join(Environment.NewLine, problems), "Nothing was created. ./build.sh --help lists every parameter.");
}
