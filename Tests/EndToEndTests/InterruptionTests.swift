import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// What signals, stopped readers and time limits do to a run in the local shell.
@Suite(.timeLimit(.minutes(3))) struct InterruptionTests {
    /// Runs a Python program that drives okteto-run in ways that a plain pipe cannot.
    private func drive(_ script: String, in folder: String) async throws -> String {
        let prelude = """
            import fcntl, os, pty, signal, subprocess, sys, time
            program = sys.argv[1]
            environment = {"PATH": os.environ["PATH"], "HOME": os.getcwd(), "TMPDIR": os.getcwd()}

            def until(text, descriptor, limit=20):
                seen, end = b"", time.time() + limit
                while text not in seen and time.time() < end:
                    seen += os.read(descriptor, 4096)
                return seen


            """
        let result = try await Subprocess.run(
            .name("python3"),
            arguments: ["-c", prelude + script, Program.path],
            workingDirectory: FilePath(folder),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
        return result.standardOutput
    }

    @Test func `Ctrl-C of a terminal reaches the command once, as TERM`() async throws {
        let workspace = try Workspace(
            manifest: """
                deploy:
                - trap 'echo got I""NT' INT; trap 'echo got TE""RM; exit 9' TERM; echo rea''dy; while :; do sleep 0.1; done
                - echo never
                """
        )
        let output = try await drive(
            """
            pid, terminal = pty.fork()
            if pid == 0:
                os.execve(program, [program, "deploy"], environment)
            seen = until(b"ready\\r\\n", terminal)
            os.write(terminal, b"\\x03")
            try:
                while part := os.read(terminal, 4096): seen += part
            except OSError:
                pass
            print(seen.decode())
            print("status", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """,
            in: workspace.path
        )
        #expect(output.components(separatedBy: "got TERM").count == 2, "\(output)")
        #expect(!output.contains("got INT"))
        #expect(!output.contains("never\r"))
        #expect(output.hasSuffix("status 130\n"))
    }

    @Test func `a hang-up ends a run as TERM does`() async throws {
        let workspace = try Workspace(
            manifest: """
                deploy:
                - trap 'echo got HU""P' HUP; trap 'echo got TE""RM; exit 9' TERM; echo $$ >pid; while :; do sleep 0.1; done
                - touch never
                """
        )
        let output = try await drive(
            """
            child = subprocess.Popen([program, "deploy"], env=environment, stdout=-1, stderr=-1)
            end = time.time() + 60
            while not (os.path.exists("pid") and open("pid").read().strip()) and time.time() < end: time.sleep(0.02)
            child.send_signal(signal.SIGHUP)
            output, errors = child.communicate()
            print(output.decode(), child.returncode, sorted(os.listdir(".")))
            print(os.path.exists("/proc/" + open("pid").read().strip()))
            """,
            in: workspace.path
        )
        #expect(output == "got TERM\n 129 ['okteto.yml', 'pid']\nFalse\n", "\(output)")
    }

    @Test func `the end of a terminal is a hang-up, and nothing is left`() async throws {
        let workspace = try Workspace(
            manifest:
                "deploy:\n- trap 'echo told >told; exit 9' TERM; echo $$ >pid; while :; do sleep 0.1; done\n- touch never\n"
        )
        let output = try await drive(
            """
            pid, terminal = pty.fork()
            if pid == 0:
                os.execve(program, [program, "deploy"], environment)
            end = time.time() + 60
            while not (os.path.exists("pid") and open("pid").read().strip()) and time.time() < end: time.sleep(0.02)
            os.close(terminal)
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), sorted(os.listdir(".")))
            print(os.path.exists("/proc/" + open("pid").read().strip()))
            """,
            in: workspace.path
        )
        #expect(output == "129 ['okteto.yml', 'pid', 'told']\nFalse\n", "\(output)")
    }

    @Test func `Ctrl-Z in a shell's terminal stops okteto-run, and fg lets the run go on to its end`() async throws {
        let ticks = 30
        let workspace = try Workspace(
            manifest: """
                deploy:
                - for i in $(seq \(ticks)); do echo ti""ck $i; sleep 0.1; done
                - echo se""cond
                """
        )
        // A shell with job control: a program alone in its session cannot be stopped from its terminal.
        let output = try await drive(
            """
            pid, terminal = pty.fork()
            if pid == 0:
                os.execve("/bin/bash", ["bash", "--norc", "--noprofile", "-i"], environment | {"PS1": "$ ", "TERM": "dumb"})

            def state(name):
                for entry in os.listdir("/proc"):
                    try:
                        if entry.isdigit() and os.readlink(f"/proc/{entry}/exe") == os.path.realpath(name):
                            fields = open(f"/proc/{entry}/stat").read().rsplit(")", 1)[1].split()
                            if int(fields[3]) == pid: return fields[0]
                    except OSError:
                        pass

            def wait(condition, seconds=60):
                end = time.time() + seconds
                while not condition() and time.time() < end: time.sleep(0.02)
                return condition()

            until(b"$ ", terminal)
            os.write(terminal, f"'{program}' deploy --log-output plain\\n".encode())
            seen = until(b"tick 3\\r\\n", terminal)
            os.write(terminal, b"\\x1a")
            seen += until(b"Stopped", terminal)
            print("stopped", wait(lambda: state(program) == "T"))
            # More than the rest of the ticks would take.
            time.sleep(\(ticks / 10))
            print("still", state(program))
            os.write(terminal, b"fg\\n")
            seen += until(b"second\\r\\n", terminal, 60)
            seen += until(b"$ ", terminal)
            os.write(terminal, b"echo status $?\\n")
            seen += until(b"status 0\\r\\n", terminal)
            lines = seen.decode().replace("\\r", "").split("\\n")
            print("ticks", [line for line in lines if line.startswith("tick ")] == [f"tick {n}" for n in range(1, \(ticks) + 1)])
            print("end", "second" in lines, "status 0" in lines)
            os.write(terminal, b"exit\\n")
            os.waitpid(pid, 0)
            """,
            in: workspace.path
        )
        #expect(output == "stopped True\nstill T\nticks True\nend True True\n", "\(output)")
    }

    @Test func `a stopped run goes on when it is continued, and its time limit holds meanwhile`() async throws {
        let workspace = try Workspace(
            manifest: "deploy:\n- trap 'date +%s >ended; exit 3' TERM; date +%s >began; echo ready; sleep 60 & wait\n"
        )
        let output = try await drive(
            """
            child = subprocess.Popen([program, "deploy", "--timeout", "2s"], env=environment, stdout=-1, stderr=-1)
            until(b"ready", child.stdout.fileno())
            os.kill(child.pid, signal.SIGSTOP)
            end = time.time() + 30
            while not os.path.exists("ended") and time.time() < end: time.sleep(0.05)
            print(int(open("ended").read()) - int(open("began").read()) <= 8)
            os.kill(child.pid, signal.SIGCONT)
            errors = child.communicate()[1].decode()
            print(child.returncode, errors)
            """,
            in: workspace.path
        )
        #expect(output.hasPrefix("True\n124 "), "\(output)")
    }

    @Test func `a time limit names the command, which gets TERM first`() async throws {
        let workspace = try Workspace(
            manifest: "deploy:\n- trap 'echo told; exit 3' TERM; sleep 60 & wait\n- echo no\n"
        )
        let result = try await Program.run(["deploy", "--timeout", "1s"], in: workspace.path)
        #expect(result.status == 124)
        #expect(result.output == "told\n")
        #expect(result.errors.contains("--timeout") && result.errors.contains("okteto.yml:2:3"), "\(result.errors)")
    }

    @Test func `a third signal ends the program at once, even when nobody reads its output`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- echo $$ >pid; trap '' TERM; yes\n")
        let output = try await drive(
            """
            child = subprocess.Popen([program, "deploy"], env=environment, stdout=-1, stderr=-1)
            while not os.path.exists("pid"): time.sleep(0.02)
            time.sleep(0.5)
            start = time.time()
            for _ in range(3):
                child.send_signal(signal.SIGTERM)
                time.sleep(0.1)
            child.wait(5)
            print(child.returncode)
            pid, end = open("pid").read().strip(), time.time() + 10
            left = lambda: [name for name in os.listdir(".") if name.startswith("okteto-run.")]
            while (os.path.exists("/proc/" + pid) or left()) and time.time() < end: time.sleep(0.05)
            print(os.path.exists("/proc/" + pid), left())
            """,
            in: workspace.path
        )
        #expect(output == "143\nFalse []\n", "\(output)")
    }

    @Test func `a cancelled run ends within its time although nobody reads its output`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- yes\n")
        let output = try await drive(
            """
            child = subprocess.Popen([program, "deploy"], env=environment, stdout=-1, stderr=subprocess.DEVNULL)
            until(b"y", child.stdout.fileno())
            start = time.time()
            child.send_signal(signal.SIGTERM)
            child.wait(25)
            print(child.returncode, time.time() - start < 20)
            """,
            in: workspace.path
        )
        #expect(output == "143 True\n", "\(output)")
    }

    @Test func `commands go on when the reader of the output has gone, and that is said`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- seq 100000\n- touch done\n")
        let output = try await drive(
            """
            child = subprocess.Popen([program, "deploy"], env=environment, stdout=-1, stderr=-1)
            child.stdout.read(1)
            child.stdout.close()
            print(child.stderr.read().decode())
            print(child.wait(20), os.path.exists("done"))
            """,
            in: workspace.path
        )
        #expect(output.hasSuffix("0 True\n"), "\(output)")
        #expect(output.contains("standard output has gone"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func `output that cannot be written fails the run`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- echo text\n")
        let output = try await drive(
            """
            child = subprocess.run([program, "deploy"], env=environment, stdout=open("/dev/full", "w"), stderr=-1)
            print(child.returncode, child.stderr.decode())
            """,
            in: workspace.path
        )
        #expect(output.hasPrefix("74 "), "\(output)")
        #expect(output.contains("standard output"))
    }

    @Test func `without bash nothing runs, and that is said`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- touch ran\n")
        let result = try await Program.run(["deploy"], in: workspace.path, environment: ["PATH": "/nosuch"])
        #expect(result.status == 127)
        #expect(result.errors.contains("bash is required"))
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/ran"))
    }

    @Test func `what a command detaches is gone after a run, SIGKILL of okteto-run included`() async throws {
        for signal in [nil, Signal.terminate, .kill] {
            let workspace = try Workspace(
                manifest: "deploy:\n- setsid sh -c 'trap \"\" TERM HUP; echo $$ >pid; exec sleep 7531' &\n"
                    + "- while [ ! -s pid ]; do sleep 0.02; done; echo ready; [ -e quick ] || sleep 60\n",
                files: signal == nil ? ["quick": ""] : [:]
            )
            let result = try await Program.run(
                ["deploy"],
                in: workspace.path,
                environment: ["TMPDIR": workspace.path],
                sending: signal,
                after: "ready"
            )
            #expect(result.output.hasPrefix("ready"))
            let pid = try String(contentsOfFile: workspace.path + "/pid", encoding: .utf8).trimmed
            var isThere = true
            for _ in 0..<60 where isThere {
                let command = try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)
                isThere = command?.contains("7531") == true
                if isThere { try await Task.sleep(for: .milliseconds(100)) }
                // Only what outlives okteto-run may still be there when that has ended.
                if signal != .kill { break }
            }
            #expect(!isThere, "\(String(describing: signal))")
            let left = try FileManager.default.contentsOfDirectory(atPath: workspace.path)
            #expect(!left.contains { $0.hasPrefix("okteto-run.") })
        }
    }
}
