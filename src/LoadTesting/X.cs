namespace LoadTesting; internal static class X { }
