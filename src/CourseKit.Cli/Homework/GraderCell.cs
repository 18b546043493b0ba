using System.Globalization;
using System.Text.Json.Nodes;

namespace CourseKit.Cli;

/// <summary>What nbgrader's metadata, schema version 3, says of a cell.</summary>
/// <param name="GradeId">The cell's name among the graded ones.</param>
/// <param name="Grade">Whether it gives points.</param>
/// <param name="Solution">Whether the student writes it.</param>
/// <param name="Locked">Whether the instructor's copy counts.</param>
/// <param name="Points">The points that it gives.</param>
public sealed record GraderCell(string GradeId, bool Grade, bool Solution, bool Locked, double Points)
{
    /// <summary>Whether it is an instructor's test: gives points and is not written by the student.</summary>
    public bool IsTest => Grade && !Solution;

    /// <summary>Whether a person grades it: written by the student, with points of its own.</summary>
    public bool IsWritten => Grade && Solution;

    /// <summary>Whether the instructor wrote it and it is no test.</summary>
    public bool IsGiven => Locked && !Grade && !Solution;

    /// <summary>Reads a cell's metadata, whatever a submission has made of it; null where nbgrader has nothing to do with the cell.</summary>
    public static GraderCell? Read(JsonObject metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata["nbgrader"] is not JsonObject mark || mark["grade_id"] is not JsonValue id || !id.TryGetValue(out string? name))
            return null;
        var points = mark["points"] is JsonValue number && number.TryGetValue(out double value) ? value : 0;
        return new GraderCell(name, Is("grade"), Is("solution"), Is("locked"), points);

        bool Is(string flag) => mark[flag] is JsonValue given && given.TryGetValue(out bool set) && set;
    }

    /// <summary>The metadata as nbgrader writes them.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["schema_version"] = 3, ["grade"] = Grade, ["solution"] = Solution, ["locked"] = Locked, ["task"] = false, ["grade_id"] = GradeId };
        if (Grade)
            json["points"] = Points == Math.Floor(Points) ? JsonValue.Create((int)Points) : JsonValue.Create(Points);
        return json;
    }

    /// <summary>Points for a person.</summary>
    public static string PointsText(double points) => points.ToString("0.##", CultureInfo.InvariantCulture);
}
