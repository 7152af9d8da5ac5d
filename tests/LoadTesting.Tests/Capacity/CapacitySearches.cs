using LoadTesting.Capacity;
using LoadTesting.Plan;
using Reporting.Summary;

namespace LoadTesting.Tests.Capacity;

/// <summary>The search, step by step, against clusters whose capacity is known.</summary>
public sealed class CapacitySearches
{
    private static readonly CapacityRange Doubling = new(Unit: 20, From: 20, To: 320, Step: null);

    [Fact]
    public void Doubles_until_a_step_breaks_bisects_and_confirms_what_held_last()
    {
        var (tried, finding) = Search(Doubling, participants => participants <= 120 ? StepOutcome.Held : StepOutcome.Broke);

        tried.ShouldBe([20, 40, 80, 160, 120, 140, 120]);
        finding.Kind.ShouldBe(CapacityKind.Knee);
        finding.Participants.ShouldBe(120);
        finding.Sentence.ShouldBe("The cluster carries 120 participants, but not 140. Too much.");
    }

    [Fact]
    public void The_answer_has_the_figures_of_the_worse_of_its_runs()
    {
        CapacityStep Step(double join, double? video) => new()
        {
            Participants = 20, Outcome = StepOutcome.Held, Reason = "", ServedRatio = 1, JoinTimeP95Seconds = join,
            AudioDeliveryRatio = 0.952, VideoDeliveryRatio = video,
        };
        var range = Doubling with { To = 20 };

        CapacitySearch.Next(range, [Step(3.5, 0.99), Step(4.25, 0.97)]).Finding!.Sentence.ShouldStartWith(
            "The cluster carries at least 20 participants (100 % served, p95 of the join time 4.25 s, audio 95.2 %, video 97 %);");
        CapacitySearch.Next(range, [Step(3.5, null), Step(4.25, null)]).Finding!.Sentence.ShouldStartWith(
            "The cluster carries at least 20 participants (100 % served, p95 of the join time 4.25 s, audio 95.2 %);");
    }

    [Fact]
    public void Goes_up_evenly_when_a_step_is_given()
    {
        var (tried, finding) =
            Search(Doubling with { From = 40, Step = 40 }, participants => participants <= 120 ? StepOutcome.Held : StepOutcome.Broke);

        tried.ShouldBe([40, 80, 120, 160, 120]);
        finding.Participants.ShouldBe(120);
    }

    [Fact]
    public void A_last_good_step_that_does_not_hold_again_gives_way_to_the_one_below_which_is_confirmed_too()
    {
        var tries = 0;
        var (tried, finding) = Search(Doubling with { Step = 20 }, participants =>
            participants < 80 || (participants == 80 && tries++ == 0) ? StepOutcome.Held : StepOutcome.Broke);

        tried.ShouldBe([20, 40, 60, 80, 100, 80, 60]);
        finding.Participants.ShouldBe(60);
    }

    [Fact]
    public void Says_at_least_when_the_largest_step_holds()
    {
        var (tried, finding) = Search(Doubling with { To = 100 }, _ => StepOutcome.Held);

        tried.ShouldBe([20, 40, 80, 100, 100]);
        (finding.Kind, finding.Participants).ShouldBe((CapacityKind.AtLeast, 100));
    }

    [Fact]
    public void Says_at_least_when_the_generators_are_the_bottleneck()
    {
        var (_, finding) = Search(Doubling, participants => participants <= 60 ? StepOutcome.Held : StepOutcome.GeneratorsSaturated);

        (finding.Kind, finding.Participants).ShouldBe((CapacityKind.AtLeast, 60));
        finding.Sentence.ShouldContain("with 80 the load generators were the bottleneck");
    }

    [Fact]
    public void Ends_at_once_when_the_first_step_breaks()
    {
        var (tried, finding) = Search(Doubling, _ => StepOutcome.Broke);

        tried.ShouldBe([20]);
        (finding.Kind, finding.Participants).ShouldBe((CapacityKind.LessThanAsked, null));
    }

    [Fact]
    public void Repeats_what_could_not_be_measured_once_and_then_gives_up()
    {
        var (tried, finding) = Search(Doubling, participants => participants < 80 ? StepOutcome.Held : StepOutcome.Unclear);

        tried.ShouldBe([20, 40, 80, 80]);
        finding.Kind.ShouldBe(CapacityKind.Unknown);
        finding.Sentence.ShouldContain("the most that held was 40 participants");
    }

    /// <summary>
    /// Every capacity in every range, met by a cluster that keeps its word: never more than what holds, never more than one unit less.
    /// </summary>
    [Fact]
    public void Finds_every_capacity_that_a_steady_cluster_can_have()
    {
        foreach (var top in Enumerable.Range(1, 40))
        {
            foreach (var capacity in Enumerable.Range(0, top + 2))
            {
                var (tried, finding) =
                    Search(new CapacityRange(7, 7, 7 * top, null),
                    participants => participants <= 7 * capacity ? StepOutcome.Held : StepOutcome.Broke);

                finding.Participants.ShouldBe(capacity == 0 ? null : 7 * Math.Min(capacity, top));
                tried.ShouldAllBe(participants => participants % 7 == 0 && participants <= 7 * top);
            }
        }
    }

    /// <summary>
    /// A cluster that answers by chance must not keep the search going for ever, nor be credited with what it never carried.
    /// </summary>
    [Fact]
    public void Ends_whatever_the_cluster_answers()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var answers = new List<(int Participants, StepOutcome Outcome)>();
            var (_, finding) = Search(Doubling with { Step = seed % 2 == 0 ? null : 20 }, participants =>
            {
                var outcome = (StepOutcome)random.Next(4);
                answers.Add((participants, outcome));
                return outcome;
            });

            if (finding.Kind is CapacityKind.Knee or CapacityKind.AtLeast)
                answers.Count(answer => answer == (finding.Participants, StepOutcome.Held)).ShouldBeGreaterThan(1);
        }
    }

    [Theory]
    [InlineData("--capacity-from", 30, null, null)]
    [InlineData("--capacity-from", 100, 80, null)]
    [InlineData("--capacity-to", null, 220, null)]
    [InlineData("--capacity-step", null, null, 30)]
    public void Loads_that_no_whole_number_of_vms_makes_are_refused(string parameter, int? from, int? to, int? step)
    {
        var parameters = new LoadTestParameters
        {
            Fleet = new FleetParameters { InstanceCount = 10 },
            Load = new LoadParameters { ParticipantsPerVm = 20 },
            Capacity = new CapacityParameters { From = from, To = to, Step = step },
        };

        ParameterChecks.Problems(parameters).ShouldHaveSingleItem().Parameter.ShouldBe(parameter);
    }

    private static (IReadOnlyList<int> Tried, CapacityFinding Finding) Search(CapacityRange range, Func<int, StepOutcome> cluster)
    {
        const int most = 200;
        var steps = new List<CapacityStep>();
        var move = CapacitySearch.Next(range, steps);
        while (move.Participants is { } participants && steps.Count < most)
        {
            steps.Add(new CapacityStep { Participants = participants, Outcome = cluster(participants), Reason = "Too much." });
            move = CapacitySearch.Next(range, steps);
        }

        steps.Count.ShouldBeLessThan(most);
        return ([.. steps.Select(step => step.Participants)], move.Finding.ShouldNotBeNull());
    }
}
