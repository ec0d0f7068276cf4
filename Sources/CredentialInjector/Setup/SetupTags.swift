/// The tags by which teardown knows what setup made.
enum SetupTags {
    /// The tag of what setup created.
    static let created = "okteto-run:created"
    /// The value of ``created``.
    static let creator = "aws-setup"
    /// Begins the names of tags whose values are managed policies that setup attached.
    private static let policy = "okteto-run:policy-"
    /// The tag whose value is the name of the policy that setup made part of the role.
    static let inlinePolicy = "okteto-run:inline-policy"
    /// Begins the names of tags whose values are audiences that setup let a provider take.
    private static let audience = "okteto-run:audience-"

    /// Returns whether setup created what has these tags.
    static func isCreated(_ tags: [String: String]) -> Bool { tags[created] == creator }

    /// Returns the managed policies that the tags name.
    static func policies(_ tags: [String: String]) -> [String] { values(tags, policy) }

    /// Returns the audiences that the tags name.
    static func audiences(_ tags: [String: String]) -> [String] { values(tags, audience) }

    /// Returns tags for managed policies, beside those that are there.
    static func forPolicies(_ arns: [String], beside tags: [String: String] = [:]) -> [String: String] {
        numbered(arns, policy, beside: tags)
    }

    /// Returns tags for audiences, beside those that are there; audiences that cannot be the value of a tag have none.
    static func forAudiences(_ audiences: [String], beside tags: [String: String]) -> [String: String] {
        numbered(audiences.filter(isValue), audience, beside: tags)
    }

    /// Returns whether a text can be the value of a tag: see "Tags for IAM resources" of the IAM user guide.
    static func isValue(_ text: String) -> Bool {
        text.utf8.count <= 256
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil || " _.:/=+-@".contains(Character(scalar))
            }
    }

    private static func values(_ tags: [String: String], _ prefix: String) -> [String] {
        tags.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func numbered(
        _ values: [String],
        _ prefix: String,
        beside tags: [String: String]
    ) -> [String: String] {
        var result: [String: String] = [:]
        var number = 0
        let known = Set(Self.values(tags, prefix))
        for value in values where !known.contains(value) {
            repeat { number += 1 } while tags["\(prefix)\(number)"] != nil
            result["\(prefix)\(number)"] = value
        }
        return result
    }
}
