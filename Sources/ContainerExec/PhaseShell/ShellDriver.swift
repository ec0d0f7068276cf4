/// The lines that the phase's shell is fed: a driver at the start, then one line for each thing to do.
///
/// It works in dash, bash and BusyBox ash. The nonce is a variable of the shell that is not exported, so a command
/// finds it neither in its environment nor in the arguments of any process. Each command is a background job, so the
/// shell always reads: a line cancels, and the end of the input, which the death of okteto-run brings, ends everything.
struct ShellDriver: Sendable {
    /// The longest command that is handed over as an argument; Linux takes 128 KiB (MAX_ARG_STRLEN).
    private static let longestArgument = 120 << 10

    /// What marks the fences of this shell.
    let nonce: String
    /// The folder for the file of `$OKTETO_ENV`; its name tells nothing of the nonce.
    let folder: String
    /// The shell that runs the commands: `sh` in images, `bash` locally.
    let commandShell: String

    init(commandShell: String, temporaryFolder: String) {
        nonce = Self.randomName()
        folder = "\(temporaryFolder)/okteto-run.\(Self.randomName())"
        self.commandShell = commandShell
    }

    private static func randomName() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<2).map { _ in String(generator.next(), radix: 16) }
        return digits.map { String(repeating: "0", count: 16 - $0.count) + $0 }.joined()
    }

    /// The driver.
    ///
    /// `__f` writes the fence on both streams. Before it, what is in the file of `$OKTETO_ENV` comes between fences of
    /// its own on standard output; `[ -s` is a builtin, so an empty file costs no process.
    var start: [UInt8] {
        let folder = String(decoding: ShellQuoting.quote(self.folder), as: UTF8.self)
        return Array(
            """
            set +e
            __n=\(nonce) __d=\(folder)
            trap : TERM
            trap 'trap "" TERM; kill -TERM 0 2>/dev/null; sleep 0.1 2>/dev/null; rm -rf "$__d"; kill -KILL 0' EXIT
            (umask 077; mkdir -p "$__d" && : >"$__d/env") && export OKTETO_ENV="$__d/env"
            __f() { [ -s "$__d/env" ] && { printf '\\036%s E\\n' "$__n"; cat "$__d/env"; }; \
            printf '\\036%s %d\\n' "$__n" "$1" >&2; printf '\\036%s %d\\n' "$__n" "$1"; }
            __r() { trap - EXIT; trap : TERM; \(commandShell) -c "$1" </dev/null; __f $?; }
            __l() { trap - EXIT; trap : TERM; \(commandShell) /dev/fd/3 3<<__OKTETO_RUN__ </dev/null
            $1
            __OKTETO_RUN__
            __f $?; }
            __u() { command -v tar >/dev/null 2>&1 && command -v base64 >/dev/null 2>&1 || { __f 127; return; }
            (umask 0; base64 -d | tar -xf - -C /) >/dev/null 2>&1; __f $?; }
            __w() { cd "$1" 2>/dev/null; set -- $?; unset OLDPWD; __f "$1"; }

            """.utf8
        )
    }

    /// The line that runs a command.
    func run(_ script: [UInt8]) -> [UInt8] {
        let function = script.count > Self.longestArgument ? "__l " : "__r "
        return Array(function.utf8) + ShellQuoting.quote(script) + Array(" &\n".utf8)
    }

    /// The lines that unpack a tar archive at the root, where there are `tar` and `base64` to do so.
    ///
    /// It is fed in base64 because a shell's input may hold neither NUL nor, in dash, be shared with a child.
    func unpack(_ archive: [UInt8]) -> [UInt8] {
        let mark = "__OKTETO_RUN__"
        return Array("__u <<'\(mark)'\n".utf8) + Base64Encoding.lines(of: archive) + Array("\(mark)\n".utf8)
    }

    /// The line that makes a folder the one in which all later commands start.
    func enter(_ folder: String) -> [UInt8] {
        Array("__w ".utf8) + ShellQuoting.quote(folder) + [UInt8(ascii: "\n")]
    }

    /// The line that sets a variable for all later commands.
    func export(_ name: String, _ value: [UInt8]) -> [UInt8] {
        Array("export \(name)=".utf8) + ShellQuoting.quote(value) + [UInt8(ascii: "\n")]
    }

    /// The line that removes variables.
    func unset(_ names: [String]) -> [UInt8] {
        Array("unset \(names.joined(separator: " "))\n".utf8)
    }

    /// The line that is answered by a fence alone, once the shell has read the driver.
    static let greeting = Array("__f 0\n".utf8)

    /// The line that asks everything under the shell to end; the shell itself stays.
    static let terminate = Array("kill -TERM 0\n".utf8)

    /// The line that ends everything under the shell, and the shell.
    static let kill = Array("kill -KILL 0\n".utf8)

    /// The line that ends a shell of which no command runs.
    static let end = Array("trap - EXIT; rm -rf \"$__d\"; exit 0\n".utf8)
}
