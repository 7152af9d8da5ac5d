using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rehearsal.Tests;

/// <summary>
/// The whole job while a fifth of all calls fails in the cloud, on the way to hosts, at LiveKit and at its cluster, all at once.
/// FAULT_RUNS says how many jobs, FAULT_SEED with which number to begin; the one that breaks a rule is named by its number.
/// </summary>
[Trait("speed", "slow")]
public sealed class FaultsEverywhere
{
    /// <summary>Longer than every deadline that a job of a few seconds can meet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>Most of a job is waiting.</summary>
    private const int MaxParallelism = 10;

    private static int Jobs { get; } = Number("FAULT_RUNS", 50);

    private static int First { get; } = Number("FAULT_SEED", 1);

    [Fact]
    public async Task Every_job_ends_leaves_nothing_unsaid_and_passes_only_with_all_of_its_data()
    {
        var passed = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(First, Jobs),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism, CancellationToken = TestContext.Current.CancellationToken },
            async (seed, cancellation) =>
            {
                await using var job = await FaultyJob.MakeAsync(seed, share: 0.2, cancellation);
                try
                {
                    if (await job.RunAsync().WaitAsync(Patience, cancellation))
                        Interlocked.Increment(ref passed);
                }
                catch (Exception error) when (!cancellation.IsCancellationRequested)
                {
                    throw new InvalidOperationException($"seed {seed}, in {job.Phase}: {error.Message}{Environment.NewLine}{job.Said}",
                        error);
                }
            });

        if (Jobs >= 50)
            passed.ShouldBeGreaterThanOrEqualTo(Jobs / 10, "a job that always gave up would break no rule");
    }

    /// <summary>Fails a share of what the API server is asked: no answer, half of one, or an error.</summary>
    internal static Func<RequestDelegate, RequestDelegate> FailingServer(int seed, double share)
    {
        var turn = new Lock();
        var random = new Random(seed);
        return answer => async context =>
        {
            int fault;
            lock (turn)
                fault = random.NextDouble() < share ? random.Next(4) : -1;
            if (fault >= 0)
                await FailAsync(context, fault);
            else
                await answer(context);
        };
    }

    private static async Task FailAsync(HttpContext context, int fault)
    {
        if (fault == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = fault == 1 ? (int)HttpStatusCode.ServiceUnavailable : (int)HttpStatusCode.OK;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("{\"kind\":\"List\",\"items\":[{\"meta"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (fault == 3)
            context.Abort();
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : otherwise;
}
