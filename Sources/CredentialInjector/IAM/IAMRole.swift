/// A role, as `GetRole` describes it.
package struct IAMRole: Sendable, Hashable {
    /// The name without the path.
    package let name: String
    /// The path, which begins and ends with a slash.
    package let path: String
    /// The whole name.
    package let arn: String
    /// The trust policy, as JSON.
    package let trustPolicy: String
    /// The longest session that may be asked for, in seconds; nil where the service does not say.
    package let maximumSessionDuration: Int?
    /// The tags.
    package let tags: [String: String]

    /// Creates a role from the element `Role` of an answer; nil when it lacks its name or its policy.
    init?(_ element: XMLElement?) {
        guard let element, let name = element.value("RoleName"), let arn = element.value("Arn"),
            let policy = element.value("AssumeRolePolicyDocument")
        else { return nil }
        self.name = name
        self.arn = arn
        path = element.value("Path") ?? "/"
        trustPolicy = PolicyText.decoded(policy)
        maximumSessionDuration = element.value("MaxSessionDuration").flatMap { Int($0) }
        tags = element["Tags"]?.tags ?? [:]
    }
}
