using System.Text.Json;

namespace CourseKit.Kernel.Jupyter;

/// <summary>The file by which Jupyter tells a kernel where to listen and with which key to sign.</summary>
/// <param name="Ip">The address to bind, such as <c>127.0.0.1</c>.</param>
/// <param name="ShellPort">Requests: execute, complete, inspect ...</param>
/// <param name="IOPubPort">What everyone may see: streams, results, the kernel's state.</param>
/// <param name="StdinPort">Questions of the kernel to the person.</param>
/// <param name="ControlPort">Requests that must not wait behind a running cell: interrupt, shutdown.</param>
/// <param name="HeartbeatPort">Echoes whatever it gets.</param>
/// <param name="Key">The key of the HMAC; empty for unsigned messages.</param>
internal sealed record ConnectionFile(string Ip, int ShellPort, int IOPubPort, int StdinPort, int ControlPort, int HeartbeatPort, string Key)
{
    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="KernelStartException">The file is not there, is no connection file, or asks for what this kernel cannot do.</exception>
    public static ConnectionFile Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KernelStartException($"The connection file {path} cannot be read: {error.Message}");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            var transport = root.TryGetProperty("transport", out var given) ? given.GetString() : "tcp";
            if (transport != "tcp")
                throw new KernelStartException($"The connection file {path} asks for the transport '{transport}'; this kernel speaks tcp.");
            var scheme = root.TryGetProperty("signature_scheme", out given) ? given.GetString() : "hmac-sha256";
            if (scheme != "hmac-sha256")
                throw new KernelStartException($"The connection file {path} asks for signatures by '{scheme}'; this kernel signs by hmac-sha256.");
            int Port(string name)
            {
                var port = root.GetProperty(name).GetInt32();
                return port is >= 0 and <= 65535
                    ? port
                    : throw new KernelStartException($"The connection file {path} gives {name} = {port}; a port lies between 0 and 65535.");
            }

            return new ConnectionFile(
                root.TryGetProperty("ip", out given) ? given.GetString() ?? "127.0.0.1" : "127.0.0.1",
                Port("shell_port"), Port("iopub_port"), Port("stdin_port"), Port("control_port"), Port("hb_port"),
                root.TryGetProperty("key", out given) ? given.GetString() ?? "" : "");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new KernelStartException($"{path} is not a Jupyter connection file: {error.Message}");
        }
    }
}

/// <summary>The kernel cannot start; the message is for the person who started it.</summary>
/// <param name="message">What is wrong and what would be right.</param>
internal sealed class KernelStartException(string message) : Exception(message);
