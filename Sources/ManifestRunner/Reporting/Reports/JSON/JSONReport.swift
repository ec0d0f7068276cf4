internal import CredentialInjector
internal import FoundationEssentials

/// A run as JSON, for programs (docs/reports.md has the schema).
///
/// Members are added in later versions, and never change their meaning within one ``version``.
enum JSONReport {
    /// The version of the schema.
    static let version = 1

    /// Returns the file's bytes.
    static func bytes(of record: RunRecord) -> [UInt8] {
        Array(value(of: record).text.utf8)
    }

    private static func value(of record: RunRecord) -> JSONValue {
        .object([
            "schema": .string("okteto-run/report"),
            "version": .number("\(version)"),
            "program": .string("okteto-run \(record.version)"),
            "command": .string(record.command),
            "startedAt": .string(record.start.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))),
            "seconds": seconds(record.duration),
            "exitStatus": .number("\(record.status.code)"),
            "exitMeaning": .string(record.status.meaning),
            "assumedRole": record.role.map { role in
                .object(["arn": .string(role.arn), "expiration": .string(role.expiration)])
            } ?? .null,
            "timeUse": .array(
                TimeUse.breakdown(of: record).map { use, duration in
                    .object(["use": .string(use.rawValue), "seconds": seconds(duration)])
                }
            ),
            "steps": .array(
                record.steps.map { step in
                    .object([
                        "step": .string(step.step.rawValue),
                        "phase": step.phase.map { .string($0.path) } ?? .null,
                        "start": seconds(step.span.start),
                        "seconds": seconds(step.span.duration),
                        "success": step.isSuccess.map { .bool($0) } ?? .null,
                    ])
                }
            ),
            "phases": .array(record.phases.map { value(of: $0, in: record) }),
            "messages": .array(
                record.messages.map { message in
                    .object([
                        "at": seconds(message.time),
                        "phase": message.phase.map { .string($0.path) } ?? .null,
                        "level": .string(message.level.rawValue),
                        "text": .string(message.text),
                        "hint": message.hint.map { .string($0) },
                    ])
                }
            ),
        ])
    }

    private static func value(of phase: PhaseRecord, in record: RunRecord) -> JSONValue {
        let image: JSONValue? =
            if case .container(let image) = phase.outline.place { .string(image) } else { nil }
        var status: ExitStatus?
        if case .failed(let own, _) = phase.outcome { status = own }
        return .object([
            "phase": .string(phase.outline.kind.path),
            "name": .string(phaseName(phase.outline.kind)),
            "place": .string(image == nil ? "shell" : "container"),
            "image": image,
            "dependsOn": .array(phase.outline.dependencies.map { .string($0.path) }),
            "result": .string(phase.result.rawValue),
            "reason": phase.reason.map { .string($0) },
            "exitStatus": status.map { .number("\($0.code)") },
            "start": phase.span.map { seconds($0.start) },
            "seconds": phase.span.map { seconds($0.duration) },
            "commands": .array(phase.commands.map { value(of: $0, in: record) }),
            "artifacts": .array(
                phase.artifacts.map { artifact in
                    .object([
                        "path": .string(artifact.path),
                        "destination": .string(artifact.destination),
                        "files": .number("\(artifact.files)"),
                        "bytes": .number("\(artifact.bytes)"),
                    ])
                }
            ),
            "output": phase.output.isEmpty ? nil : value(of: phase.output, in: record),
        ])
    }

    private static func phaseName(_ kind: PhaseKind) -> String {
        if case .test(let name) = kind { name } else { kind.label }
    }

    private static func value(of command: CommandRecord, in record: RunRecord) -> JSONValue {
        .object([
            "title": .string(command.outline.title),
            "script": .string(command.outline.script),
            "file": .string(command.outline.path),
            "line": .number("\(command.outline.line)"),
            "column": .number("\(command.outline.column)"),
            "result": .string(command.result.rawValue),
            "exitStatus": command.outcome?.exitStatus.map { .number("\($0)") },
            "cause": command.outcome?.cause.map { .string($0) },
            "start": command.span.map { seconds($0.start) },
            "seconds": command.span.map { seconds($0.duration) },
            "outputBytes": .number("\(command.output.totalBytes)"),
            "output": value(of: command.output, in: record),
        ])
    }

    /// The output as pieces of one stream each, and the gap between its beginning and its end.
    private static func value(of output: OutputExcerpt, in record: RunRecord) -> JSONValue {
        var pieces: [JSONValue] = []
        var text = ""
        var stream = OutputWriter.Target.standardOutput
        func finish() {
            guard !text.isEmpty else { return }
            let name = stream == .standardOutput ? "stdout" : "stderr"
            pieces.append(.object(["stream": .string(name), "text": .string(text)]))
            text = ""
        }
        for entry in CommandLog(output, masker: record.masker).entries {
            switch entry {
            case .line(let target, _):
                if target != stream { finish() }
                stream = target
                text += (entry.text ?? "") + "\n"
            case .gap(let bytes):
                finish()
                pieces.append(.object(["omittedBytes": .number("\(bytes)")]))
            }
        }
        finish()
        return .array(pieces)
    }

    private static func seconds(_ duration: Duration) -> JSONValue {
        .number(SecondsText.exact(duration))
    }
}
