/// One of those whom a statement is for.
struct PolicyPrincipal: Sendable, Hashable {
    /// The kind: `Federated`, `AWS`, `Service`; `*` for everyone.
    let kind: String
    /// The name: an ARN, an account, a service, `*`.
    let name: String

    /// Whether it stands for everyone: `"*"`, or `*` of AWS accounts, which is the same in a policy of a resource.
    var isEveryone: Bool { name == "*" && ["*", "aws", "federated"].contains(kind.lowercased()) }
}
