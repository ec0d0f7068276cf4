internal import ProcessEnvironment

/// The rules for the name of a role session, which appears in the account's audit log.
enum SessionName {
    /// The lengths that STS takes.
    static let lengths = 2...64

    /// Returns whether STS takes `name`: 2 to 64 of `A-Z a-z 0-9 _ + = , . @ -`.
    static func isValid(_ name: String) -> Bool {
        lengths.contains(name.utf8.count) && name.utf8.allSatisfy(isAllowed)
    }

    /// Returns the name that is used when none is set: the phase, and the number of the CI run if there is one.
    ///
    /// No user name: the audit log keeps it for long.
    static func standard(phase: String, environment: EnvironmentVariables) -> String {
        let numbers = ["GITHUB_RUN_ID", "CI_PIPELINE_ID", "BUILDKITE_BUILD_NUMBER", "CIRCLE_BUILD_NUM", "BUILD_NUMBER"]
        let run = numbers.lazy.compactMap { environment.nonEmpty($0) }.first
        let parts = ["okteto-run", phase, run ?? ""].filter { !$0.isEmpty }
        let bytes = parts.joined(separator: "-").utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "-") }
        return String(decoding: bytes.prefix(lengths.upperBound), as: UTF8.self)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_+=,.@-".utf8.contains(byte)
        }
    }
}
