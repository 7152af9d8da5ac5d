namespace LoadTesting.Hosts.Ssh;

/// <summary>
/// SSH.NET blocks its caller while it talks to the host. Each such call gets a separate thread: with a hundred hosts the thread pool, which
/// grows by one thread at a time, would make them wait for each other.
/// </summary>
internal static class Blocking
{
    public static Task RunAsync(Action call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public static Task<T> RunAsync<T>(Func<T> call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Disposes of something that may take a while, or for ever when its host is gone, without waiting for it.</summary>
    public static void Abandon(IDisposable thing, Task? after = null) =>
        _ = (after ?? Task.CompletedTask).ContinueWith(
            ended =>
            {
                _ = ended.Exception; // observed: the caller knows already that it failed
                thing.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.LongRunning,
            TaskScheduler.Default);
}
