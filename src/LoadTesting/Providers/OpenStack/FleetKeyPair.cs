using LoadTesting.Providers.OpenStack.Compute;

namespace LoadTesting.Providers.OpenStack;

/// <summary>The key pair that the servers of a fleet are made with.</summary>
/// <param name="Name">Its name in the cloud.</param>
/// <param name="PublicKey">The public key that it must be.</param>
/// <param name="Exists">Whether the cloud has it with that key.</param>
/// <param name="Outdated">Whether the cloud has the fleet's own pair with another key, of an earlier start.</param>
internal sealed record FleetKeyPair(string Name, string PublicKey, bool Exists, bool Outdated)
{
    /// <summary>The pair of the operator's when it is the key that we have, else one of the fleet's own.</summary>
    /// <exception cref="LoadTestException">The operator's pair is another key than the operator's.</exception>
    public static FleetKeyPair Of(OpenStackSetup setup, IReadOnlyList<KeyPair> pairs)
    {
        var publicKey = setup.PublicKey();
        var given = pairs.FirstOrDefault(pair => pair.Name == setup.OpenStack.KeyPair);
        if (given is not null && IsSame(given.PublicKey, publicKey))
            return new FleetKeyPair(given.Name, publicKey, Exists: true, Outdated: false);
        if (given is not null && setup.KeyIsGiven())
        {
            throw LoadTestException.Invalid(
                $"--key-pair: the cloud's '{given.Name}' is not the key of --ssh-key; expected the same key, or a name that the cloud "
                    + "does not have.",
                "Nothing was created. With a name that the cloud does not have, the fleet gets its own key pair.");
        }

        var name = OwnershipTag.KeyPairNameOf(setup.Fleet.Name);
        var own = pairs.FirstOrDefault(pair => pair.Name == name);
        var same = own is not null && IsSame(own.PublicKey, publicKey);
        return new FleetKeyPair(name, publicKey, same, own is not null && !same);
    }

    /// <summary>Type and key count; the comment after them may be anything.</summary>
    private static bool IsSame(string one, string two) =>
        one.Split(' ').Take(2).SequenceEqual(two.Split(' ').Take(2));
}
