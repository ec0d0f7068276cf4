internal import CPlatform

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A set of environment variables: each name once, with a value of bytes.
///
/// Values may be secrets, so a rendering shows the names alone. Comparison and look-up are exact and case-sensitive,
/// as on every POSIX system.
package struct EnvironmentVariables: Sendable, Hashable {
    private var values: [String: [UInt8]]

    /// Creates an empty set.
    package init() {
        values = [:]
    }

    /// Creates a set from text values.
    package init(_ values: [String: String]) {
        self.values = values.mapValues { Array($0.utf8) }
    }

    /// Returns the variables that this process was started with.
    ///
    /// Of duplicate names the first wins, as with `getenv`. Entries without `=` or with an empty name are left out.
    package static func ofProcess() -> EnvironmentVariables {
        var result = EnvironmentVariables()
        var entries = unsafe oktetorun_environment()
        while let entry = unsafe entries.pointee {
            unsafe entries += 1
            // The pointer is a NUL-terminated string of the process environment, which this program never changes.
            let bytes = unsafe UnsafeBufferPointer(start: entry, count: strlen(entry)).map { UInt8(bitPattern: $0) }
            guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { continue }
            let name = String(decoding: bytes[..<equals], as: UTF8.self)
            if result.values[name] == nil {
                result.values[name] = Array(bytes[(equals + 1)...])
            }
        }
        return result
    }

    /// The names, sorted.
    package var names: [String] { values.keys.sorted() }

    /// Whether there are no variables.
    package var isEmpty: Bool { values.isEmpty }

    /// The value of the variable `name` as text, or nil when it is not set; setting nil removes it.
    package subscript(name: String) -> String? {
        get { values[name].map { String(decoding: $0, as: UTF8.self) } }
        set { values[name] = newValue.map { Array($0.utf8) } }
    }

    /// Returns the value of `name`, or nil when it is not set or empty: most settings take empty for unset.
    package func nonEmpty(_ name: String) -> String? {
        guard let value = self[name], !value.isEmpty else { return nil }
        return value
    }

    /// Returns the bytes of the value of `name`, or nil when it is not set.
    package func bytes(of name: String) -> [UInt8]? {
        values[name]
    }

    /// Sets `name` to a secret's bytes.
    package mutating func set(_ name: String, to secret: Secret) {
        values[name] = secret.bytes
    }

    /// Removes the variable `name`, if it is set.
    package mutating func remove(_ name: String) {
        values[name] = nil
    }

    /// Removes every variable whose name satisfies the predicate.
    package mutating func removeAll(where matches: (String) -> Bool) {
        values = values.filter { !matches($0.key) }
    }

    /// Sets every variable of `other` here; its values win.
    package mutating func merge(_ other: EnvironmentVariables) {
        values.merge(other.values) { _, new in new }
    }

    /// Returns these variables with those of `other` over them.
    package func merging(_ other: EnvironmentVariables) -> EnvironmentVariables {
        var result = self
        result.merge(other)
        return result
    }

    /// Returns the variables of which the name satisfies the predicate.
    package func filter(_ isIncluded: (String) -> Bool) -> EnvironmentVariables {
        var result = self
        result.values = values.filter { isIncluded($0.key) }
        return result
    }

    /// Returns the difference that turns `older` into this set: changed and added variables, and names removed.
    package func changes(since older: EnvironmentVariables) -> (set: EnvironmentVariables, removed: [String]) {
        var result = EnvironmentVariables()
        result.values = values.filter { older.values[$0.key] != $0.value }
        return (result, older.values.keys.filter { values[$0] == nil }.sorted())
    }

    /// Returns one `NAME=value` entry per variable, sorted by name, for `execve(2)`.
    package var entries: [[UInt8]] {
        names.map { Array($0.utf8) + [UInt8(ascii: "=")] + (values[$0] ?? []) }
    }
}

extension EnvironmentVariables: ExpressibleByDictionaryLiteral {
    /// Creates a set from a literal; of duplicate names the last wins.
    package init(dictionaryLiteral elements: (String, String)...) {
        values = Dictionary(elements.map { ($0.0, Array($0.1.utf8)) }) { _, last in last }
    }
}

extension EnvironmentVariables: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        "[" + names.map { "\($0)=\(Secret.redaction)" }.joined(separator: ", ") + "]"
    }

    package var debugDescription: String { description }

    /// A mirror without children: the values may be secrets.
    package var customMirror: Mirror {
        Mirror(self, children: EmptyCollection<Mirror.Child>())
    }
}
