/// A service account of a namespace.
package struct ServiceAccountName: Sendable, Hashable, CustomStringConvertible {
    /// The namespace; nil where it is the one of the context.
    package let namespace: String?
    /// The account's own name.
    package let name: String

    /// Takes apart `NAME`, `NAMESPACE/NAME`, or a token's subject, `system:serviceaccount:NAMESPACE:NAME`; nil when it
    /// is none of them.
    ///
    /// Only names that Kubernetes allows (RFC 1123) are let through, because they become part of a URL.
    package init?(_ text: String) {
        let subject = "system:serviceaccount:"
        let isSubject = text.hasPrefix(subject)
        let rest = isSubject ? text.dropFirst(subject.count) : text[...]
        let parts = rest.split(separator: isSubject ? ":" : "/", omittingEmptySubsequences: false)
        guard parts.count == 2 || (parts.count == 1 && !isSubject), parts.allSatisfy({ Self.isName($0) }),
            let name = parts.last, name.utf8.count <= 253
        else { return nil }
        namespace = parts.count == 2 ? String(parts[0]) : nil
        if let namespace, namespace.utf8.count > 63 || namespace.contains(".") { return nil }
        self.name = String(name)
    }

    package var description: String { namespace.map { "\($0)/\(name)" } ?? name }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        let isLetterOrDigit = { (byte: UInt8) in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        return isLetterOrDigit(first) && isLetterOrDigit(last)
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
            && !text.contains("..")
    }
}
