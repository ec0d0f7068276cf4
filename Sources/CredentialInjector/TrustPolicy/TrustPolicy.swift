/// A role's trust policy: who may assume the role, and when.
package struct TrustPolicy: Sendable, Hashable {
    /// The language version; without one IAM takes 2008-10-17, which has no variables.
    let version: String
    let statements: [PolicyStatement]

    /// Whether `${…}` in values are variables.
    var hasVariables: Bool { version == "2012-10-17" }

    /// Reads a policy, or an answer of IAM that has one in it: `aws iam get-role` with or without its `Role`.
    ///
    /// `name` is what a message calls it.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when it is no policy that IAM would keep.
    package init(_ bytes: [UInt8], from name: String) throws(CredentialError) {
        let value: JSONValue
        do {
            value = try JSONReader.read(bytes)
        } catch {
            throw Self.error(name, "is not JSON: line \(error.line): \(error.reason)")
        }
        let document = Self.document(in: value)
        do {
            self = try PolicyDecoder.decode(document)
        } catch {
            throw Self.error(name, "is not a trust policy: \(error.reason)")
        }
    }

    init(version: String, statements: [PolicyStatement]) {
        self.version = version
        self.statements = statements
    }

    private static func document(in value: JSONValue) -> JSONValue {
        let role = value["Role"] ?? value
        guard let document = role["AssumeRolePolicyDocument"] else { return value }
        // IAM's own answers have it percent-encoded; the AWS CLI decodes it.
        guard let text = document.string else { return document }
        return (try? JSONReader.read(PercentEncoding.decode(text))) ?? document
    }

    private static func error(_ name: String, _ problem: String) -> CredentialError {
        CredentialError(
            .settings,
            "the trust policy \(DisplayText.clean(name, limit: 200)) \(problem)",
            nextStep: "give the policy document, as 'aws iam get-role --role-name NAME "
                + "--query Role.AssumeRolePolicyDocument' prints it"
        )
    }
}
