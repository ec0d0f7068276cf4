internal import HTTPTransport

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension Engine {
    /// Unpacks an archive into the container's file system, whether it runs or not yet.
    ///
    /// `archive` runs on a thread of its own and gives the archive to its argument piece by piece, which waits while
    /// the engine does: memory stays flat. What it returns is returned. Cancelling the task ends the connection, and
    /// with it the archive at its next piece.
    ///
    /// - Throws: ``ContainerExecError``: what `archive` throws, or why the engine did not take it.
    package func upload<Value: Sendable>(
        to container: ContainerID,
        path: String = "/",
        archive: @escaping @Sendable (@escaping ArchiveSink) throws(ContainerExecError) -> Value
    ) async throws(ContainerExecError) -> Value {
        let request = HTTPRequest(
            method: "PUT",
            url: url("/containers/\(container.rawValue)/archive", [(name: "path", value: path)]),
            headers: [HTTPHeader("Content-Type", "application/x-tar"), HTTPHeader("Transfer-Encoding", "chunked")]
        )
        return try await ConnectionGuard.run { connections throws(ContainerExecError) in
            let connection: HTTPConnection
            do throws(HTTPTransportError) {
                connection = try HTTPConnection.open(client, url: request.url)
                connections.watch(connection)
                try connection.sendHead(request)
            } catch {
                throw failure(of: error)
            }
            let body = ChunkedBody(connection: connection)
            let value = try archive { bytes throws(ContainerExecError) in
                // An engine that answers before the end has refused; what it says is lost if more is sent.
                if answersEarly(connection) { throw refusal(of: connection, path: path) }
                do {
                    try body.send(bytes)
                } catch {
                    throw refusal(of: connection, path: path)
                }
            }
            let head: HTTPResponseHead
            do throws(HTTPTransportError) {
                try body.finish()
                head = try connection.readHead(timeout: .seconds(600))
            } catch {
                throw failure(of: error)
            }
            guard head.status != 200 else { return value }
            throw refusal(head, of: connection, path: path)
        }
    }

    /// Copies the workspace into the container, and returns what was copied.
    ///
    /// - Throws: ``ContainerExecError`` when a file cannot be read or the engine does not take it.
    package func upload(
        _ workspace: WorkspaceArchive,
        to container: ContainerID,
        progress: @escaping @Sendable (WorkspaceSummary) -> Void = { _ in }
    ) async throws(ContainerExecError) -> WorkspaceSummary {
        try await upload(to: container) { sink throws(ContainerExecError) in
            try workspace.write(progress: progress, to: sink)
        }
    }

    private func answersEarly(_ connection: HTTPConnection) -> Bool {
        // Behind TLS a readable socket need not mean that the server said anything.
        guard candidate.endpoint.base.hasPrefix("http:") else { return false }
        var entry = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, 0) > 0
    }

    private func refusal(of connection: HTTPConnection, path: String) -> ContainerExecError {
        guard let head = try? connection.readHead(timeout: .seconds(5)) else {
            return failure(of: HTTPTransportError(.interrupted, "it ended the connection during an upload"))
        }
        return refusal(head, of: connection, path: path)
    }

    private func refusal(
        _ head: HTTPResponseHead,
        of connection: HTTPConnection,
        path: String
    ) -> ContainerExecError {
        let text = EngineErrorBody.text(in: ResponseBody.collect(connection, head: head))
        return refusal(
            status: head.status,
            text: text,
            to: "copy files to \(path) in a container",
            hint: "check that the engine's disk is not full and the image's file system is not read-only"
        )
    }
}
