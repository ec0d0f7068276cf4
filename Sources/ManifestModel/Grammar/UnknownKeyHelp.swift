internal import YAMLSource

/// What to do about keys that are not there at the top of a manifest, but are in other files, or were once.
enum UnknownKeyHelp {
    static func help(for key: String, among known: [String]) -> String {
        if key.hasPrefix("x-") {
            return "a manifest has no extension keys; put an anchor where its value is used first"
        }
        switch key {
        case "tests": return "did you mean 'test'?"
        case "devs": return "it is called 'dev' now"
        case "variables", "env", "environment":
            return "give variables with --var NAME=VALUE, or in a file .env beside the manifest"
        case "services": return "this looks like a Compose file; name it under 'deploy.compose' of a manifest"
        case "image", "command", "sync", "namespace", "context", "autocreate", "workdir", "volumes":
            return "put it into a section: 'deploy', 'destroy', a test, or a 'dev' container"
        default:
            return Suggestion.help(for: key, among: known) ?? "the keys are \(known.joined(separator: ", "))"
        }
    }
}
