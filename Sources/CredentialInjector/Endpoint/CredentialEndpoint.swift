package import ProcessEnvironment

/// An HTTP server on 127.0.0.1 that gives credentials to the programs of one phase, which come back for new ones by
/// themselves: the container credentials of Amazon ECS, which every SDK of AWS reads.
///
/// A request is answered that is a GET for the path that nobody can guess, with the token that nobody can guess, and
/// that came to this very address. It is logged nowhere. See `AWS_CONTAINER_CREDENTIALS_FULL_URI` in the AWS SDKs and
/// Tools Reference Guide, "Container credential provider".
package struct CredentialEndpoint: Sendable {
    /// How many connections may wait to be taken.
    private static let backlog = 1_024
    /// How long a client waits while the credentials at hand still hold; SDKs give up after 2 s.
    private static let patience = Duration.seconds(1)

    private let access: EndpointAccess
    /// The port of 127.0.0.1 that it listens on.
    package let port: UInt16

    /// The URL of the credentials, which is secret, since nobody else should know the path.
    package var url: Secret { Secret("http://\(access.host)\(access.path.reveal())") }

    /// What a client must send as the `Authorization` header.
    package var token: Secret { access.token }

    /// What must be masked in all output.
    package var secrets: [Secret] { [access.token, access.path] }

    /// Serves credentials of `provider` for as long as `body` runs, and returns what it returns.
    ///
    /// `onHandOut` is told the secrets of credentials before a client gets them. Afterwards the port is closed, and
    /// every connection.
    ///
    /// - Throws: what `body` throws, ``CredentialError`` or ``SystemError`` when the endpoint cannot be opened.
    package static func serve<Value: Sendable>(
        _ provider: CredentialProvider,
        role: RoleARN,
        onHandOut: @escaping @Sendable ([Secret]) -> Void = { _ in },
        _ body: (CredentialEndpoint) async throws -> Value
    ) async throws -> Value {
        let mailbox = try EndpointMailbox()
        let (questions, question) = AsyncStream.makeStream(of: Int.self)
        let (end, ended) = AsyncStream.makeStream(of: Never.self)
        let endpoint = try start(mailbox, ask: { question.yield($0) }, onEnd: { ended.finish() })
        return try await withThrowingTaskGroup(of: Void.self, returning: Value.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                await withDiscardingTaskGroup { group in
                    for await connection in questions {
                        group.addTask {
                            mailbox.put(await answer(provider, role, onHandOut), for: connection)
                        }
                    }
                    group.cancelAll()
                }
            }
            let result: Result<Value, any Error>
            do {
                result = .success(try await body(endpoint))
            } catch {
                result = .failure(error)
            }
            mailbox.stop()
            for await _ in end {}
            return try result.get()
        }
    }

    /// Starts the thread, which owns the listener.
    private static func start(
        _ mailbox: EndpointMailbox,
        ask: @escaping @Sendable (Int) -> Void,
        onEnd: @escaping @Sendable () -> Void
    ) throws -> CredentialEndpoint {
        let listener = try LoopbackListener(backlog: backlog)
        let endpoint = CredentialEndpoint(access: try EndpointAccess(port: listener.port), port: listener.port)
        try DedicatedThread.start {
            var loop = EndpointLoop(listener: listener, access: endpoint.access, mailbox: mailbox, ask: ask)
            loop.run()
            onEnd()
        }
        return endpoint
    }

    private static func answer(
        _ provider: CredentialProvider,
        _ role: RoleARN,
        _ onHandOut: @Sendable ([Secret]) -> Void
    ) async -> EndpointAnswer {
        do throws(CredentialError) {
            let credentials = try await provider.credentials(patience: patience)
            onHandOut(credentials.secrets)
            return .credentials(credentials, of: role)
        } catch {
            return .failure(error)
        }
    }
}
