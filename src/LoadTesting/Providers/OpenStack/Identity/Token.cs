namespace LoadTesting.Providers.OpenStack.Identity;

/// <summary>A token, what it is for and until when.</summary>
internal sealed record Token(Secret Value, TokenBody Body, string? Region, string Interface)
{
    public DateTimeOffset ExpiresAt => Body.ExpiresAt;

    public TokenProject Project => Body.Project
        ?? throw LoadTestException.Invalid("The login has no project, and without one no server is visible.",
            "Set OS_PROJECT_NAME or OS_PROJECT_ID.");

    /// <summary>The address of a service.</summary>
    /// <exception cref="LoadTestException">The catalogue has no such address; names the regions it has.</exception>
    public Uri Root(CloudService service)
    {
        _ = Project; // a token for none has no catalogue either, which would be the lesser reason
        var endpoints = (Body.Catalog ?? []).Where(entry => entry.Type == service.Type).SelectMany(entry => entry.Endpoints)
            .Where(endpoint => endpoint.Interface == Interface).ToList();
        var here = endpoints.Find(endpoint => Region is null || endpoint.RegionId == Region || endpoint.Region == Region);
        return here is not null
            ? service.Root(here.Url)
            : throw LoadTestException.Invalid(
                $"The cloud has no {Interface} address of the {service.Type} service{(Region is null ? "" : $" in region '{Region}'")}; "
                + "it has some in: "
                + endpoints.Select(endpoint => endpoint.RegionId ?? endpoint.Region).Distinct().DefaultIfEmpty("no region").Listed()
                + ".",
                "OS_REGION_NAME and OS_INTERFACE choose among them.");
    }
}

/// <summary>What Keystone's POST /v3/auth/tokens answers.</summary>
internal sealed record TokenBody(DateTimeOffset ExpiresAt)
{
    public TokenProject? Project { get; init; }

    /// <summary>Missing in a token that is for no project.</summary>
    public IReadOnlyList<CatalogEntry>? Catalog { get; init; }
}

internal sealed record TokenProject(string Id, string Name);

internal sealed record CatalogEntry(string Type, IReadOnlyList<CatalogEndpoint> Endpoints);

internal sealed record CatalogEndpoint(string Interface, string? RegionId, string? Region, string Url);
