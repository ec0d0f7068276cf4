import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// Runs the commands of a document, as a reader would.
enum DocumentedCommands {
    /// What tests run on: the README's own manifest, the lab's services, and one stand-in, for kubectl: there is no
    /// cluster, so it has the lab's issuer mint the token that a cluster would, and refuses any other arguments.
    static func expectSuccess(of block: FencedBlock, engine: LabEngine?) async throws {
        let lab = try #require(Lab.current)
        let manifest = try #require(FencedBlock.all.first { $0.document == "README.md" && $0.language == "yaml" })
        let programs = try Workspace(manifest: "")
        let isTokenPage = block.document.hasPrefix(TokenPage.folder)
        let workspace = try Workspace(manifest: isTokenPage ? TokenPage.manifest : manifest.text)
        let page = try await TokenPage(block.document, lab: lab, folder: workspace.path, programs: programs.path)
        let standIn = """
            #!/bin/sh
            [ "$*" = "create token okteto -n okteto --audience \(lab.audience)" ] || { echo "stand-in: $*" >&2; exit 9; }
            OKTETO_RUN_LAB_DIR='\(lab.lab)' exec '\(lab.issuerScript)' mint
            """
        try Data(standIn.utf8).write(to: URL(filePath: programs.path + "/kubectl"))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: programs.path + "/kubectl")
        try FileManager.default.createSymbolicLink(
            atPath: programs.path + "/okteto-run",
            withDestinationPath: Program.path
        )
        // What 'aws iam get-role' would print.
        let policy = try FencedBlock.text(of: "Lab/trust-policy.json").replacing("ISSUER", with: lab.issuerHost)
        try Data("{\"Role\": {\"AssumeRolePolicyDocument\": \(policy)}}".utf8).write(
            to: URL(filePath: workspace.path + "/role.json")
        )
        // The document sets role, region, audience and token; the lab is where AWS would be.
        var environment = lab.environment(token: "", engine: engine).filter { !$0.key.hasPrefix("OKTETO_RUN_") }
        environment["OKTETO_RUN_ENGINE"] = engine?.name ?? "shell"
        environment["OKTETO_RUN_NETWORK"] = "host"
        environment["LAB_TOKEN"] = nil
        environment["PATH"] = programs.path + ":" + (environment["PATH"] ?? "")
        environment["HOME"] = workspace.path
        environment.merge(page?.variables ?? [:]) { _, new in new }
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let result = try await Subprocess.run(
            .name("bash"),
            arguments: ["-euc", block.script],
            environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
            workingDirectory: FilePath(workspace.path),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        // A phase says on standard error which role it has; what is asked about credentials is on standard output.
        let shown = result.standardOutput + result.standardError
        let isSuccess = shown.contains("arn:aws:sts::112233445566:assumed-role/")
        #expect(isSuccess || shown.contains("lets this token assume arn:aws:iam::112233445566:role/"), "\(shown)")
        #expect(page?.wasAsked ?? true)
    }
}
