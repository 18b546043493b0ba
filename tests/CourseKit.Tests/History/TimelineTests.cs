using CourseKit.Testing;

namespace CourseKit.Tests.History;

public class TimelineTests
{
    private const string EventHeader = "year,who,what,kind,source,correction\n";
    private const string LinkHeader = "person,relation,to,source,correction\n";

    [Fact]
    public void The_shipped_events_are_sound_and_carry_the_corrections_of_the_lecture()
    {
        var timeline = HistoryTimeline.Load(Path.Combine(RepositoryPaths.Root, "data", "history-events.csv"));
        Assert.True(timeline.Events.Count >= 30);
        Assert.All(timeline.Events, e => Assert.NotEmpty(e.Source));
        Assert.Equal(timeline.Events.OrderBy(e => e.Year).Select(e => e.Year), timeline.Events.Select(e => e.Year));
        Assert.Contains(1943, timeline.Of("Walter Pitts").Select(e => e.Year));
        Assert.Equal(1990, timeline.Events.Single(e => e.What.Contains("IEEE Transactions on Neural Networks")).Year);
        Assert.Contains("Baidu", timeline.Events.Single(e => e.What.Contains("152 layers")).Correction);
        Assert.Contains("1.7 billion", timeline.Events.Single(e => e.What.Contains("cat neuron")).Correction);
        Assert.Contains("paper", timeline.Kinds);
    }

    [Fact]
    public void The_shipped_lineage_is_sound_and_does_not_make_Hinton_a_student_of_Hopfield()
    {
        var lineage = Lineage.Load(Path.Combine(RepositoryPaths.Root, "data", "lineage.csv"));
        Assert.DoesNotContain(lineage.Of("Geoffrey Hinton"), link => link.To == "John Hopfield");
        Assert.Contains(lineage.Of("Geoffrey Hinton"), link => link.Correction?.Contains("Hopfield") == true);
        Assert.DoesNotContain("Noam Chomsky", lineage.People);
        Assert.Equal(0, lineage.Generation("George Boole"));
        Assert.Equal(4, lineage.Generation("Geoffrey Hinton")); // Boole, Mary Ellen, George Hinton, Howard, Geoffrey
        Assert.Equal(5, lineage.Generation("Ilya Sutskever"));
        Assert.Contains("Nobody called 'Nobody'", Assert.Throws<ArgumentException>(() => lineage.Of("Nobody")).Message);
    }

    [Theory]
    [InlineData("soon,A,b,paper,s,\n", "line 2", "the year 'soon'")]
    [InlineData("1492,A,b,paper,s,\n", "line 2", "the year '1492'")]
    [InlineData("1960,A,b,paper,s,\n1959,A,c,paper,s,\n", "line 3", "the year 1959 below 1960")]
    [InlineData("1960,A,b,paper,,\n", "line 2", "nothing in 'source'")]
    [InlineData("1960, ,b,paper,s,\n", "line 2", "nothing in 'who'")]
    [InlineData("1960,A;;B,b,paper,s,\n", "line 2", "an empty name")]
    [InlineData("1960,A,\"b\nc\",paper,s,\n1961,A,b,,s,\n", "line 4", "nothing in 'kind'")]
    [InlineData("1960,A,b,paper,s,\n1960,C,b,paper,s,\n", "line 3", "stands above already")]
    public void A_bad_event_is_refused_with_its_line(string rows, string place, string says)
    {
        var error = Assert.Throws<DataFormatException>(() => HistoryTimeline.Parse(EventHeader + rows));
        Assert.Equal(place, error.Place);
        Assert.Contains(says, error.Message);
    }

    [Theory]
    [InlineData("A,cousin of,B,s,\n", "line 2", "the relation 'cousin of'")]
    [InlineData("A,student of,B,,\n", "line 2", "nothing in 'source'")]
    [InlineData("A,student of,,s,\n", "line 2", "nothing in 'to'")]
    [InlineData("Al B,student of,C D,s,\nC D,student of,E,s,\nAl  b,son of,E,s,\n", "line 4", "'Al B', as it is written above")]
    [InlineData("A,student of,A,s,\n", "line 2", "two different people")]
    [InlineData("A,student of,B,s,\nA,student of,B,s,\n", "line 3", "stands above already")]
    [InlineData("A,student of,B,s,\nB,son of,C,s,\nC,student of,A,s,\n", "line 4", "own ancestor")]
    public void A_bad_link_is_refused_with_its_line(string rows, string place, string says)
    {
        var error = Assert.Throws<DataFormatException>(() => Lineage.Parse(LinkHeader + rows));
        Assert.Equal(place, error.Place);
        Assert.Contains(says, error.Message);
    }

    [Fact]
    public void A_missing_column_or_an_empty_table_is_refused()
    {
        Assert.Contains("no column 'source'", Assert.Throws<DataFormatException>(() => HistoryTimeline.Parse("year,who,what,kind,correction\n1960,A,b,paper,\n")).Message);
        Assert.Contains("no row below the header", Assert.Throws<DataFormatException>(() => Lineage.Parse(LinkHeader)).Message);
        Assert.Throws<FileNotFoundException>(() => Lineage.Load("no-such-file.csv"));
    }
}
