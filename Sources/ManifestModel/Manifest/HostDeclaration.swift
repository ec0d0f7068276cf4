package import YAMLSource

/// An entry of a test's `hosts`, before its variables are expanded.
package struct HostDeclaration: Sendable, Hashable {
    /// The two ways to write a host.
    package enum Form: Sendable, Hashable {
        /// One text, `hostname:ip`.
        case text(String)
        /// An object with both.
        case pair(hostname: String, ip: String)
    }

    /// What is written.
    package let form: Form
    /// Where it is.
    package let mark: SourceMark

    /// Creates an entry.
    package init(_ form: Form, at mark: SourceMark = .start) {
        self.form = form
        self.mark = mark
    }

    /// Returns the host once variables are expanded; a text is split at its first colon, so IPv6 works.
    ///
    /// - Throws: ``ManifestModelError`` when there is no colon, a part is empty, or a variable can't be expanded.
    package func resolved(with expander: VariableExpander) throws(ManifestModelError) -> Host {
        let host: Host
        switch form {
        case .text(let text):
            let expanded = try expander.expand(text)
            guard let colon = expanded.firstIndex(of: ":") else {
                throw ManifestModelError(
                    .invalidValue,
                    "the host \(PrintableText.quoted(text)) of line \(mark.line) has no ':': write 'hostname:ip'"
                )
            }
            host = Host(hostname: String(expanded[..<colon]), ip: String(expanded[expanded.index(after: colon)...]))
        case .pair(let hostname, let ip):
            host = Host(hostname: try expander.expand(hostname), ip: try expander.expand(ip))
        }
        for (part, value) in [("hostname", host.hostname), ("ip", host.ip)] where value.isEmpty {
            throw ManifestModelError(
                .invalidValue,
                "the \(part) of the host of line \(mark.line) is empty: write 'hostname:ip'"
            )
        }
        return host
    }
}
