internal import FoundationEssentials
internal import ManifestModel
internal import ProcessEnvironment

/// The variables of `.env` beside the manifest.
///
/// What the caller's environment has is not overridden.
enum FileVariables {
    /// The most that is read of `.env`.
    private static let limit = 1 << 20

    static func load(root: String, caller: EnvironmentVariables, reporter: Reporter) -> LayeredVariables {
        var result = LayeredVariables()
        do throws(ManifestModelError) {
            guard let source = try TextFile.ifPresent("\(root)/.env", shownAs: ".env", limit: limit) else {
                return result
            }
            // Okteto expands the whole text before it reads it, comments and quotes included.
            let contents = try DotEnv.parse(source, expanding: VariableExpander(caller))
            for warning in contents.warnings {
                reporter.say(.warning, ".env:\(warning.line): the line is left out: \(warning.message)")
            }
            result.add(contents.variables.filter { caller[$0] == nil }) { name in
                .file(".env", line: contents.lines[name] ?? 1)
            }
        } catch {
            reporter.say(.warning, "failed to load .env file: \(error.message)")
        }
        return result
    }
}
