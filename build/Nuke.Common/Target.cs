namespace Nuke.Common;

/// <summary>Defines a target: what it depends on, when it runs and what it does.</summary>
/// <param name="definition">The definition to add to.</param>
public delegate ITargetDefinition Target(ITargetDefinition definition);

/// <summary>Defines the target that brings up the context of a component, see <see cref="ITargetDefinition.DependsOnContext{T}"/>.</summary>
/// <param name="definition">The definition to add to.</param>
public delegate ITargetDefinition Setup(ITargetDefinition definition);

/// <summary>Defines the target that takes the context of a component down; it runs whatever happened to its users.</summary>
/// <param name="definition">The definition to add to.</param>
public delegate ITargetDefinition Cleanup(ITargetDefinition definition);
