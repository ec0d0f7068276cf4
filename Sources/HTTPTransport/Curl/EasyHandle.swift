internal import CLibCurl
internal import ProcessEnvironment

/// Owns a CURL easy handle, of which one thread at a time may make use (https://curl.se/libcurl/c/libcurl-easy.html).
@safe struct EasyHandle: ~Copyable {
    let raw: UnsafeMutableRawPointer
    // libcurl keeps the address for the handle's life and writes CURL_ERROR_SIZE bytes at most.
    private let errorText: UnsafeMutablePointer<CChar>
    // Ends when the handle does.
    private var program: SocketProgram?
    // libcurl does not copy the list.
    private var connectTo: HeaderList?

    private init(raw: UnsafeMutableRawPointer, errorText: UnsafeMutablePointer<CChar>) {
        unsafe self.raw = raw
        unsafe self.errorText = errorText
    }

    deinit {
        unsafe oktetorun_curl_easy_cleanup(raw)
        unsafe errorText.deallocate()
    }

    /// Creates a handle with the settings that every request has.
    static func make() throws(HTTPTransportError) -> EasyHandle {
        if let reason = unsafe oktetorun_curl_load() {
            throw HTTPTransportError(.unavailable, "libcurl cannot be loaded: \(unsafe String(cString: reason))")
        }
        guard let raw = unsafe oktetorun_curl_easy_init() else {
            throw HTTPTransportError(.unavailable, "libcurl has no memory left")
        }
        let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let handle = unsafe EasyHandle(raw: raw, errorText: errorText)
        unsafe handle.set(CURLOPT_ERRORBUFFER, pointer: UnsafeMutableRawPointer(errorText))
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_NETRC, 0)
        handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        handle.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        handle.set(CURLOPT_TCP_KEEPALIVE, 1)
        return handle
    }

    /// Applies where to connect, how long that may take, and whom to trust.
    mutating func configure(
        _ client: HTTPClient,
        url: String,
        connectTimeout: Duration
    ) throws(HTTPTransportError) {
        let verdict = try DestinationRules.check(url, for: client.destination)
        set(CURLOPT_URL, url)
        restrict(to: verdict.protocols)
        if let proxy = client.proxy {
            set(CURLOPT_PROXY, proxy.reveal())
            // The variable no_proxy is not about this proxy.
            set(CURLOPT_NOPROXY, "")
        } else if verdict.isDirect {
            set(CURLOPT_NOPROXY, "*")
        }
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, connectTimeout.milliseconds))
        switch client.destination {
        case .network, .plainNetwork: break
        case .unixSocket(let path):
            guard set(CURLOPT_UNIX_SOCKET_PATH, path) == CURLE_OK else {
                throw HTTPTransportError(.badRequest, "the socket's path is too long: \(path)")
            }
        case .program(let words, let environment):
            try start(words, environment)
        }
        try apply(client.tls, url: url)
    }

    private mutating func apply(_ tls: TLSSettings, url: String) throws(HTTPTransportError) {
        if let file = tls.authorities { set(CURLOPT_CAINFO, file) }
        if let file = tls.clientCertificate { set(CURLOPT_SSLCERT, file) }
        if let file = tls.clientKey { set(CURLOPT_SSLKEY, file) }
        if let certificates = tls.authorityCertificates {
            try set(CURLOPT_CAINFO_BLOB, bytes: certificates)
            // The system's other folder of authorities counts beside the bytes otherwise.
            _ = unsafe oktetorun_curl_setopt_string(raw, CURLOPT_CAPATH, nil)
        }
        if let identity = tls.clientIdentity {
            try set(CURLOPT_SSLCERT_BLOB, bytes: identity.certificate)
            try set(CURLOPT_SSLKEY_BLOB, bytes: identity.key.bytes)
        }
        if !tls.isVerified {
            set(CURLOPT_SSL_VERIFYPEER, 0)
            set(CURLOPT_SSL_VERIFYHOST, 0)
        }
        guard let name = tls.serverName else { return }
        let place = try ServerPlace(url: url, name: name)
        set(CURLOPT_URL, place.url)
        let list = HeaderList(lines: [place.connectTo])
        _ = unsafe oktetorun_curl_setopt_list(raw, CURLOPT_CONNECT_TO, list.raw)
        connectTo = consume list
    }

    /// Sets an option of bytes, of which libcurl makes a copy.
    private func set(_ option: CURLoption, bytes: [UInt8]) throws(HTTPTransportError) {
        let code = unsafe bytes.withUnsafeBytes { buffer in
            unsafe oktetorun_curl_setopt_blob(raw, option, buffer.baseAddress, buffer.count)
        }
        guard code == CURLE_OK else {
            throw HTTPTransportError(.unavailable, "this libcurl takes no certificates and keys but from files")
        }
    }

    /// Makes the program that leads to the server start with the connection.
    private mutating func start(
        _ words: [String],
        _ environment: EnvironmentVariables
    ) throws(HTTPTransportError) {
        do throws(HelperProgramError) {
            let program = try SocketProgram.start(words: words, environment: environment)
            set(CURLOPT_UNIX_SOCKET_PATH, program.path)
            self.program = program
        } catch {
            throw HTTPTransportError(.unreachable, error.message)
        }
    }

    private func restrict(to protocols: String) {
        let option = CURLoption(rawValue: CURLoption.RawValue(OKTETORUN_CURLOPT_PROTOCOLS_STR))
        guard set(option, protocols) != CURLE_OK else { return }
        // libcurl before 7.85 has the bit mask alone.
        let mask = protocols.contains("https") ? CURLPROTO_HTTPS : CURLPROTO_HTTP
        set(CURLOPT_PROTOCOLS, Int(mask))
    }

    @discardableResult
    func set(_ option: CURLoption, _ value: Int) -> CURLcode {
        unsafe oktetorun_curl_setopt_long(raw, option, value)
    }

    /// Sets a text option; libcurl copies it.
    @discardableResult
    func set(_ option: CURLoption, _ value: String) -> CURLcode {
        unsafe oktetorun_curl_setopt_string(raw, option, value)
    }

    /// Sets a pointer, which must stay valid until the handle is done with it.
    func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        _ = unsafe oktetorun_curl_setopt_pointer(raw, option, pointer)
    }

    /// The certificates that the server presented, where they were asked for.
    var certificates: [String] {
        var result: [String] = []
        while let text = unsafe oktetorun_curl_certificate(raw, CInt(result.count)) {
            // It belongs to the handle, so it is copied.
            result.append(unsafe String(cString: text))
        }
        return result
    }

    /// Returns the error that stands for a code of libcurl, with the words that libcurl has for it.
    func error(for code: CURLcode) -> HTTPTransportError {
        let detail = unsafe String(cString: errorText)
        let text = detail.isEmpty ? unsafe String(cString: oktetorun_curl_easy_strerror(code)) : detail
        // A name stays as it is: SSL, OpenSSL.
        let isName = text.dropFirst().prefix { !$0.isWhitespace }.contains { $0.isUppercase }
        var message = isName ? text : (text.first?.lowercased() ?? "") + text.dropFirst()
        if code == CURLE_SSL_CONNECT_ERROR, HTTPTransportError.Code.isWrongSignature(message) {
            message = "a certificate's signature is not that of the trusted authority of this name (\(message))"
        }
        return explained(HTTPTransportError(HTTPTransportError.Code(code, message: message), message))
    }

    /// Returns the error with how the program ended that led to the server, where there is one; its own words are
    /// the cause of a connection that ends.
    func explained(_ error: HTTPTransportError) -> HTTPTransportError {
        guard let program else { return error }
        let outcome = program.outcome(within: error.code == .timedOut ? .zero : .seconds(1))
        let lines = String(decoding: outcome.standardError, as: UTF8.self).split(whereSeparator: \.isNewline)
        let words = lines.map { $0.filter { !$0.isNewline } }.joined(separator: "; ")
        guard let status = outcome.exitStatus else {
            guard !words.isEmpty else { return error }
            return HTTPTransportError(error.code, "\(error.message); \(program.name) says: \(words)")
        }
        let end = "\(program.name) ended with status \(status)"
        return HTTPTransportError(.unreachable, words.isEmpty ? "\(end): \(error.message)" : "\(end): \(words)")
    }
}

extension HTTPTransportError.Code {
    /// Whether a handshake failed because of a certificate's signature.
    ///
    /// libcurl tells the first error of OpenSSL's queue, which is then one of the arithmetic and not of the verification:
    /// an authority has the name of a trusted one and another key.
    fileprivate static func isWrongSignature(_ message: String) -> Bool {
        ["asn1 encoding routines", "rsa routines", "elliptic curve routines", "ECDSA routines", "Provider routines"]
            .contains { message.contains($0) }
    }

    /// Maps a CURLcode (https://curl.se/libcurl/c/libcurl-errors.html).
    fileprivate init(_ code: CURLcode, message: String) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
            self = .unreachable
        case CURLE_OPERATION_TIMEDOUT:
            self = .timedOut
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM:
            self = .certificate
        case CURLE_SSL_CONNECT_ERROR:
            guard !Self.isWrongSignature(message) else {
                self = .certificate
                return
            }
            // A connection reset in the handshake has the same code as a server that does not speak TLS.
            self = message.contains("reset") || message.contains("SYSCALL") ? .interrupted : .tls
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
            self = .interrupted
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
            self = .badRequest
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT:
            self = .unavailable
        default:
            self = .badResponse
        }
    }
}

extension Duration {
    /// The whole milliseconds.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
