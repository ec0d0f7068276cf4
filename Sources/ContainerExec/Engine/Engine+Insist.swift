internal import HTTPTransport
internal import ProcessEnvironment

extension Engine {
    /// Sends one request without a body even when the task is cancelled, and returns the response.
    ///
    /// For cleaning up. It ends by its own limit of time alone, on a connection of its own.
    func insist(
        _ method: String,
        _ path: String,
        query: [(name: String, value: String)] = [],
        within limit: Duration = .seconds(15)
    ) async throws(ContainerExecError) -> HTTPResponse {
        let request = HTTPRequest(
            method: method,
            url: url(path, query),
            headers: [HTTPHeader("Content-Length", "0"), HTTPHeader("Connection", "close")]
        )
        do {
            return try await DedicatedThread.run {
                let connection = try HTTPConnection.open(client, url: request.url)
                try connection.sendHead(request)
                let head = try connection.readHead(timeout: limit)
                let hasBody = head.status != 204 && head.status != 304
                return HTTPResponse(head: head, body: hasBody ? ResponseBody.collect(connection, head: head) : [])
            }
        } catch let error as HTTPTransportError {
            throw failure(of: error)
        } catch {
            throw ContainerExecError(.io, "\(error)")
        }
    }
}
