import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// The guide's steps 1 and 2 on an IAM that verifies signatures and policies (moto), and on the gateway, whose STS
/// then lets the phases in.
@Suite(.enabled(if: Lab.hasMoto, "needs the lab with moto: scripts/test starts it"), .timeLimit(.minutes(3)))
struct AWSSetupTests {
    private static let account = "123456789012"
    private static let policy = "arn:aws:iam::aws:policy/AmazonS3FullAccess"

    /// A role and an issuer of a test's own: all tests share the account.
    private struct Names {
        let role = "setup-" + UUID().uuidString.prefix(8)
        let issuer = "https://oidc.example.com/" + UUID().uuidString.prefix(8)

        var arguments: [String] {
            [
                "--role-name", role, "--issuer", issuer, "--audience", "okteto.example.com/us-east-2",
                "--subject", "system:serviceaccount:okteto:okteto", "--policy-arn", AWSSetupTests.policy,
            ]
        }

        var provider: String { "arn:aws:iam::\(AWSSetupTests.account):oidc-provider/\(issuer.dropFirst(8))" }
    }

    private func environment(_ keys: String?) throws -> [String: String] {
        let lab = try #require(Lab.current)
        let words = (keys ?? "").split(separator: " ").map(String.init)
        return [
            "AWS_ACCESS_KEY_ID": try #require(words.first), "AWS_SECRET_ACCESS_KEY": try #require(words.last),
            "AWS_ENDPOINT_URL": lab.moto ?? "", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
            "PATH": lab.awscliBin + ":" + (EnvironmentVariable.value("PATH") ?? "/usr/bin:/bin"),
        ]
    }

    private func run(_ arguments: [String], _ environment: [String: String]) async throws -> Program.Result {
        let workspace = try Workspace(manifest: "")
        return try await Program.run(["aws"] + arguments, in: workspace.path, environment: environment)
    }

    /// What the AWS CLI says about a role and its provider, without times and identifiers.
    private func state(of names: Names, _ environment: [String: String]) async throws -> String {
        let script = """
            aws iam get-role --role-name \(names.role) --query 'Role.[AssumeRolePolicyDocument,Description,Tags,\
            MaxSessionDuration]'
            aws iam list-attached-role-policies --role-name \(names.role)
            aws iam get-open-id-connect-provider --open-id-connect-provider-arn \(names.provider) \
            --query '[Url,ClientIDList,ThumbprintList,Tags]'
            """
        return try await shell(script, environment)
    }

    private func shell(_ script: String, _ environment: [String: String]) async throws -> String {
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let result = try await Subprocess.run(
            .name("sh"),
            arguments: ["-euc", script],
            environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        return result.standardOutput
    }

    @Test func `setup makes what is missing, changes nothing the second time, and teardown removes it`() async throws {
        let admin = try environment(Lab.current?.motoAdmin)
        let names = Names()
        let first = try await run(["setup"] + names.arguments, admin)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.errors.contains("done: create role \(names.role)"))
        #expect(first.errors.contains("export OKTETO_RUN_ROLE_ARN=arn:aws:iam::\(Self.account):role/\(names.role)"))
        let made = try await state(of: names, admin)
        #expect(made.contains("okteto.example.com/us-east-2"))
        let second = try await run(["setup"] + names.arguments, admin)
        #expect(second.status == 0, "\(second.errors)")
        #expect(!second.errors.contains("done:"))
        #expect(second.errors.contains("is as it should be"))
        #expect(try await state(of: names, admin) == made)
        let refused = try await run(["teardown", "--role-name", names.role], admin)
        #expect(refused.status == 64)
        #expect(refused.errors.contains("--yes"))
        let shown = try await run(["teardown", "--role-name", names.role, "--dry-run"], admin)
        #expect(shown.output.contains("aws iam delete-role --role-name \(names.role)\n"))
        #expect(try await state(of: names, admin) == made)
        let removed = try await run(["teardown", "--role-name", names.role, "--yes"], admin)
        #expect(removed.status == 0, "\(removed.errors)")
        let rest = try await shell("aws iam list-roles; aws iam list-open-id-connect-providers", admin)
        #expect(!rest.contains(names.role))
        #expect(!rest.contains(names.provider))
    }

    @Test func `the commands that a dry run prints make the same`() async throws {
        let admin = try environment(Lab.current?.motoAdmin)
        let names = Names()
        let policy = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#
        let workspace = try Workspace(manifest: "", files: ["policy.json": policy])
        let more = ["--policy-file", workspace.path + "/policy.json", "--max-session", "2h", "--audience", "it's $x"]
        let dry = try await run(["setup", "--dry-run"] + names.arguments + more, admin)
        #expect(dry.status == 0, "\(dry.errors)")
        // The same commands from nothing, without a look into the account.
        let blind = try await run(
            ["setup", "--dry-run", "--account", Self.account] + names.arguments + more,
            ["AWS_REGION": "us-east-1"]
        )
        #expect(blind.output == dry.output, "\(blind.errors)")
        #expect(blind.errors.contains("is taken for one that has nothing of it"))
        _ = try await shell(dry.output, admin)
        let byCommands = try await state(of: names, admin)
        // Nothing is left to do, and what setup makes by itself is the same.
        let again = try await run(["setup", "--dry-run"] + names.arguments + more, admin)
        #expect(again.output.isEmpty, "\(again.output)")
        #expect(again.errors.contains("there is nothing to do"))
        let removed = try await run(["teardown", "--role-name", names.role, "--yes"], admin)
        #expect(removed.status == 0, "\(removed.errors)")
        let own = try await run(["setup"] + names.arguments + more, admin)
        #expect(own.status == 0, "\(own.errors)")
        #expect(try await state(of: names, admin) == byCommands)
        _ = try await run(["teardown", "--role-name", names.role, "--yes"], admin)
    }

    @Test func `an existing role is shown as it changes, and is changed only with a yes`() async throws {
        let admin = try environment(Lab.current?.motoAdmin)
        let names = Names()
        _ = try await run(["setup"] + names.arguments, admin)
        let before = try await state(of: names, admin)
        let more = names.arguments + ["--subject", "system:serviceaccount:okteto:second"]
        let asked = try await run(["setup"] + more, admin)
        #expect(asked.status == 64)
        #expect(asked.errors.contains("+ "))
        #expect(asked.errors.contains("okteto:second"))
        #expect(asked.errors.contains("--yes"))
        #expect(try await state(of: names, admin) == before)
        for (answer, isChanged) in [("n", false), ("y", true)] {
            // script(1) gives it a terminal.
            let command = ([Program.path, "aws", "setup"] + more).map { "'\($0)'" }.joined(separator: " ")
            _ = try await shell("printf '\(answer)\\n' | script -qec \"\(command)\" /dev/null || true", admin)
            #expect(try await (state(of: names, admin) != before) == isChanged)
        }
        _ = try await run(["teardown", "--role-name", names.role, "--yes"], admin)
    }

    @Test func `what was broken off goes on`() async throws {
        let admin = try environment(Lab.current?.motoAdmin)
        let names = Names()
        let dry = try await run(["setup", "--dry-run"] + names.arguments, admin)
        let lines = dry.output.split(separator: "\n")
        #expect(lines.count == 3)
        for count in 1...2 { _ = try await shell(String(lines[count - 1]), admin) }
        let rest = try await run(["setup", "--yes"] + names.arguments, admin)
        #expect(rest.status == 0, "\(rest.errors)")
        #expect(rest.errors.contains("done: attach"))
        #expect(!rest.errors.contains("done: create"))
        _ = try await run(["teardown", "--role-name", names.role, "--yes"], admin)
    }

    /// Passes requests on to IAM, but holds back those of one action; then interrupts the program, as Ctrl-C does.
    private static let interrupter = """
        import http.client, http.server, json, os, signal, subprocess, sys, threading, urllib.parse

        target, action = urllib.parse.urlsplit(os.environ["AWS_ENDPOINT_URL"]), sys.argv[1]
        held = threading.Event()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if f"Action={action}&".encode() in body:
                    held.set()
                    threading.Event().wait(60)
                    return
                link = http.client.HTTPConnection(target.hostname, target.port)
                # The host is signed, so it stays that of this server.
                link.request("POST", self.path, body, dict(self.headers))
                answer = link.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        environment = os.environ | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_address[1]}"}
        child = subprocess.Popen(sys.argv[2:], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if not held.wait(60):
            child.kill()
        child.send_signal(signal.SIGINT)
        output, errors = child.communicate()
        print(json.dumps({"status": child.returncode, "output": output, "errors": errors}))
        """

    @Test func `Ctrl-C in the middle leaves what was made, says what, and the next run goes on`() async throws {
        struct Ended: Decodable {
            let status: Int32
            let output: String
            let errors: String
        }
        let admin = try environment(Lab.current?.motoAdmin)
        let names = Names()
        let workspace = try Workspace(manifest: "", files: ["interrupter.py": Self.interrupter])
        let command = [Program.path, "aws", "setup"] + names.arguments
        let words = (["python3", "-I", workspace.path + "/interrupter.py", "AttachRolePolicy"] + command)
            .map { "'\($0)'" }.joined(separator: " ")
        let text = try await shell(words, admin)
        let ended = try JSONDecoder().decode(Ended.self, from: Data(text.utf8))
        #expect(ended.status == 130, "\(text)")
        #expect(ended.errors.contains("broken off after 2 of 3 steps"), "\(ended.errors)")
        for part in [
            "done: create role \(names.role)", "perhaps done: attach",
            "run the same command again: it goes on from here",
        ] { #expect(ended.errors.contains(part), "\(ended.errors)") }
        let made = try await state(of: names, admin)
        #expect(made.contains("okteto.example.com/us-east-2"))
        #expect(made.contains("\"AttachedPolicies\": []"), "\(made)")
        let rest = try await run(["setup", "--yes"] + names.arguments, admin)
        #expect(rest.status == 0, "\(rest.errors)")
        #expect(rest.errors.contains("done: attach"))
        #expect(!rest.errors.contains("done: create"))
        #expect(try await state(of: names, admin).contains("\"PolicyName\": \"AmazonS3FullAccess\""))
        _ = try await run(["teardown", "--role-name", names.role, "--yes"], admin)
    }

    @Test func `a role is explained from what IAM says of it and of its provider`() async throws {
        let admin = try environment(Lab.current?.motoAdmin)
        let names = Names()
        let setup = try await run(["setup"] + names.arguments, admin)
        #expect(setup.status == 0, "\(setup.errors)")
        func explain(
            _ subject: String = "system:serviceaccount:okteto:okteto",
            role: String? = nil,
            keys: String? = nil
        ) async throws -> Program.Result {
            var variables = try environment(keys ?? Lab.current?.motoAdmin)
            variables["TOKEN"] = UnsignedToken(issuer: names.issuer, subject: subject).text
            let arn = "arn:aws:iam::\(Self.account):role/\(role ?? names.role)"
            return try await run(["explain", "--role-arn", arn, "--token-env", "TOKEN"], variables)
        }
        let good = try await explain()
        #expect(good.status == 0, "\(good.output)\(good.errors)")
        // Whoever may only look can ask as well.
        #expect(try await explain(keys: Lab.current?.motoReader).output == good.output)
        let other = try await explain("system:serviceaccount:okteto:other")
        #expect(other.status == 77)
        #expect(other.output.contains("the service account is \"other\", not \"okteto\""), "\(other.output)")
        let missing = try await explain(role: names.role + "-x")
        #expect(missing.status == 77)
        #expect(missing.errors.contains("has no role \(names.role)-x"), "\(missing.errors)")
        _ = try await shell(
            "aws iam delete-open-id-connect-provider --open-id-connect-provider-arn \(names.provider)",
            admin
        )
        let orphan = try await explain()
        #expect(orphan.status == 77, "\(orphan.output)")
        #expect(orphan.output.contains("oidc-provider/") && orphan.output.contains("is not there"), "\(orphan.output)")
        _ = try await run(["teardown", "--role-name", names.role, "--yes"], admin)
    }

    @Test func `a caller who may only look is told which action is missing`() async throws {
        let names = Names()
        let result = try await run(["setup"] + names.arguments, try environment(Lab.current?.motoReader))
        #expect(result.status == 77)
        #expect(result.errors.contains("AccessDenied"))
        #expect(result.errors.contains("allow the caller iam:CreateOpenIDConnectProvider"))
        #expect(result.errors.contains("not done: create role \(names.role)"))
    }

    @Test func `a wrong key is refused, because the signature is verified, and is shown nowhere`() async throws {
        var variables = try environment(Lab.current?.motoAdmin)
        variables["AWS_SECRET_ACCESS_KEY"] = "wrong-but-secret-key"
        let result = try await run(["setup"] + Names().arguments, variables)
        #expect(result.status == 77)
        #expect(result.errors.contains("SignatureDoesNotMatch"))
        #expect(!result.errors.contains("wrong-but-secret-key"))
    }

    @Test func `the answer as JSON has the steps, and which were made`() async throws {
        struct Answer: Decodable {
            struct Step: Decodable {
                let step: String
                let command: String
                let done: Bool
            }

            let account: String
            let role: String
            let steps: [Step]
        }
        let admin = try environment(Lab.current?.motoAdmin)
        let names = Names()
        for (options, done) in [(["--dry-run"], false), ([], true)] {
            let result = try await run(["setup", "--format", "json"] + options + names.arguments, admin)
            let answer = try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8))
            #expect(answer.account == Self.account)
            #expect(answer.role == "arn:aws:iam::\(Self.account):role/\(names.role)")
            #expect(answer.steps.count == 3)
            #expect(answer.steps.allSatisfy { $0.done == done && $0.command.hasPrefix("aws iam ") })
        }
        _ = try await run(["teardown", "--role-name", names.role, "--yes"], admin)
    }

    @Test func `the trust policy is printed alone, and a dangerous subject is warned of`() async throws {
        let arguments = [
            "trust-policy", "--account", Self.account, "--issuer", "https://token.actions.githubusercontent.com",
            "--audience", "sts.amazonaws.com", "--subject", "repo:*",
        ]
        let result = try await run(arguments, [:])
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("{\n  \"Version\": \"2012-10-17\","))
        #expect(result.output.contains("\"StringLike\""))
        #expect(result.errors.contains("projects of others"))
        #expect(try await run(Array(arguments.dropLast(2)), [:]).status == 77)
        #expect(try await run(["trust-policy"], [:]).status == 64)
    }

    @Test func `from nothing to a running manifest, on a real STS`() async throws {
        let lab = try #require(Lab.current)
        // The gateway has the issuer's provider already; that one is created is tested against moto.
        let issuer = lab.issuer
        let names = Names()
        let policies = try Workspace(
            manifest: "",
            files: [
                "s3.json": #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#
            ]
        )
        let account = String(lab.roleARN.split(separator: ":")[3])
        let owner = [
            "AWS_ACCESS_KEY_ID": "LABOWNERACCESSKEY000", "AWS_SECRET_ACCESS_KEY": "lab-owner-secret-key",
            "AWS_ENDPOINT_URL": lab.endpoint, "AWS_CA_BUNDLE": lab.caBundle, "AWS_REGION": lab.region,
        ]
        let arguments = [
            "setup", "--account", account, "--role-name", names.role, "--issuer", issuer, "--audience", lab.audience,
            "--subject", "system:serviceaccount:okteto:okteto", "--policy-file", policies.path + "/s3.json",
            "--thumbprint", try #require(lab.thumbprint),
        ]
        let setup = try await run(arguments, owner)
        #expect(setup.status == 0, "\(setup.errors)")
        #expect(setup.errors.contains("done: create role \(names.role)"))
        // Unlike AWS, the gateway takes a role's tags for session tags, which the trust policy would have to allow.
        let tags = "aws iam untag-role --role-name \(names.role) --tag-keys okteto-run:created okteto-run:inline-policy"
        let path = lab.awscliBin + ":/usr/bin:/bin"
        _ = try await shell(tags, owner.merging(["PATH": path, "AWS_DEFAULT_REGION": lab.region]) { $1 })
        let workspace = try Workspace(manifest: "deploy:\n- aws s3 ls\n")
        var variables = lab.environment(token: try await lab.token(), engine: nil)
        variables["OKTETO_RUN_ROLE_ARN"] = "arn:aws:iam::\(account):role/\(names.role)"
        // The keys of the set-up are in the environment still: no phase may get them.
        variables.merge(owner) { first, _ in first }
        let check = try await Program.run(["credentials", "check"], in: workspace.path, environment: variables)
        #expect(check.output.contains("assumed-role/\(names.role)/"), "\(check.output) \(check.errors)")
        let deploy = try await Program.run(["deploy"], in: workspace.path, environment: variables)
        #expect(deploy.status == 0, "\(deploy.errors)")
        #expect(deploy.errors.contains("assumed arn:aws:sts::\(account):assumed-role/\(names.role)/"))
        let other = try await lab.token("sub=system:serviceaccount:okteto:other")
        variables["LAB_TOKEN"] = other
        let refused = try await Program.run(["deploy"], in: workspace.path, environment: variables)
        #expect(refused.status == 77)
    }
}
