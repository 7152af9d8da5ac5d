namespace LoadTesting.Model;

/// <summary>Waiting for a task, for a limited time.</summary>
internal static class Waiting
{
    /// <summary>Whether a task ends within a time. One that ends while its time runs out has ended.</summary>
    /// <param name="task">The task; what it throws is thrown.</param>
    /// <param name="longest">The time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<bool> EndsWithinAsync(this Task task, TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await task.WaitAsync(longest, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            if (!task.IsCompleted)
                return false;
        }

        await task;
        return true;
    }
}
