import ManifestModel
import ProcessEnvironment

@testable import ManifestRunner

extension PlannedPhase {
    /// A test with one command, in the local shell.
    init(test name: String, dependencies: [String] = []) {
        self.init(
            kind: .test(name),
            dependencies: dependencies.map { .test($0) },
            place: .shell,
            images: ImageChoice(),
            commands: [Command(script: "true")],
            directory: "/",
            root: "/",
            hosts: [],
            continuesAfterFailure: false,
            variables: EnvironmentVariables(),
            maskedValues: [],
            artifacts: [],
            workspace: .copy,
            notices: []
        )
    }
}
