internal import ContainerExec

extension PhaseRecord {
    /// Returns the phase with secrets masked in what the manifest and messages say; the output has been masked as it came.
    func masked(by masker: SecretMasker) -> PhaseRecord {
        let outline = PhaseOutline(
            kind: outline.kind,
            place: outline.place.masked(by: masker),
            commands: outline.commands.map { $0.masked(by: masker) },
            dependencies: outline.dependencies
        )
        let artifacts = artifacts.map { artifact in
            ArtifactRecord(
                path: masker.masked(artifact.path),
                destination: masker.masked(artifact.destination),
                files: artifact.files,
                bytes: artifact.bytes
            )
        }
        var result = PhaseRecord(outline: outline, span: span, outcome: outcome, commands: [], artifacts: artifacts)
        result.output = output
        if case .failed(let status, let message) = outcome {
            result.outcome = .failed(status, message: masker.masked(message))
        }
        result.commands = zip(outline.commands, commands).map { outline, command in
            let outcome = command.outcome.map { outcome in
                CommandOutcome(
                    exitStatus: outcome.exitStatus,
                    wasCancelled: outcome.wasCancelled,
                    cause: outcome.cause.map(masker.masked)
                )
            }
            return CommandRecord(outline: outline, span: command.span, outcome: outcome, output: command.output)
        }
        return result
    }
}

extension PhasePlace {
    /// An image's name may be made of a variable of `.env`.
    fileprivate func masked(by masker: SecretMasker) -> PhasePlace {
        if case .container(let image) = self { .container(image: masker.masked(image)) } else { self }
    }
}

extension CommandOutline {
    fileprivate func masked(by masker: SecretMasker) -> CommandOutline {
        CommandOutline(
            title: masker.masked(title),
            script: masker.masked(script),
            path: path,
            line: line,
            column: column
        )
    }
}
