internal import FoundationEssentials
internal import ManifestModel
internal import ProcessEnvironment

/// The variables of `.env` beside the manifest. What the caller's environment has is not overridden.
enum FileVariables {
    /// The most that is read of `.env`.
    private static let limit = 1 << 20

    static func load(root: String, caller: EnvironmentVariables, reporter: Reporter) -> EnvironmentVariables {
        var variables = EnvironmentVariables()
        do throws(ManifestModelError) {
            guard let source = try TextFile.ifPresent("\(root)/.env", shownAs: ".env", limit: limit) else {
                return variables
            }
            // Okteto expands the whole text before it reads it, comments and quotes included.
            let text = try VariableExpander(caller).expand(String(decoding: source.bytes, as: UTF8.self))
            let parsed = DotEnv(text)
            for (name, value) in parsed.variables where caller[name] == nil { variables[name] = value }
            for problem in parsed.problems {
                reporter.say(.warning, ".env:\(problem.line): the line is left out: \(problem.message)")
            }
        } catch {
            reporter.say(.warning, "failed to load .env file: \(error.message)")
        }
        return variables
    }
}
