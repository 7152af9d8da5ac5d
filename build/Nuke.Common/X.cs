namespace Nuke.Common; internal static class X { }
