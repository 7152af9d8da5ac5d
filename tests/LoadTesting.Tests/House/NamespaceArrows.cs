using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LoadTesting.Tests.House;

/// <summary>
/// Which namespace of an assembly uses which other one, and in which file it does: read from the compiled code and its symbols.
/// </summary>
internal sealed class NamespaceArrows
{
    private readonly Dictionary<(string From, string To), SortedSet<string>> _files = [];

    private NamespaceArrows(IReadOnlyCollection<string> namespaces) => Namespaces = namespaces;

    /// <summary>Every namespace that has a type in a file of ours.</summary>
    public IReadOnlyCollection<string> Namespaces { get; }

    /// <summary>All arrows with the files that they come from.</summary>
    public IEnumerable<(string From, string To, IEnumerable<string> Files)> All =>
        _files.Select(arrow => (arrow.Key.From, arrow.Key.To, arrow.Value.AsEnumerable()));

    /// <summary>Reads an assembly that has its symbols beside it.</summary>
    public static NamespaceArrows Of(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { ReadSymbols = true, InMemory = true });
        var types = module.Types.Where(IsOurs).ToList();
        var arrows = new NamespaceArrows(
            types.Select(type => type.Namespace).Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal));
        foreach (var type in types)
            arrows.Add(type, type.Namespace, FileOf(type));
        return arrows;
    }

    /// <summary>Every circle of namespaces, each as the arrows that make it.</summary>
    public IReadOnlyList<string> Circles()
    {
        var reached = Namespaces.ToDictionary(from => from, Reach, StringComparer.Ordinal);
        return
        [
            .. All.Where(arrow => reached[arrow.To].Contains(arrow.From))
                .Select(arrow => $"{arrow.From} -> {arrow.To} in {string.Join(", ", arrow.Files)}").Order(StringComparer.Ordinal),
        ];
    }

    private HashSet<string> Reach(string from)
    {
        var (reached, open) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>([from]));
        while (open.TryPop(out var next))
        {
            foreach (var (_, to) in _files.Keys.Where(arrow => arrow.From == next && reached.Add(arrow.To)))
                open.Push(to);
        }

        return reached;
    }

    private static bool IsOurs(TypeDefinition type) =>
        type.Name[0] != '<' && !type.Namespace.StartsWith("System", StringComparison.Ordinal) && type.Namespace != "Microsoft.CodeAnalysis";

    /// <summary>The file that most of a type's code is in; a type without code is named itself.</summary>
    private static string FileOf(TypeDefinition type) => Inside(type).SelectMany(inner => inner.Methods)
        .Where(method => method.DebugInformation.HasSequencePoints)
        .Select(method => method.DebugInformation.SequencePoints[0].Document.Url)
        .FirstOrDefault(url => !url.EndsWith(".g.cs", StringComparison.Ordinal)) is { } url ? Path.GetFileName(url) : type.Name;

    private static IEnumerable<TypeDefinition> Inside(TypeDefinition type) => type.NestedTypes.SelectMany(Inside).Prepend(type);

    private void Add(TypeDefinition type, string from, string file)
    {
        foreach (var inner in Inside(type))
        {
            IEnumerable<TypeReference?> used =
            [
                inner.BaseType, .. inner.Interfaces.Select(each => each.InterfaceType), .. inner.Fields.Select(field => field.FieldType),
                .. inner.Methods.SelectMany(OfMethod), .. inner.CustomAttributes.SelectMany(OfAttribute),
            ];
            foreach (var to in used.SelectMany(Parts).Where(to => to != from && Namespaces.Contains(to)))
            {
                if (!_files.TryGetValue((from, to), out var files))
                    _files[(from, to)] = files = new SortedSet<string>(StringComparer.Ordinal);
                files.Add(file);
            }
        }
    }

    private static IEnumerable<TypeReference?> OfMethod(MethodDefinition method) =>
    [
        method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method.CustomAttributes.SelectMany(OfAttribute),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType)
            .Concat(method.Body.Instructions.SelectMany(OfInstruction)) : [],
    ];

    private static IEnumerable<TypeReference?> OfInstruction(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod generic => [generic.DeclaringType, generic.ReturnType, .. generic.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference?> OfAttribute(CustomAttribute attribute) =>
        [attribute.AttributeType];

    /// <summary>The namespaces of a type and of everything that it is made of.</summary>
    private static IEnumerable<string> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Concat(Parts(generic.ElementType)),
        TypeSpecification specification => Parts(specification.ElementType),
        { IsNested: true } => Parts(type.DeclaringType),
        { Scope: ModuleDefinition } => [type.Namespace],
        _ => [],
    };
}
