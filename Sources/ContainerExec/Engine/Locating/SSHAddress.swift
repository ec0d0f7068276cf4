internal import ProcessEnvironment

/// An engine on another machine, reached by the system's ssh: `ssh://[user@]host[:port][/path/to/socket]`.
///
/// As the docker program does it: ssh runs `docker system dial-stdio` there, which passes bytes on to that machine's
/// engine. Keys, agents and jumps are ssh's own settings. See https://docs.docker.com/engine/security/protect-access/.
struct SSHAddress: Sendable, Hashable {
    let user: String?
    let host: String
    let port: UInt16?
    /// The engine's socket there, or nil for the one that docker finds there.
    let socketPath: String?

    /// Reads what comes behind `ssh://`.
    ///
    /// - Throws: ``ContainerExecError`` when it is no such address, or could be taken for an option of ssh.
    init(_ text: String) throws(ContainerExecError) {
        let authority = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let rest = text.dropFirst(authority.count)
        guard !rest.contains("?"), !rest.contains("#") else {
            throw Self.malformed(text, "it has a query or a fragment")
        }
        let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw Self.malformed(text, "it has more than one '@'") }
        user = parts.count == 2 ? Self.decode(parts[0]) : nil
        guard user?.contains(":") != true else {
            // Not repeated in the message.
            throw ContainerExecError(
                .engineUnavailable,
                "the engine address ssh://… has a password, which is not supported",
                hint: "use a key, or an agent"
            )
        }
        let tail = parts.last ?? ""
        let number: Substring
        if tail.hasPrefix("["), let end = tail.firstIndex(of: "]") {
            host = String(tail[tail.index(after: tail.startIndex)..<end])
            number = tail[tail.index(after: end)...]
        } else {
            host = Self.decode(tail.prefix { $0 != ":" }) ?? ""
            number = tail.drop { $0 != ":" }
        }
        port = UInt16(number.dropFirst())
        guard number.isEmpty || (number.hasPrefix(":") && port != nil && port != 0) else {
            throw Self.malformed(text, "its port is no number from 1 to 65535")
        }
        guard !host.isEmpty, user != "" else { throw Self.malformed(text, "its host or its user is empty") }
        for word in [host, user ?? host] where word.hasPrefix("-") || !word.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        {
            throw Self.malformed(text, "'\(EngineText.printable(word))' could be an option")
        }
        let path = Self.decode(rest) ?? ""
        guard !path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw Self.malformed(text, "its path has a control character")
        }
        socketPath = path.allSatisfy { $0 == "/" } ? nil : path
    }

    /// The words of the program that leads to the engine.
    var words: [String] {
        // -T: no terminal, so no login shell whose greeting would come between. `--`: no host is taken for an option.
        var words = ["ssh", "-o", "ConnectTimeout=30", "-T"]
        if let user { words += ["-l", user] }
        if let port { words += ["-p", "\(port)"] }
        words += ["--", host, "docker"]
        // ssh hands one line to the shell over there.
        if let socketPath { words.append(Self.quote("--host=unix://\(socketPath)")) }
        return words + ["system", "dial-stdio"]
    }

    /// Returns what ssh may have of the caller's environment: all but credentials of AWS and identity tokens.
    ///
    /// The agent's socket, the home and the language belong to ssh; it sends none but what its configuration names.
    static func environment(_ caller: EnvironmentVariables) -> EnvironmentVariables {
        let token = caller.nonEmpty("OKTETO_RUN_TOKEN_ENV")
        let secret: Set<String> = [
            "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN", "OKTETO_TOKEN",
        ]
        return caller.filter { name in
            !secret.contains(name) && name != token && !name.hasPrefix("ACTIONS_ID_TOKEN_REQUEST_")
                && !name.hasPrefix("OKTETO_RUN_")
        }
    }

    private static func quote(_ word: String) -> String {
        let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/:=@+,%"
        guard !word.allSatisfy({ plain.contains($0) }) else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// Returns the text without percent-encoding; nil when it is not UTF-8 then.
    private static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func malformed(_ text: String, _ reason: String) -> ContainerExecError {
        ContainerExecError(
            .engineUnavailable,
            "the engine address 'ssh://\(EngineText.printable(text))' cannot be used: \(reason)",
            hint: "write ssh://user@host, ssh://user@host:port or ssh://user@host/path/to/socket"
        )
    }
}
