namespace Rehearsal; internal static class X { }
