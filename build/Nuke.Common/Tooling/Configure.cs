namespace Nuke.Common.Tooling;

/// <summary>Fills in settings.</summary>
/// <param name="settings">The settings as they are.</param>
/// <returns>The settings as they are to be.</returns>
public delegate T Configure<T>(T settings);
