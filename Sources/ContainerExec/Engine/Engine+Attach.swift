package import HTTPTransport

extension Engine {
    /// Attaches to the container's standard streams and returns the connection, its response's head read.
    ///
    /// Attach before the start, or early output is lost. What is sent on the connection is the shell's standard input;
    /// what is received are frames of eight bytes of head (the stream, three zeros, the length) and a payload.
    /// Cancelling the task afterwards does not touch the connection.
    ///
    /// - Throws: ``ContainerExecError`` when the engine does not open the stream.
    package func attach(_ container: ContainerID) async throws(ContainerExecError) -> HTTPConnection {
        let query = ["stream", "stdin", "stdout", "stderr"].map { (name: $0, value: "1") }
        let request = HTTPRequest(
            method: "POST",
            url: url("/containers/\(container.rawValue)/attach", query),
            headers: [
                HTTPHeader("Connection", "Upgrade"), HTTPHeader("Upgrade", "tcp"), HTTPHeader("Content-Length", "0"),
            ]
        )
        return try await ConnectionGuard.run { connections throws(ContainerExecError) in
            do throws(HTTPTransportError) {
                let connection = try HTTPConnection.open(client, url: request.url)
                connections.watch(connection)
                try connection.sendHead(request)
                let head = try connection.readHead(timeout: .seconds(60))
                // 101 from an engine that upgrades, 200 through a proxy that does not let it.
                if head.status == 101 || head.status == 200 { return connection }
                let text = EngineErrorBody.text(in: ResponseBody.collect(connection, head: head))
                throw HTTPTransportError(.badResponse, text.isEmpty ? "status \(head.status)" : text)
            } catch {
                if error.code == .badResponse {
                    throw refusal(status: 0, text: error.message, to: "attach to the container \(container)")
                }
                throw failure(of: error)
            }
        }
    }
}
