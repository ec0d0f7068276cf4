internal import HTTPTransport

/// What to do about an engine that was named and does not answer as one.
///
/// The words of libcurl, OpenSSL, ssh and the engine tell the cause; nothing else does.
enum ConnectionAdvice {
    /// Returns the advice, or nil where there is none but the general.
    static func find(for attempt: EngineAttempt) -> String? {
        let endpoint = attempt.candidate.endpoint
        switch attempt.outcome {
        case .stranger(let text) where text.contains("HTTPS server"):
            return "that port speaks TLS: set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the folder that has ca.pem, "
                + "cert.pem and key.pem"
        case .silent(let error) where endpoint.isReachedByProgram:
            return ssh(error.message.lowercased(), host: endpoint.address)
        case .silent(let error):
            return tls(error)
        default:
            return nil
        }
    }

    /// Whether the error is what libcurl says when the server ends the connection before it could look at it, which
    /// servers do that do not like the client's certificate.
    static func isEndOfHandshake(_ error: HTTPTransportError) -> Bool {
        error.message.contains("getpeername")
    }

    private static func tls(_ error: HTTPTransportError) -> String? {
        let words = error.message.lowercased()
        let isRefused = words.contains("certificate required") || words.contains("bad certificate")
        if isRefused || isEndOfHandshake(error) {
            return "the engine wants a certificate of the client that its authority signed: cert.pem and key.pem in "
                + "the folder that DOCKER_CERT_PATH, or the docker context, names"
        }
        if error.code == .certificate {
            return "the engine's certificate must be signed by the ca.pem in the folder that DOCKER_CERT_PATH, or the "
                + "docker context, names, and made out for the host in the address"
        }
        if error.code == .tls {
            return "that port does not seem to speak TLS: unset DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, or name another"
        }
        return nil
    }

    private static func ssh(_ words: String, host address: String) -> String {
        if words.contains("permission denied") {
            return "ssh cannot ask here: load the key into an agent with ssh-add, or name it in ~/.ssh/config"
        }
        if words.contains("host key verification failed") {
            return "connect once with ssh by hand, and accept the host's key if it is the right one"
        }
        if words.contains("not found") && words.contains("docker") || words.contains("status 127") {
            return "the docker program must be installed over there (18.09 or newer), and in the PATH of a login by ssh"
        }
        return "try 'DOCKER_HOST=\(address) docker version', or ssh by hand, and look at what it says"
    }
}
