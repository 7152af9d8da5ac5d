namespace Nuke.Common.Execution;

/// <summary>Asks the person at the terminal.</summary>
internal static class ConsolePrompt
{
    /// <summary>What nobody is to see.</summary>
    public static string ForSecret(string question)
    {
        Host.Information(question);
        var secret = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
                secret.Length--;
            else if (!char.IsControl(key.KeyChar))
                secret.Append(key.KeyChar);
        }

        return secret.ToString();
    }

    /// <summary>Whether somebody is there, and has read what was said.</summary>
    public static void ForAnyKey()
    {
        Host.Information("Press any key to continue ...");
        Console.ReadKey();
    }
}
