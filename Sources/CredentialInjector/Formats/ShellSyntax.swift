/// How a shell sets a variable for the programs that it starts.
package enum ShellSyntax: String, Sendable, CaseIterable {
    /// A POSIX shell: sh, bash, zsh, ksh.
    case sh
    /// The friendly interactive shell.
    case fish
    /// PowerShell, on every system.
    case powershell

    /// Returns the command that sets a variable; nothing in the value has a meaning.
    func assignment(_ name: String, _ value: String) -> String {
        switch self {
        case .sh: "export \(name)=\(quote(value))"
        case .fish: "set -gx \(name) \(quote(value))"
        case .powershell: "$Env:\(name) = \(quote(value))"
        }
    }

    /// Returns the command that removes a variable, and does nothing where there is none.
    func removal(of name: String) -> String {
        switch self {
        case .sh: "unset \(name)"
        // Without a scope that is the innermost one that has the variable, and with -g only a global one.
        case .fish: "set -e \(name)"
        case .powershell: "Remove-Item -ErrorAction SilentlyContinue Env:\(name)"
        }
    }

    /// Returns a text in the single quotes of the shell.
    ///
    /// In `sh` nothing between them has a meaning (XCU 2.2.2). In fish a backslash and the quote itself are escaped. In
    /// PowerShell the quote is doubled, and so are the typographic ones, which it takes for the same.
    func quote(_ text: String) -> String {
        var result = "'"
        for scalar in text.unicodeScalars {
            switch (self, scalar) {
            case (.sh, "'"): result += #"'\''"#
            case (.fish, "'"): result += #"\'"#
            case (.fish, "\\"): result += #"\\"#
            case (.powershell, "'"), (.powershell, "\u{2018}"..."\u{201B}"):
                result.unicodeScalars.append(scalar)
                result.unicodeScalars.append(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "'"
    }
}
