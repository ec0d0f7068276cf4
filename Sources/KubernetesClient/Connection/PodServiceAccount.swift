internal import FoundationEssentials
internal import HTTPTransport
package import ProcessEnvironment
internal import YAMLSource

/// The service account of the pod that the program runs in.
///
/// https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
package struct PodServiceAccount: Sendable, Hashable {
    /// Where the kubelet puts its files.
    package static let standardFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

    private let environment: EnvironmentVariables
    private let folder: String

    /// Creates the account of `environment`; a test has a folder of its own.
    package init(environment: EnvironmentVariables, folder: String = PodServiceAccount.standardFolder) {
        self.environment = environment
        self.folder = folder
    }

    /// Whether the program runs in a pod whose service account has a token.
    package var isThere: Bool {
        environment.nonEmpty("KUBERNETES_SERVICE_HOST") != nil && (try? token()) != nil
    }

    /// Returns the connection with the API server; blocks the thread for the files.
    ///
    /// - Throws: ``KubernetesError`` when something of it is missing.
    package func connection() throws(KubernetesError) -> ClusterConnection {
        let host = environment["KUBERNETES_SERVICE_HOST"] ?? ""
        let port = environment.nonEmpty("KUBERNETES_SERVICE_PORT") ?? "443"
        guard !host.isEmpty, host.utf8.allSatisfy({ $0.isHostByte }), UInt16(port) != nil else {
            throw KubernetesError(
                .configuration,
                "this is no pod of Kubernetes: KUBERNETES_SERVICE_HOST is not set, or is no host",
                nextStep: "outside of a cluster, use a kubeconfig (--kubeconfig, KUBECONFIG, ~/.kube/config)"
            )
        }
        let token = try token()
        let bytes = try file("ca.crt", limit: 1 << 20).bytes
        let namespace = try? String(decoding: file("namespace", limit: 1000).bytes, as: UTF8.self)
        let account = Self.account(of: token)
        return ClusterConnection(
            server: "https://\(host.contains(":") ? "[\(host)]" : host):\(port)",
            tls: TLSSettings(authorityCertificates: bytes),
            proxy: nil,
            headers: [HTTPHeader("Authorization", "Bearer \(token.reveal())")],
            namespace: namespace?.trimmed ?? account?.namespace ?? "default",
            ownAccount: account,
            name: "the pod's service account",
            warnings: [],
            secrets: [token]
        )
    }

    private func token() throws(KubernetesError) -> Secret {
        let content = try file("token", limit: 64 << 10)
        let token = String(decoding: content.bytes, as: UTF8.self).trimmed
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw KubernetesError(.credentials, "the token of the pod's service account, \(folder)/token, is no token")
        }
        return Secret(token)
    }

    private func file(_ name: String, limit: Int) throws(KubernetesError) -> Secret {
        do {
            return Secret(bytes: try RegularFile.read("\(folder)/\(name)", limit: limit).bytes)
        } catch {
            throw KubernetesError(
                .credentials,
                "the file of the pod's service account \(PathText.quoted("\(folder)/\(name)")) \(error.reason)",
                nextStep: "see that the pod does not set automountServiceAccountToken: false"
            )
        }
    }

    /// Reads the account out of the token's claim `sub`; nil when it is no token of a service account.
    private static func account(of token: Secret) -> ServiceAccountName? {
        struct Claims: Decodable {
            let sub: String
        }

        let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var payload = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        payload += String(repeating: "=", count: (4 - payload.count % 4) % 4)
        guard let data = Data(base64Encoded: payload),
            let claims = try? JSONDecoder().decode(Claims.self, from: data),
            claims.sub.hasPrefix("system:serviceaccount:")
        else { return nil }
        return ServiceAccountName(claims.sub)
    }
}

extension String {
    /// The text without the white space around it.
    var trimmed: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let rest = self[start...]
        guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(rest[...last])
    }
}

extension UInt8 {
    /// Whether the byte may be part of a host name or an address.
    fileprivate var isHostByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
