namespace LoadTesting.Providers.Inventory;

/// <summary>
/// Reads Ansible's INI form: <c>[group]</c>, <c>[group:children]</c>, <c>[group:vars]</c>, and a host with its variables a line. Pure.
/// </summary>
internal static class IniInventory
{
    public static InventoryGroups Read(string text, string file)
    {
        var groups = new InventoryGroups(file);
        var (group, kind) = ("ungrouped", "hosts");
        var number = 0;
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;

            if (line[0] == '[' && Header(line) is { } header)
            {
                (group, kind) = header;
                if (kind is not ("hosts" or "children" or "vars"))
                    throw groups.Wrong(number, $"'{line}' is no section; expected [{group}], [{group}:children] or [{group}:vars]");
                groups.Add(group);
            }
            else
            {
                Entry(groups, (group, kind), new Located(line, number));
            }
        }

        return groups;
    }

    private static (string Group, string Kind)? Header(string line)
    {
        var end = line.IndexOf(']', Ordinal);
        if (end < 0 || (line[(end + 1)..].Trim() is { Length: > 0 } rest && rest[0] != '#'))
            return null;

        var name = line[1..end];
        return name.IndexOf(':', Ordinal) is var colon and >= 0 ? (name[..colon], name[(colon + 1)..]) : (name, "hosts");
    }

    private static void Entry(InventoryGroups groups, (string Group, string Kind) section, Located line)
    {
        if (section.Kind == "vars")
        {
            var (name, value) = Variable(groups, line.Text, line.Line);
            groups.Set(section.Group, name, value);
            return;
        }

        var words = Words(line.Text) ?? throw groups.Wrong(line.Line, "got a quote that is not closed, expected its end on the same line");
        if (words.Count == 0)
            throw groups.Wrong(line.Line, "got empty quotes, expected a name");
        if (section.Kind == "children")
            groups.AddChild(section.Group, new Located(words[0], line.Line));
        else
            Host(groups, section.Group, words, line.Line);
    }

    private static void Host(InventoryGroups groups, string group, List<string> words, int line)
    {
        var variables = words.Skip(1).Select(word => Variable(groups, word, line)).GroupBy(pair => pair.Name)
            .ToDictionary(same => same.Key, same => same.Last().Value);
        var name = words[0];
        // host:port; a colon within brackets is a range, and an IPv6 address has several.
        if (name.LastIndexOf(':') is var colon and > 0 && colon > name.LastIndexOf(']')
            && name[..colon].Split(']')[^1].IndexOf(':', Ordinal) < 0)
        {
            variables.TryAdd("ansible_port", new Located(name[(colon + 1)..], line));
            name = name[..colon];
        }

        groups.AddHosts(group, new Located(name, line), variables);
    }

    private static (string Name, Located Value) Variable(InventoryGroups groups, string text, int line)
    {
        var equals = text.IndexOf('=', Ordinal);
        return equals > 0
            ? (text[..equals].Trim(), new Located(Unquoted(text[(equals + 1)..].Trim()), line))
            : throw groups.Wrong(line, $"'{text}' is no variable; expected NAME=VALUE such as ansible_host=192.0.2.7");
    }

    private static string Unquoted(string text) => text is ['"' or '\'', .. var inner, var last] && last == text[0] ? inner : text;

    /// <summary>Splits at blanks, as a shell does; a word that begins with # ends the line. Null when a quote is left open.</summary>
    private static List<string>? Words(string line)
    {
        var (words, word, quote) = (new List<string>(), new StringBuilder(), '\0');
        foreach (var letter in line.Append(' '))
        {
            if (letter == quote)
                quote = '\0';
            else if (quote == '\0' && letter is '"' or '\'')
                quote = letter;
            else if (quote != '\0' || !char.IsWhiteSpace(letter))
                word.Append(letter);
            else if (word.Length > 0)
            {
                if (word[0] == '#')
                    return words;
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return quote == '\0' ? words : null;
    }
}
