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

    /// What phases get of the caller's environment wherever they run: what Okteto's platform would set, and only who
    /// started okteto-run can know.
    static func passed(from caller: EnvironmentVariables) -> EnvironmentVariables {
        caller.filter { name in
            known.contains(name) || prefixes.contains { name.hasPrefix($0) }
        }
    }

    private static let known: Set<String> = [
        "OKTETO_USERNAME", "OKTETO_DOMAIN", "OKTETO_REGISTRY_URL", "OKTETO_IS_PREVIEW_ENVIRONMENT", "GITHUB_REPOSITORY",
    ]
    private static let prefixes = ["OKTETO_BUILD_", "OKTETO_DEPENDENCY_", "OKTETO_EXTERNAL_"]
}
