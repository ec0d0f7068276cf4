internal import CLibCurl
package import ProcessEnvironment

/// Sends requests over libcurl.
///
/// A value without state: each request has a connection of its own.
///
/// No redirect is followed, because it would carry a token elsewhere; no `.netrc` and no cookie is read or kept.
package struct HTTPClient: Sendable, Hashable {
    /// Where requests go.
    package let destination: HTTPDestination
    /// How servers are authenticated.
    package let tls: TLSSettings
    /// The URL of the proxy that all requests go through, which may hold a password; nil for the proxies of the process
    /// environment, which never concern this machine itself.
    package let proxy: Secret?

    /// Creates a client.
    package init(
        destination: HTTPDestination = .network,
        tls: TLSSettings = TLSSettings(),
        proxy: Secret? = nil
    ) {
        self.destination = destination
        self.tls = tls
        self.proxy = proxy
    }

    /// Loads libcurl on a thread of its own, for the sake of a first request that is soon to come.
    ///
    /// It takes some 5 ms, in which the caller can do other things. What goes wrong is told by the request.
    package static func warmUp() {
        try? DedicatedThread.start { _ = unsafe oktetorun_curl_load() }
    }

    /// The versions of libcurl and of the libraries that it uses, or why it could not be loaded.
    package static var version: String { unsafe String(cString: oktetorun_curl_version()) }

    /// Sends a request and returns the response, whatever its status.
    ///
    /// Cancelling the task ends the transfer at once.
    ///
    /// - Throws: ``HTTPTransportError`` when there is no whole response within the request's limits.
    package func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        try await transfer(request, onBody: nil)
    }

    /// Sends a request and returns the response, also when the task is cancelled: only its limits of time end it.
    ///
    /// For what must not be broken off, since nobody would know then whether it was done.
    ///
    /// - Throws: ``HTTPTransportError`` when there is no whole response within the request's limits.
    package func insist(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        do {
            let cancellation = try TransferCancellation()
            return try await DedicatedThread.run {
                try Transfer.perform(request, client: self, onBody: nil, cancellation: cancellation)
            }
        } catch let error as HTTPTransportError {
            throw error
        } catch {
            throw HTTPTransportError(.unavailable, "\(error)")
        }
    }

    /// Sends a request and hands the body of a successful response over piece by piece, as it comes.
    ///
    /// `onBody` is called on the transfer's own thread, so that waiting there is back pressure; returning false ends
    /// the transfer, which then counts as complete. The body of any other status is in the response that is returned.
    ///
    /// - Throws: ``HTTPTransportError`` when there is no response, or it is cut off.
    package func stream(
        _ request: HTTPRequest,
        onBody: @escaping @Sendable (RawSpan) -> Bool
    ) async throws(HTTPTransportError) -> HTTPResponse {
        try await transfer(request, onBody: onBody)
    }

    private func transfer(
        _ request: HTTPRequest,
        onBody: (@Sendable (RawSpan) -> Bool)?
    ) async throws(HTTPTransportError) -> HTTPResponse {
        do {
            let cancellation = try TransferCancellation()
            return try await withTaskCancellationHandler {
                try await DedicatedThread.run {
                    try Transfer.perform(request, client: self, onBody: onBody, cancellation: cancellation)
                }
            } onCancel: {
                cancellation.cancel()
            }
        } catch let error as HTTPTransportError {
            throw error
        } catch {
            throw HTTPTransportError(.unavailable, "\(error)")
        }
    }
}
