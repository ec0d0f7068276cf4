/// The formats that texts of a manifest have.
///
/// Each is there twice: as a function, and as the regular expression that the JSON Schema has; tests compare them.
package enum TextFormat: Sendable, Hashable, CaseIterable {
    /// `localPort:remotePort` or `localPort:service:remotePort`.
    case forward
    /// The same, of digits and the letters of service names only.
    case strictForward
    /// The same, for `forward` of the manifest: a service has a name.
    case globalForward
    /// The same, of digits only.
    case strictGlobalForward
    /// `remotePort:localPort`.
    case reverse
    /// The same, of digits only.
    case strictReverse
    /// `localPath:remotePath`; more colons only with a drive's letter or with variables.
    case syncFolder
    /// A duration of Go, or seconds.
    case duration
    /// Digits and one of h, m and s.
    case strictDuration
    /// `hostname:ip`.
    case host
    /// The same, of the letters of host names and IPv4 addresses.
    case strictHost

    /// What a text must be, for messages.
    var expectation: String {
        switch self {
        case .forward, .strictForward: "'localPort:remotePort' or 'localPort:service:remotePort', as in 8080:80"
        case .globalForward, .strictGlobalForward: "'localPort:service:remotePort', as in 8080:api:80"
        case .reverse, .strictReverse: "'remotePort:localPort', as in 9000:9001"
        case .syncFolder: "'localPath:remotePath', as in .:/usr/src/app"
        case .duration: "a duration, as in 5m or 1m30s"
        case .strictDuration: "a number and one of h, m and s, as in 5m"
        case .host: "'hostname:ip', as in db.local:10.0.0.5"
        case .strictHost: "a host name and an IPv4 address, as in db.local:10.0.0.5"
        }
    }

    /// The regular expression, in the dialect of JSON Schema (ECMA 262).
    package var pattern: String {
        switch self {
        case .forward: "^[-+]?[0-9]+:([^:]*:)?[-+]?[0-9]+$"
        case .strictForward: "^[0-9]+:([a-zA-Z0-9-]+:)?[0-9]+$"
        case .globalForward: "^[-+]?[0-9]+:([^:]+:)?[-+]?[0-9]+$"
        case .strictGlobalForward: "^[0-9]+:([^:]+:)?[0-9]+$"
        case .reverse: "^[-+]?[0-9]+:[-+]?[0-9]+$"
        case .strictReverse: "^[0-9]+:[0-9]+$"
        case .syncFolder: "^[^:]*:[^:]*(:[^:]*)?$|^(?=[^$]*\\$)[^:]*:"
        case .duration: "^[-+]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$|^[0-9]+$"
        case .strictDuration: "^[0-9]+(h|m|s)$"
        case .host: "^[^:]+:[\\s\\S]+$|\\$"
        case .strictHost: "^[a-zA-Z0-9.-]+:[0-9.]+$"
        }
    }
}
