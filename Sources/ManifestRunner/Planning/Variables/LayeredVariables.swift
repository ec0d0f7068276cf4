internal import ProcessEnvironment
internal import YAMLSource

/// Variables with where each comes from; what is laid over others wins.
struct LayeredVariables: Sendable {
    private(set) var values = EnvironmentVariables()
    private(set) var origins: [String: VariableOrigin] = [:]

    /// Lays variables of one origin over those that are there.
    mutating func add(_ variables: EnvironmentVariables, from origin: VariableOrigin) {
        add(variables) { _ in origin }
    }

    /// Lays variables over those that are there.
    mutating func add(_ variables: EnvironmentVariables, from origin: (_ name: String) -> VariableOrigin) {
        values.merge(variables)
        for name in variables.names { origins[name] = origin(name) }
    }

    /// Lays all of another set over those that are there.
    mutating func add(_ other: LayeredVariables) {
        values.merge(other.values)
        origins.merge(other.origins) { _, new in new }
    }

    /// Lays names whose values are not known yet over those that are there.
    mutating func add(names: [String], from origin: VariableOrigin) {
        for name in names { origins[name] = origin }
    }

    /// One line for each variable: its name, a mask in place of its value, and where it comes from.
    var lines: [String] {
        let width = min(origins.keys.map(\.unicodeScalars.count).max() ?? 0, 40)
        return origins.sorted { $0.key < $1.key }.map { name, origin in
            let name = PrintableText.escaped(name)
            let blanks = String(repeating: " ", count: max(0, width - name.unicodeScalars.count))
            return "\(name)=***\(blanks)  \(origin)"
        }
    }
}
