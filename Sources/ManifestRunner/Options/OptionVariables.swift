internal import ArgumentParser
internal import ProcessEnvironment

/// The `OKTETO_RUN_…` variables, from which options take their values that the command line does not give.
///
/// Every type with options fills them in its `validate()`, which ArgumentParser calls when it has parsed: from then on
/// nothing can tell an option from its variable. `--dry-run` has the variable `OKTETO_RUN_DRY_RUN`, and so on. An empty
/// variable counts as not set. Everything that is wrong with a variable is a wrong command line (exit status 64).
struct OptionVariables: Sendable {
    /// Looks a variable up; a test puts its own in the place of the process environment.
    @TaskLocal static var lookUp: @Sendable (String) -> String? = { name in process.nonEmpty(name) }

    private static let process = EnvironmentVariables.ofProcess()

    /// Returns the variable of an option that is called `--name`.
    static func variable(of name: String) -> String {
        "OKTETO_RUN_" + name.uppercased().replacing("-", with: "_")
    }

    /// Gives an option that was not given the value of its variable.
    ///
    /// - Throws: `ValidationError` when the option does not take the value.
    static func fill<Value: ExpressibleByArgument>(_ option: inout Value?, _ name: String) throws {
        let value = try value(Value.self, name)
        option = option ?? value
    }

    /// Sets a flag that was not given when its variable says so.
    ///
    /// - Throws: `ValidationError` when the variable says neither yes nor no.
    static func fill(_ flag: inout Bool, _ name: String) throws {
        guard !flag, let text = lookUp(variable(of: name)) else { return }
        switch text.lowercased() {
        case "1", "true", "yes", "on": flag = true
        case "0", "false", "no", "off": break
        default: throw wrong(name, text, "must be true or false (or 1, yes, on; 0, no, off)")
        }
    }

    /// Puts the lines of a variable before the values of an option that can be repeated: of two for the same name the
    /// later counts, so the command line still wins.
    ///
    /// Each line is `NAME=VALUE`, or a name alone unless `needsValue`. Blank lines are left out.
    ///
    /// - Throws: `ValidationError` for another line. It gives the line's number alone, because values may be secrets.
    static func fill(_ list: inout [String], _ name: String, needsValue: Bool) throws {
        guard let text = lookUp(variable(of: name)) else { return }
        var filled: [String] = []
        // By code points: "\r\n" is one character and not a newline after another.
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, scalars) in lines.enumerated() {
            let line = String(scalars.last == "\r" ? scalars.dropLast() : scalars)
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            let equals = line.firstIndex(of: "=")
            guard equals != line.startIndex, equals != nil || !needsValue else {
                throw ValidationError(
                    "line \(index + 1) of \(variable(of: name)) is not \(needsValue ? "NAME=VALUE" : "NAME[=VALUE]")"
                )
            }
            filled.append(line)
        }
        // ArgumentParser may validate a command more than once.
        if !list.starts(with: filled) { list = filled + list }
    }

    /// Checks the variable of an option that is read where its value is used, which is told apart there from others.
    ///
    /// - Throws: `ValidationError` when the option does not take the value.
    static func check<Value: ExpressibleByArgument>(_: Value?, _ name: String) throws {
        _ = try value(Value.self, name)
    }

    private static func value<Value: ExpressibleByArgument>(_: Value.Type, _ name: String) throws -> Value? {
        guard let text = lookUp(variable(of: name)) else { return nil }
        guard let value = Value(argument: text) else {
            let choices = Value.allValueStrings.joined(separator: ", ")
            throw wrong(name, text, choices.isEmpty ? "--\(name) does not take it" : "must be one of \(choices)")
        }
        return value
    }

    private static func wrong(_ name: String, _ text: String, _ reason: String) -> ValidationError {
        ValidationError("\(variable(of: name)) is \(JSONLine.quote(String(text.prefix(60)))): \(reason)")
    }
}
