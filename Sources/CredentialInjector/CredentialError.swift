/// Why there are no credentials: what is wrong, where, and what to do about it.
///
/// No rendering shows a token, a key or a request; text that came from outside is cleaned before it gets here.
package struct CredentialError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    package struct Code: Sendable, Hashable {
        private enum Value {
            case settings, ownCredentials, tokenSource, token, expiredToken, audience, refused, response, transport
            case temporary, cancelled
        }

        private let value: Value

        /// A setting is missing or not one that can work.
        package static let settings = Code(value: .settings)
        /// There are no credentials of the caller's own to ask IAM with.
        package static let ownCredentials = Code(value: .ownCredentials)
        /// The identity token could not be had from its source.
        package static let tokenSource = Code(value: .tokenSource)
        /// What the source gave is not an identity token that STS takes.
        package static let token = Code(value: .token)
        /// The identity token's time is over.
        package static let expiredToken = Code(value: .expiredToken)
        /// The token is for another audience, or from another issuer or subject, than configured.
        package static let audience = Code(value: .audience)
        /// STS said no.
        package static let refused = Code(value: .refused)
        /// What came back is not an answer of STS.
        package static let response = Code(value: .response)
        /// The server could not be authenticated, or may not be asked.
        package static let transport = Code(value: .transport)
        /// STS, or what gives the identity token, is unreachable, busy or broken, and was asked as often as allowed.
        package static let temporary = Code(value: .temporary)
        /// The task was cancelled.
        package static let cancelled = Code(value: .cancelled)
    }

    /// What the failure means to whoever runs the program; the exit status follows from it.
    package enum Kind: Sendable, Hashable {
        /// The configuration cannot work as it is.
        case settings
        /// The identity, or what STS made of it, is not accepted.
        case refused
        /// The same may succeed later.
        case temporary
        /// Nobody waits for it any more.
        case cancelled
    }

    /// What kind of failure it was.
    package let code: Code
    /// What happened, in one line of lower case.
    package let message: String
    /// What is known about it, one line each: the token's claims, the role.
    package let details: [String]
    /// What to do about it.
    package let nextStep: String?
    /// The error code that STS sent, as `AccessDenied`, or nil.
    package let serviceCode: String?

    /// Creates an error.
    package init(
        _ code: Code,
        _ message: String,
        details: [String] = [],
        nextStep: String? = nil,
        serviceCode: String? = nil
    ) {
        self.code = code
        self.message = message
        self.details = details
        self.nextStep = nextStep
        self.serviceCode = serviceCode
    }

    /// What the failure means to whoever runs the program.
    package var kind: Kind {
        switch code {
        case .settings, .ownCredentials: .settings
        case .temporary: .temporary
        case .cancelled: .cancelled
        default: .refused
        }
    }

    package var description: String {
        ([message] + details.map { "  " + $0 } + (nextStep.map { ["next step: " + $0] } ?? []))
            .joined(separator: "\n")
    }
}
