namespace Nuke.Common.Execution;

/// <summary>Asks the person at the terminal.</summary>
internal static class ConsolePrompt
{
    private const int InputColumn = 3;

    /// <summary>A word of letters, digits and a few signs; null when it is empty.</summary>
    public static string? ForInput(string question)
    {
        Host.Information(question);
        var input = new StringBuilder();
        while (true)
        {
            Console.CursorLeft = 0;
            Console.WriteLine("»".PadRight(Console.BufferWidth));
            Console.CursorTop--;
            Console.CursorLeft = InputColumn;
            Console.Write(input.ToString());

            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
                break;
            if (char.IsAsciiLetterOrDigit(key.KeyChar) || "./\\_-".Contains(key.KeyChar, StringComparison.Ordinal))
                input.Append(key.KeyChar);
            else if (key.Key == ConsoleKey.Backspace && input.Length > 0)
                input.Length--;
        }

        Console.CursorLeft = 0;
        Console.WriteLine($"¬  {(input.Length > 0 ? input : "<null>")}".PadRight(Console.BufferWidth));
        return input.Length > 0 ? input.ToString() : null;
    }

    /// <summary>One of the choices, by the arrow keys.</summary>
    public static string ForChoice(string question, IReadOnlyList<string> choices)
    {
        Host.Information(question);
        var selected = 0;
        while (true)
        {
            for (var i = 0; i < choices.Count; i++)
                Console.WriteLine($"{(i == selected ? "»" : " ")}  {choices[i]}");

            var key = Console.ReadKey(intercept: true).Key;
            Erase(choices.Count);
            if (key == ConsoleKey.Enter)
                break;
            var step = key == ConsoleKey.UpArrow ? -1 : key == ConsoleKey.DownArrow ? 1 : 0;
            selected = Math.Clamp(selected + step, 0, choices.Count - 1);
        }

        Console.WriteLine($"¬  {choices[selected]}");
        return choices[selected];
    }

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

    private static void Erase(int lines)
    {
        Console.CursorTop -= lines;
        for (var i = 0; i < lines; i++)
            Console.WriteLine(new string(' ', Console.BufferWidth));
        Console.CursorTop -= lines;
    }
}
