internal import HTTPTransport
internal import ProcessEnvironment

extension Engine {
    /// How long a download may go on once its task is cancelled.
    package static let downloadGrace: Duration = .seconds(5)

    /// Extracts a file or folder of the container into a folder of the user's, and returns what was written.
    ///
    /// Returns nil when the container has no such path. A symbolic link stands for what it leads to. Memory stays flat.
    /// A cancelled task downloads too, since there may be artifacts to save, within ``downloadGrace``.
    ///
    /// - Throws: ``ContainerExecError`` with the code `io` when something cannot be written or the archive is not whole,
    ///   `engineFailed` when the engine does not give it.
    package func download(
        _ path: String,
        from container: ContainerID,
        into target: ExtractionTarget
    ) async throws(ContainerExecError) -> ExtractionSummary? {
        let limit = TransferLimit(silence: .seconds(120))
        let patience: Duration = Task.isCancelled ? Self.downloadGrace : .seconds(60)
        do {
            return try await withTaskCancellationHandler {
                try await DedicatedThread.run {
                    try download(path, from: container, into: target, limit, patience, mayFollow: true)
                }
            } onCancel: {
                limit.shorten(to: Self.downloadGrace)
            }
        } catch let error as ContainerExecError {
            throw error
        } catch {
            throw ContainerExecError(.io, "\(error)")
        }
    }

    private func download(
        _ path: String,
        from container: ContainerID,
        into target: ExtractionTarget,
        _ limit: TransferLimit,
        _ patience: Duration,
        mayFollow: Bool
    ) throws(ContainerExecError) -> ExtractionSummary? {
        let request = HTTPRequest(
            method: "GET",
            url: url("/containers/\(container.rawValue)/archive", [(name: "path", value: path)]),
            headers: [HTTPHeader("Connection", "close")]
        )
        let connection: HTTPConnection
        let head: HTTPResponseHead
        do throws(HTTPTransportError) {
            connection = try HTTPConnection.open(client, url: request.url)
            try connection.sendHead(request)
            head = try connection.readHead(timeout: patience)
        } catch {
            throw failure(of: error)
        }
        guard head.status == 200 else {
            let text = EngineErrorBody.text(in: ResponseBody.collect(connection, head: head))
            if head.status == 404, !text.lowercased().contains("no such container") { return nil }
            throw refusal(status: head.status, text: text, to: "copy \(path) out of the container")
        }
        let status = head.header("X-Docker-Container-Path-Stat").flatMap(PathStatus.init(header:))
        if mayFollow, let status, status.isLink, let link = status.linkTarget, link.hasPrefix("/") {
            connection.interrupt()
            return try download(link, from: container, into: target, limit, patience, mayFollow: false)
        }
        let body = BodyReader(connection, head: head, limit: limit)
        return try ArchiveExtraction.extract(
            from: { buffer throws(ContainerExecError) in
                do throws(HTTPTransportError) {
                    return try body.read(into: &buffer)
                } catch {
                    throw ContainerExecError(
                        .io,
                        "\(path) did not come out of the container whole: \(kind) \(error.message)",
                        hint: "what has arrived is in place, file by file; do not take it for all"
                    )
                }
            },
            into: target
        )
    }
}
