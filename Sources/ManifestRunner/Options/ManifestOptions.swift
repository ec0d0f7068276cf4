internal import ArgumentParser

/// Which manifest.
struct ManifestOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("file")],
        help: ArgumentHelp(
            "The manifest. Without it, okteto.yml or .okteto/okteto.yml of this folder.",
            valueName: "path"
        )
    )
    var file: String?

    mutating func validate() throws {
        try OptionVariables.fill(&file, "file")
    }
}
