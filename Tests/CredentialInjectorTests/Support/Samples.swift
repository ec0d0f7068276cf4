import FoundationEssentials
import ProcessEnvironment

@testable import CredentialInjector

/// Settings, credentials and answers that many tests use.
enum Samples {
    static let role = "arn:aws:iam::112233445566:role/okteto-credentials"
    static let secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKEY"
    static let sessionToken = "FQoGZXIvYXdzEBYaDKs+/Qw=="

    static func settings(
        endpoint: String? = nil,
        audience: String? = TokenFactory.audience,
        environment: EnvironmentVariables = [:]
    ) throws -> CredentialSettings {
        let options = CredentialOptions(
            roleARN: role,
            region: "us-east-2",
            audience: audience,
            tokenFile: "/nonexistent/token",
            stsEndpoint: endpoint
        )
        let settings = try CredentialSettings.resolve(options: options, environment: environment, phase: "deploy")
        guard let settings else { throw CredentialError(.settings, "no settings") }
        return settings
    }

    static func credentials(
        key: String = "ASIAEXAMPLE",
        lifetime: Duration = .seconds(3600),
        issuedAt: Duration = .zero
    ) -> TemporaryCredentials {
        TemporaryCredentials(
            accessKeyID: key,
            secretAccessKey: Secret(secretKey),
            sessionToken: Secret(sessionToken),
            expiration: Date(timeIntervalSince1970: 1_700_003_600),
            assumedRoleARN: "arn:aws:sts::112233445566:assumed-role/okteto-credentials/okteto-run",
            lifetime: lifetime,
            issuedAt: issuedAt,
            identitySecrets: [Secret(TokenFactory.text())]
        )
    }

    /// An answer in the way of AWS, except for what is given.
    static func answer(
        namespace: String = #" xmlns="https://sts.amazonaws.com/doc/2011-06-15/""#,
        expiration: String = "2023-11-14T23:13:20Z",
        credentials: String? = nil,
        around: (String, String) = ("", "")
    ) -> String {
        let inner =
            credentials ?? """
                <SessionToken>\(sessionToken)</SessionToken><SecretAccessKey>\(secretKey)</SecretAccessKey>
                <Expiration>\(expiration)</Expiration><AccessKeyId>ASIAEXAMPLE</AccessKeyId>
                """
        return """
            \(around.0)<AssumeRoleWithWebIdentityResponse\(namespace)><AssumeRoleWithWebIdentityResult>
            <SubjectFromWebIdentityToken>\(TokenFactory.subject)</SubjectFromWebIdentityToken>
            <Audience>\(TokenFactory.audience)</Audience>
            <AssumedRoleUser><Arn>arn:aws:sts::112233445566:assumed-role/okteto-credentials/okteto-run</Arn>
            <AssumedRoleId>AROAEXAMPLE:okteto-run</AssumedRoleId></AssumedRoleUser>
            <Credentials>\(inner)</Credentials>\(around.1)
            <Provider>arn:aws:iam::112233445566:oidc-provider/issuer.example.com</Provider>
            </AssumeRoleWithWebIdentityResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>
            </AssumeRoleWithWebIdentityResponse>
            """
    }

    static func failure(_ code: String, _ message: String = "") -> String {
        """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>\(code)</Code>
        <Message>\(message)</Message></Error><RequestId>r-2</RequestId></ErrorResponse>
        """
    }

    static let date = "Date: Tue, 14 Nov 2023 22:13:20 GMT"
}
