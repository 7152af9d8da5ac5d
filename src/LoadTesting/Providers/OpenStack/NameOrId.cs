namespace LoadTesting.Providers.OpenStack;

/// <summary>Finds the one thing that a name or an id means. Pure.</summary>
internal static class NameOrId
{
    private const int MaxCandidates = 10;

    /// <summary>The thing of that id, or else of that name.</summary>
    /// <exception cref="LoadTestException">There is none, or several of that name; the candidates are listed.</exception>
    public static T Of<T>(string parameter, string wanted, IReadOnlyList<T> things, Func<T, (string Id, string Name)> named)
    {
        if (things.FirstOrDefault(thing => named(thing).Id == wanted) is { } byId)
            return byId;

        var byName = things.Where(thing => named(thing).Name == wanted).ToList();
        if (byName.Count == 1)
            return byName[0];

        var candidates = byName.Count > 1
            ? byName.Take(MaxCandidates).Select(thing => named(thing).Id).Listed()
            : things.Select(thing => named(thing).Name).Distinct().Order(StringComparer.Ordinal)
                .Take(MaxCandidates).DefaultIfEmpty("nothing").Listed();
        throw LoadTestException.Invalid(byName.Count > 1
            ? $"{parameter}: got '{wanted}', which {byName.Count} in the cloud are called; expected one of their ids: {candidates}"
            : $"{parameter}: got '{wanted}', which the cloud does not have; expected one of {candidates}");
    }
}
