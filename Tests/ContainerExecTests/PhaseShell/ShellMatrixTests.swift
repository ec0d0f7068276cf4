import ContainerExec
import FoundationEssentials
import ProcessEnvironment
import Testing

/// What must hold in every shell that an image may have.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ShellMatrixTests {
    @Test(arguments: DriverShell.all)
    func `a command's exit status is exact in every shell`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        for (command, status) in [
            ("true", 0), ("exit 3", 3), ("nosuchcommand", 127), ("/etc/passwd", 126), ("kill -9 $$", 137),
            ("kill $$", 143), ("exit 300", 44), ("set -e; false; true", 1), ("exec sh -c 'exit 7'", 7), ("cat", 0),
            ("( exit 5 )", 5), ("exec >&- 2>&-; exit 9", 9), ("exec 1>&- 2>&-; echo lost; sleep 0.1; exit 8", 8),
            ("trap 'exit 42' TERM; kill $$", 42), ("trap 'exit 6' EXIT; true", 6), ("set -f -u; exit 2", 2),
        ] {
            #expect(try await phase.shell.run(command).exitStatus == Int32(status), "\(command)")
        }
        let broken = try await phase.shell.run("if")
        #expect(broken.exitStatus != 0)
        let open = try await phase.shell.run("echo 'open")
        #expect(open.exitStatus != 0)
        #expect(try await phase.shell.run("echo after").exitStatus == 0)
        await phase.shell.end()
        #expect(phase.output.hasSuffix("after\n"))
        #expect(!phase.output.contains("\u{1E}") && !phase.errors.contains("\u{1E}"))
    }

    @Test(arguments: DriverShell.all)
    func `a command may be megabytes, hold anything, and reads nothing`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        let mark = "__OKTETO_RUN__"
        for count in [102_398, 131_072, 3_000_000] {
            let text = String(repeating: "it's \"", count: 100) + String(repeating: "x", count: count)
            let quoted = text.replacing("'", with: #"'\''"#)
            let command = "v='\(quoted)'\nprintf '%s\\n' \"${#v}\" '\(mark)\n\(mark)' $#\ncat\nexit 6\n"
            #expect(try await phase.shell.run(command).exitStatus == 6)
        }
        await phase.shell.end()
        let lines = [102_998, 131_672, 3_000_600].map { "\($0)\n\(mark)\n\(mark)\n0\n" }
        #expect(phase.output == lines.joined())
    }

    @Test(arguments: DriverShell.all)
    func `a command finds the fence's secret nowhere that it is given`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        let command = #"""
            set; env; read -r stat </proc/$PPID/stat; set -- ${stat##*) }
            for p in $$ $PPID $2; do tr '\0' '\n' </proc/$p/environ; tr '\0' '\n' </proc/$p/cmdline; done
            for f in $(ls /proc/self/fd); do case $f in 0|1|2|3) ;; *) echo "de""scriptor $f" ;; esac; done
            """#
        _ = try await phase.shell.run("echo A=1 >>\"$OKTETO_ENV\"")
        let result = try await phase.shell.run(command + "\necho end")
        await phase.shell.end()
        #expect(result.exitStatus == 0)
        #expect(phase.output.hasSuffix("end\n"))
        #expect(!phase.output.contains("__n="))
        #expect(!phase.output.contains("descriptor "), "\(phase.output.suffix(200))")
    }

    // Not mksh: alone with a command, too, it now and then loses a TERM before it executes that.
    @Test(arguments: DriverShell.all.filter { $0.name != "mksh" })
    func `cancelling is exact in a command's first instants`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        var generator = SplitMix(seed: 20)
        for _ in 0..<200 {
            let start = ContinuousClock.now
            let delay = Duration.microseconds(Int64(generator.next() % 5_000))
            do {
                let result = try await phase.cancel("sleep 100", delay: delay)
                #expect(result?.exitStatus == 143)
                #expect(result?.wasCancelled == true)
            } catch let error as ContainerExecError {
                // Cancelled before there was a command.
                #expect(error.code == .cancelled)
            }
            // Far below the grace, after which everything would be killed, the shell included.
            #expect(ContinuousClock.now - start < .seconds(8))
            try #require(!phase.shell.hasEnded)
        }
        #expect(try await phase.shell.run("echo still here").exitStatus == 0)
        await phase.shell.end()
        #expect(phase.output == "still here\n")
    }

    @Test(arguments: DriverShell.all)
    func `a cancelled command gets TERM once, and its own end arrives`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        let result = try await phase.cancel(
            "trap 'echo got; n=$((n+1))' TERM; echo ready; while [ -z \"$n\" ]; do sleep 0.05; done; sleep 1.5; echo $n; exit 42",
            after: "ready"
        )
        await phase.shell.end()
        #expect(result?.exitStatus == 42)
        #expect(phase.output == "ready\ngot\n1\n")
    }

    @Test(arguments: DriverShell.all)
    func `a command that kills what would tell its status is a failure`(shell: DriverShell) async throws {
        for command in ["kill -9 $PPID; sleep 5", "kill -9 0; sleep 5", "kill -9 $PPID; exit 0"] {
            let phase = try LocalPhase(shell)
            let start = ContinuousClock.now
            let error = await #expect(throws: ContainerExecError.self) { try await phase.shell.run(command) }
            await phase.shell.kill()
            #expect(error.map { [.streamCut, .statusLost].contains($0.code) } == true, "\(command)")
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    @Test(arguments: DriverShell.all)
    func `a long command is not taken for a lost one, nor a killed one for a failure of the shell`(
        shell: DriverShell
    ) async throws {
        let phase = try LocalPhase(shell)
        #expect(try await phase.shell.run("sleep 2.5; exit 4").exitStatus == 4)
        #expect(try await phase.shell.run("sleep 1.2; kill -9 $$").exitStatus == 137)
        await phase.shell.end()
    }

    @Test(arguments: DriverShell.all)
    func `OKTETO_ENV works on when a command has swept its folder away`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        _ = try await phase.shell.run("rm -rf \"${OKTETO_ENV%/env}\"")
        let result = try await phase.shell.run("echo A=1 >>\"$OKTETO_ENV\"")
        await phase.shell.end()
        #expect(result.environmentFile.map { String(decoding: $0, as: UTF8.self) } == "A=1\n")
        #expect(phase.errors.isEmpty)
    }

    @Test(arguments: DriverShell.all)
    func `variables hold every byte but NUL, and there may be many`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        let every = (1...255).map { UInt8($0) }
        var variables = EnvironmentVariables()
        variables.set("EVERY", to: Secret(bytes: every))
        for index in 0..<2_000 { variables["MANY_\(index)"] = "value \(index)" }
        try phase.shell.setEnvironment(variables)
        _ = try await phase.shell.run("printenv EVERY; env | grep -c '^MANY_'")
        await phase.shell.end()
        #expect(phase.bytes == every + Array("\n2000\n".utf8))
    }

    @Test(arguments: DriverShell.all)
    func `a later line ends what outlives the time, with nobody there to cancel`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        phase.shell.limit(to: .zero, grace: .zero)
        let result = try await phase.shell.run("trap 'echo told; exit 3' TERM; sleep 60 & wait")
        await phase.shell.end()
        #expect(result.exitStatus == 3)
        #expect(phase.output == "told\n")
    }
}
