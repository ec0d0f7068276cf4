import FoundationEssentials
import TestSupport
import Testing

/// What the page of a token source finds in the place that it is about: the variables, the programs and the services of
/// a job or a machine, all of which give tokens of the lab's issuer.
struct TokenPage {
    /// The folder of the pages.
    static let folder = "docs/tokens/"
    /// The manifest that is deployed: a page is about the credentials.
    static let manifest = "deploy:\n- test -n \"$AWS_SESSION_TOKEN\"\n"

    /// What the place sets.
    var variables: [String: String] = [:]
    private var servers: [LoopbackServer] = []

    /// Prepares the place of a document; nil when it is no page of a token source.
    init?(_ document: String, lab: Lab, folder: String, programs: String) async throws {
        guard document.hasPrefix(Self.folder) else { return nil }
        let token = try await lab.token()
        switch document.split(separator: "/").last {
        case "file.md":
            try write(token + "\n", folder + "/token", mode: 0o600)
        case "variable.md":
            variables["CI_TOKEN"] = token
        case "github.md", "forgejo.md":
            let server = try serve(.response(200, #"{"count":1,"value":"\#(token)"}"#))
            variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = server.url + "?api-version=2.0"
            variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "request-token"
        case "buildkite.md":
            variables["BUILDKITE"] = "true"
            try program("buildkite-agent", "oidc request-token --audience \(lab.audience)", token, programs)
        case "circleci.md":
            variables["CIRCLECI"] = "true"
            variables["CIRCLE_OIDC_TOKEN_V2"] = try await lab.token("aud=organization")
            let claims = #"run oidc get --claims {"aud":"\#(lab.audience)"}"#
            try program("circleci", claims, token, programs)
        case "bitbucket.md":
            variables["BITBUCKET_STEP_OIDC_TOKEN"] = token
        case "gitlab.md":
            variables["GITLAB_CI"] = "true"
            let issuer: String = try #require(lab.issuer)
            variables["CI_SERVER_URL"] = issuer
            variables["AWS_TOKEN"] = token
            variables["VAULT_TOKEN"] = try await lab.token("aud=vault")
        case "kubernetes.md":
            try startCluster(token, folder)
        case "gcp.md":
            let server = try serve(.response(200, token, headers: ["Metadata-Flavor: Google"]))
            variables["GCE_METADATA_HOST"] = "127.0.0.1:\(server.port)"
        default: break
        }
    }

    /// Whether each of the place's services was asked.
    var wasAsked: Bool { servers.allSatisfy { !$0.requests.isEmpty } }

    private mutating func serve(_ reply: LoopbackReply, tls: LoopbackTLS? = nil) throws -> LoopbackServer {
        let server = try LoopbackServer([reply], tls: tls)
        servers.append(server)
        return server
    }

    /// An API server that lets in whom its authority knows, and the kubeconfig of one of them.
    private mutating func startCluster(_ token: String, _ folder: String) throws {
        let authority = TestAuthority()
        let tls = LoopbackTLS(
            identity: authority.issue(name: "kube-apiserver", places: "DNS:kubernetes.default.svc"),
            clientAuthority: authority.identity.certificate
        )
        let answer = #"{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","status":{"token":"\#(token)"}}"#
        let server = try serve(.response(201, answer), tls: tls)
        let user = authority.issue(name: "developer", group: "system:masters")
        try write(authority.identity.certificate, folder + "/ca.pem", mode: 0o600)
        try write(user.certificate, folder + "/user.pem", mode: 0o600)
        try write(user.key, folder + "/user.key", mode: 0o600)
        let config = """
            current-context: lab
            contexts: [{name: lab, context: {cluster: lab, user: developer}}]
            clusters: [{name: lab, cluster: {server: '\(server.url)', certificate-authority: ca.pem,
                        tls-server-name: kubernetes.default.svc}}]
            users: [{name: developer, user: {client-certificate: user.pem, client-key: user.key}}]
            """
        try write(config, folder + "/kubeconfig", mode: 0o600)
        variables["KUBECONFIG"] = folder + "/kubeconfig"
    }

    /// A program that prints the token, and fails for any other arguments.
    private func program(_ name: String, _ arguments: String, _ token: String, _ folder: String) throws {
        let script =
            "#!/bin/sh\n[ \"$*\" = '\(arguments)' ] || { echo \"stand-in: $*\" >&2; exit 9; }\necho '\(token)'\n"
        try write(script, "\(folder)/\(name)", mode: 0o755)
    }

    private func write(_ text: String, _ path: String, mode: Int) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
}
