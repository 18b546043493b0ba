namespace CourseKit;

/// <summary>When the perceptron algorithm takes a sample for a mistake and corrects the weights.</summary>
public enum UpdateRule
{
    /// <summary>
    /// Correct where w'(y x) &lt;= 0: the sample is on the wrong side or on the line itself. This is the rule that Novikoff's proof is about.
    /// </summary>
    AtMostZero,

    /// <summary>
    /// Correct where w'(y x) &lt; 0, as the slide prints it. From w = 0 every product is 0, and 0 &lt; 0 is false: nothing is ever learned.
    /// </summary>
    BelowZero,
}
