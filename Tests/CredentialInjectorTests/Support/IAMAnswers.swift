import Testing

@testable import CredentialInjector

/// Elements of IAM's answers.
enum IAMAnswers {
    static func provider(
        arn: String,
        audiences: [String],
        thumbprints: [String] = [],
        tags: [String: String] = [:]
    ) throws -> IAMIdentityProvider {
        IAMIdentityProvider(arn: arn, try XMLReader.read(Array(providerText(arn, audiences, thumbprints, tags).utf8)))
    }

    static func providerText(
        _ arn: String,
        _ audiences: [String],
        _ thumbprints: [String],
        _ tags: [String: String]
    ) -> String {
        """
        <GetOpenIDConnectProviderResult><Url>\(IAMIdentityProvider.issuer(inARN: arn) ?? "")</Url>
        <ClientIDList>\(members(audiences))</ClientIDList><ThumbprintList>\(members(thumbprints))</ThumbprintList>
        <Tags>\(list(tags))</Tags></GetOpenIDConnectProviderResult>
        """
    }

    static func role(name: String, trust: String, tags: [String: String]) throws -> IAMRole {
        try #require(IAMRole(try XMLReader.read(Array(roleText(name, trust, tags).utf8))))
    }

    static func roleText(
        _ name: String,
        _ trust: String,
        _ tags: [String: String] = [:],
        as element: String = "Role"
    ) -> String {
        let encoded = String(decoding: FormEncoder.encoded(trust.utf8), as: UTF8.self)
        return """
            <\(element)><Path>/</Path><RoleName>\(name)</RoleName><Arn>arn:aws:iam::112233445566:role/\(name)</Arn>
            <AssumeRolePolicyDocument>\(encoded)</AssumeRolePolicyDocument>
            <MaxSessionDuration>3600</MaxSessionDuration><Tags>\(list(tags))</Tags></\(element)>
            """
    }

    /// A whole answer around a result.
    static func answer(_ action: String, _ result: String) -> String {
        let name = action + "Response"
        return """
            <\(name) xmlns="https://iam.amazonaws.com/doc/2010-05-08/">\(result)
            <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></\(name)>
            """
    }

    static func members(_ values: [String]) -> String { values.map { "<member>\($0)</member>" }.joined() }

    private static func list(_ tags: [String: String]) -> String {
        tags.map { "<member><Key>\($0.key)</Key><Value>\($0.value)</Value></member>" }.joined()
    }
}
