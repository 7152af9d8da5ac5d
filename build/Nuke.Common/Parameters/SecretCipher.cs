using System.Security.Cryptography;

namespace Nuke.Common.Parameters;

/// <summary>Reads secrets that <c>nuke :secrets</c> wrote: <c>v1:</c> and AES-256-CBC in base64, key and IV from the password.</summary>
internal static class SecretCipher
{
    private const string Version = "v1:";
    private const int Iterations = 10_000;
    private const int KeyBytes = 32;
    private const int InitializationVectorBytes = 16;

    // NUKE's, the same for everyone.
    private static readonly byte[] Salt = "Ivan Medvedev"u8.ToArray();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "not base64, not encrypted, wrong password: one message, as NUKE's")]
    [SuppressMessage("Security", "CA5387:Do Not Use Weak Key Derivation Function With Insufficient Iteration Count",
        Justification = "NUKE's format")]
    public static string? Decrypt(string text, string password, string name)
    {
        try
        {
            var cipher = Convert.FromBase64String(text[Version.Length..]);
            var derived = Rfc2898DeriveBytes.Pbkdf2(
                Encoding.UTF8.GetBytes(password), Salt, Iterations, HashAlgorithmName.SHA256, KeyBytes + InitializationVectorBytes);
            using var aes = Aes.Create();
            aes.Key = derived[..KeyBytes];
            return Encoding.UTF8.GetString(aes.DecryptCbc(cipher, derived.AsSpan(KeyBytes)));
        }
        catch (Exception)
        {
            Assert.Fail($"Could not decrypt '{name}' with provided password");
            return null;
        }
    }
}
