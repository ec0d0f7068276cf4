/// A cluster, a user and a namespace under one name.
struct KubeContext: Sendable {
    var cluster: String?
    var user: String?
    var namespace: String?
}
