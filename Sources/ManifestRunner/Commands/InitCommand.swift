internal import ArgumentParser
internal import FoundationEssentials
internal import ProcessEnvironment
internal import SystemPackage

/// `okteto-run init`.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a first manifest for what is in this folder.",
        discussion: """
            A manifest that is there is never overwritten. What is written is a beginning: the tests of the tools that \
            were found, and what deploys what was found.

            Examples:
              okteto-run init
              okteto-run init --print
            """
    )

    @Option(name: .shortAndLong, help: ArgumentHelp("Where the manifest is written.", valueName: "path"))
    var file: String?

    @Flag(help: "Print the manifest, and write nothing.")
    var print = false

    mutating func validate() throws {
        try OptionVariables.fill(&file, "file")
        try OptionVariables.fill(&print, "print")
    }

    func run() throws {
        let context = RunContext.ofProcess()
        let reporter = context.makeReporter(nil)
        do {
            let files = try ProjectFiles(folder: context.currentDirectory)
            let name = context.currentDirectory.split(separator: "/").last.map(String.init) ?? ""
            let draft = ManifestDraft(files, name: name)
            guard !print else { return reporter.answer(draft.text) }
            try write(draft, in: context, files, reporter)
        } catch {
            let failure = RunFailure(error)
            reporter.say(.error, failure.message, hint: failure.hint)
            throw ExitCode(failure.status.code)
        }
    }

    private func write(
        _ draft: ManifestDraft,
        in context: RunContext,
        _ files: ProjectFiles,
        _ reporter: Reporter
    ) throws {
        if file == nil, let other = files.first(of: "okteto.yml", "okteto.yaml") { throw Self.exists(other) }
        let path = file ?? "okteto.yml"
        let place = path.hasPrefix("/") ? path : "\(context.currentDirectory)/\(path)"
        do {
            // Exclusive, so that neither a file nor a link that is there is written through.
            let descriptor = try FileDescriptor.open(
                FilePath(place),
                .writeOnly,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: FilePermissions(rawValue: 0o666)
            )
            try descriptor.closeAfter { _ = try descriptor.writeAll(draft.text.utf8) }
        } catch Errno.fileExists {
            throw Self.exists(path)
        } catch let error as Errno {
            throw RunFailure(.ioError, "the manifest \(path) cannot be written: \(error)")
        }
        let found = draft.findings
        reporter.say(
            .success,
            "wrote \(path)" + (found.isEmpty ? "" : ", because of \(found.joined(separator: ", "))"),
            hint: "look it over, then try 'okteto-run test' or 'okteto-run deploy --dry-run'; "
                + "'okteto-run doctor' says what is missing for them"
        )
    }

    private static func exists(_ path: String) -> RunFailure {
        RunFailure(
            .ioError,
            "\(path) is there already, and nothing was written",
            hint: "'okteto-run init --print' shows what would be written"
        )
    }
}
