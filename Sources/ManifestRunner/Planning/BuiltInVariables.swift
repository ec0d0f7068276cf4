internal import ManifestModel
internal import ProcessEnvironment

/// The variables that every command gets from okteto-run, with Okteto's names.
enum BuiltInVariables {
    static func make(
        kind: PhaseKind,
        name: String,
        namespace: String?,
        repository: GitRepository?,
        caller: EnvironmentVariables
    ) -> EnvironmentVariables {
        var variables: EnvironmentVariables = ["OKTETO_RUN": "1", "OKTETO_NAME": name]
        variables["OKTETO_NAMESPACE"] = namespace
        variables["OKTETO_GIT_BRANCH"] = caller.nonEmpty("OKTETO_GIT_BRANCH") ?? repository?.branch
        variables["OKTETO_GIT_COMMIT"] = caller.nonEmpty("OKTETO_GIT_COMMIT") ?? repository?.commit
        if case .test(let test) = kind {
            // Okteto gives a test its own name there.
            variables["OKTETO_NAME"] = test
            variables["CI"] = caller["CI"] ?? "true"
        }
        return variables
    }
}
