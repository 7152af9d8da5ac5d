using Reporting.LoadKinds.Participants;
using Reporting.Measuring;

namespace Reporting.LoadKinds;

/// <summary>The kinds of load whose results can be read.</summary>
internal static class KnownKinds
{
    /// <summary>All of them; a kind more is an entry more.</summary>
    public static IReadOnlyList<LoadKind> All { get; internal set; } = [new ParticipantsKind()];

    /// <summary>The kind of that name.</summary>
    /// <exception cref="JsonException">There is none: another version wrote the document.</exception>
    public static LoadKind Of(string name) => All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new JsonException($"got the kind of load '{name}', expected {string.Join(" or ", All.Select(kind => kind.Name))}");
}
