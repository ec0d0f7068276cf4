/// The lines that the phase's shell is fed: a driver at the start, then one line for each thing to do.
///
/// It works in dash, bash, BusyBox ash, mksh and zsh. The nonce is a variable of the shell that is not exported, so a
/// command finds it neither in its environment nor in the arguments of any process. Each command is a background job,
/// so the shell always reads: a line cancels, and the end of the input, which the death of okteto-run brings, ends
/// everything. (docs/design/006-cancellation.md)
struct ShellDriver: Sendable {
    /// The longest command that is handed over as an argument; Linux takes 128 KiB (MAX_ARG_STRLEN).
    private static let longestArgument = 100 << 10
    /// The most that one line has of commands, in number and in bytes.
    private static let longestSeries = (count: 64, bytes: 64 << 10)

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
    /// - `__m` makes the file of `$OKTETO_ENV`, again when a command has swept the folder away.
    /// - `__f` writes the fence on both streams. Before it, what is in the file of `$OKTETO_ENV` comes between fences of
    ///   its own on standard output; `[ -s` is a builtin, so an empty file costs no process.
    /// - `__r` runs commands one after the other, until one fails, writes to `$OKTETO_ENV`, or USR1 says that the next one
    ///   is not for this job to begin. The letter M after a status says that it has gone on. The shell ignores TERM, and so
    ///   does each job from its first instant; the process that becomes the command takes TERM again, says so by the fence
    ///   `S`, and only then is TERM ever sent.
    /// - `__l` runs a command that is too large for an argument: it comes as standard input, which is /dev/null by the
    ///   time that the command's first line runs. `__o` writes it with a builtin, which in mksh is not `printf`. (A here
    ///   document would be a file on the disk in some shells.)
    /// - `__p` tells by the fence `X` that the job which was to write the last command's fence is no more.
    var start: [UInt8] {
        let folder = String(decoding: ShellQuoting.quote(self.folder), as: UTF8.self)
        let large = #"__okteto_run=$(cat) || exit; eval "exec </dev/null;unset __okteto_run;$__okteto_run""#
        let taking = #"trap - TERM; printf '\036%s S\n' "$__n"; exec \#(commandShell) -c"#
        let job = #"trap - EXIT; trap '__h=1' USR1; [ -f "$__d/env" ] || __m"#
        return Array(
            """
            set +e
            __n=\(nonce) __d=\(folder) __k=
            trap '' TERM
            trap 'kill -TERM 0 2>/dev/null; sleep 0.1 2>/dev/null; rm -rf "$__d"; kill -KILL 0' EXIT
            __m() { (umask 077; mkdir -p "$__d" && : >>"$__d/env"); }
            __m && export OKTETO_ENV="$__d/env"
            __f() { [ -s "$__d/env" ] && { printf '\\036%s E\\n' "$__n"; cat "$__d/env"; }; \
            printf '\\036%s %s\\n' "$__n" "$1" >&2; printf '\\036%s %s\\n' "$__n" "$1"; }
            __r() { __h= __g=M; while [ "$__g" ]; do \(job); (\(taking) "$1") </dev/null; __s=$?; \
            shift; { [ $# -gt 0 ] && [ "$__s" = 0 ] && [ -z "$__h" ] && [ ! -s "$__d/env" ]; } || __g=; \
            __f "$__s$__g"; done; }
            case ${KSH_VERSION-} in
            *MIRBSD*|*LEGACY*) __o() { print -r -- "$1"; } ;;
            *) __o() { printf '%s\\n' "$1"; } ;;
            esac
            __l() { \(job); __o "$1" 2>/dev/null | (\(taking) '\(large)'); __f $?; }
            __p() { __a=; kill -0 $! && { [ ! -r /proc/$!/stat ] || { read -r __a </proc/$!/stat; \
            case $__a in *') Z '*) false ;; esac; }; } || printf '\\036%s X%d\\n' "$__n" "$1"; } 2>/dev/null
            __u() { command -v tar >/dev/null 2>&1 && command -v base64 >/dev/null 2>&1 || { __f 127; return; }
            if (umask 0; base64 -d | tar -xf - -C /) >/dev/null 2>&1; then __w "$1"; else __f 1; fi; }
            __w() { cd "$1" 2>/dev/null; set -- $?; unset OLDPWD; __f "$1"; }

            """.utf8
        )
    }

    /// The line that runs the first of some commands and, as long as they succeed, some of the next; and how many it has.
    func run(_ scripts: some Collection<[UInt8]>) -> (line: [UInt8], count: Int) {
        guard let first = scripts.first, first.count <= Self.longestArgument else {
            return (Array("__l ".utf8) + ShellQuoting.quote(scripts.first ?? []) + Array(" &\n".utf8), 1)
        }
        var line = Array("__r".utf8)
        var count = 0
        for script in scripts.prefix(Self.longestSeries.count) {
            guard count == 0 || line.count + script.count <= Self.longestSeries.bytes else { break }
            line += Array(" ".utf8) + ShellQuoting.quote(script)
            count += 1
        }
        return (line + Array(" &\n".utf8), count)
    }

    /// The lines that unpack a tar archive at the root, where there are `tar` and `base64` to do so, and enter a folder.
    ///
    /// It is fed in base64 because a shell's input may hold neither NUL nor, in dash, be shared with a child.
    func unpack(_ archive: [UInt8], entering folder: String) -> [UInt8] {
        let mark = "__OKTETO_RUN__"
        return Array("__u ".utf8) + ShellQuoting.quote(folder) + Array(" <<'\(mark)'\n".utf8) + Base64Encoding.lines(of: archive) + Array("\(mark)\n".utf8)
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

    /// The line that has the running job leave the next command to okteto-run.
    static let hold = Array("kill -USR1 $! 2>/dev/null\n".utf8)

    /// The line that asks everything under the shell to end, with no command to follow; the shell itself stays.
    static let terminate = Array(
        "[ -z \"$__k\" ] || kill -KILL \"$__k\"; kill -USR1 $! 2>/dev/null; kill -TERM 0\n".utf8
    )

    /// The line that ends everything under the shell, and the shell.
    static let kill = Array("kill -KILL 0\n".utf8)

    /// The line that ends a shell of which no command runs.
    static let end = Array("trap - EXIT; rm -rf \"$__d\"; exit 0\n".utf8)

    /// The line that asks whether the job of the command with that number is still there.
    ///
    /// A system without /proc tells it by `kill -0` alone.
    static func probe(_ number: Int) -> [UInt8] {
        Array("__p \(number)\n".utf8)
    }

    /// The line that has the shell end what runs after a time, should okteto-run not be there to do it.
    static func watch(_ seconds: Int, grace: Int) -> [UInt8] {
        Array(
            "(trap - EXIT; sleep \(seconds) && kill -TERM 0 && sleep \(grace) && kill -KILL 0) </dev/null >/dev/null 2>&1 & __k=$!\n"
                .utf8
        )
    }
}
