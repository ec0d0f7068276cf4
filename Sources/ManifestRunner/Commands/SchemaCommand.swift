internal import ArgumentParser
internal import CredentialInjector

/// `okteto-run schema`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print a JSON Schema of okteto.yml, for editors.",
        discussion: """
            It is of draft-07, and takes what 'okteto-run validate' finds no error in. docs/editors.md says how \
            VS Code and Neovim use it.

            Examples:
              okteto-run schema
              okteto-run schema > .okteto/schema.json
            """
    )

    func run() throws {
        let writer = OutputWriter(sharesTerminal: false)
        writer.writeLines(ManifestSchema.document.text, to: .standardOutput)
        guard let failure = writer.failure else { return }
        writer.writeLines("error: \(failure)\n", to: .standardError)
        throw ExitCode(ExitStatus.ioError.code)
    }
}
