package import FoundationEssentials
package import ProcessEnvironment

/// Credentials of a role session, and how long they hold.
package struct TemporaryCredentials: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The identifier of the key; not a secret.
    package let accessKeyID: String
    /// The key.
    package let secretAccessKey: Secret
    /// The token that goes with the key.
    package let sessionToken: Secret
    /// When they end, by the clock of STS.
    package let expiration: Date
    /// The assumed role, as `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`; empty when STS did not say.
    package let assumedRoleARN: String
    /// The audience of the token as STS saw it.
    package let audience: String?
    /// The subject of the token as STS saw it.
    package let subject: String?
    /// The identity provider as STS names it.
    package let provider: String?
    /// The source identity that the token set, which goes with the session and into the audit log.
    package let sourceIdentity: String?
    /// How much of the size allowed for session policies and tags is used, in per cent.
    package let packedPolicySize: Int?
    /// How long they held when they were issued, by the clock of STS.
    package let lifetime: Duration
    /// When they were issued, by ``CredentialClock/elapsed``.
    package let issuedAt: Duration
    /// The identity token and its parts, which must be masked as the keys are.
    package let identitySecrets: [Secret]

    /// Creates credentials.
    package init(
        accessKeyID: String,
        secretAccessKey: Secret,
        sessionToken: Secret,
        expiration: Date,
        assumedRoleARN: String = "",
        audience: String? = nil,
        subject: String? = nil,
        provider: String? = nil,
        sourceIdentity: String? = nil,
        packedPolicySize: Int? = nil,
        lifetime: Duration,
        issuedAt: Duration,
        identitySecrets: [Secret] = []
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
        self.assumedRoleARN = assumedRoleARN
        self.audience = audience
        self.subject = subject
        self.provider = provider
        self.sourceIdentity = sourceIdentity
        self.packedPolicySize = packedPolicySize
        self.lifetime = lifetime
        self.issuedAt = issuedAt
        self.identitySecrets = identitySecrets
    }

    /// The account's number, from the assumed role; nil when it is not 12 digits.
    package var accountID: String? {
        let parts = assumedRoleARN.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 6, parts[4].utf8.count == 12, parts[4].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return String(parts[4])
    }

    /// The time that is left at `elapsed` of ``CredentialClock``; negative when they have ended.
    package func remaining(at elapsed: Duration) -> Duration {
        lifetime - (elapsed - issuedAt)
    }

    /// ``expiration`` as `2026-11-23T23:00:00Z`.
    package var expirationText: String { ServiceTime.text(expiration) }

    /// Everything of these that must be masked in all output.
    package var secrets: [Secret] { [secretAccessKey, sessionToken] + identitySecrets }

    package var description: String { "credentials \(accessKeyID) until \(expirationText)" }

    package var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID, "expiration": expiration]) }
}
