"""The public test suite of Jupyter's protocol (jupyter_kernel_test), with cells in C#, against the installed kernel.

All of its tests apply. The kernel's name comes from COURSEKIT_KERNEL.
"""
import os
import unittest

import jupyter_kernel_test


class ProtocolSuite(jupyter_kernel_test.KernelTests):
    kernel_name = os.environ.get("COURSEKIT_KERNEL", ".net-csharp")
    language_name = "C#"
    file_extension = ".cs"

    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("to the other stream");'

    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "Math.Sqr", "matches": {"Sqrt"}},
        {"text": "new[] { 1, 2 }.Aggr", "matches": {"Aggregate", "AggregateBy"}},
        {"text": "clear_out", "matches": {"clear_output"}},
    ]

    complete_code_samples = [
        "1 + 1",
        "var x = 1;",
        "int Twice(int n)\n{\n    return 2 * n;\n}",
        "record Point(double X, double Y);",
        "// a comment",
        '#r "nuget: Some.Package, 1.0.0"\nvar y = 2;',
        "await Task.Delay(1);",
    ]
    incomplete_code_samples = [
        "for (var i = 0; i < 3; i++)\n{",
        "Console.WriteLine(",
        "int Twice(int n) =>",
        "/* a comment",
        "class Point\n{\n    public int X;",
    ]
    invalid_code_samples = ["var x = ];", "1 + / 2;", "}"]

    code_generate_error = 'throw new InvalidOperationException("on purpose");'

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "1 + 0.5", "result": "1.5"},
        {"code": '"ab" + "cd"', "result": "abcd"},
        {"code": "new[] { 1, 2, 3 }", "mime": "text/html"},
        {"code": "await Task.FromResult(true)", "result": "True"},
    ]
    code_display_data = [
        {"code": "display(42);", "mime": "text/plain"},
        {"code": '"<b>bold</b>".DisplayAs("text/html");', "mime": "text/html"},
        {"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"},
    ]

    code_history_pattern = "6 ?*7"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "Console.WriteLine"
    code_clear_output = "clear_output();"
    code_page_something = "Console.WriteLine?"


if __name__ == "__main__":
    unittest.main(verbosity=2)
