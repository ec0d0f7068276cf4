internal import FoundationEssentials

/// A run as JSON, for programs (docs/reports.md has the schema).
///
/// Members are added in later versions, and never change their meaning within one ``version``.
enum JSONReport {
    /// The version of the schema.
    static let version = 1

    /// Returns the file's bytes.
    static func bytes(of record: RunRecord) -> [UInt8] {
        var json = JSONText()
        json.object { write(record, into: &$0) }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    private static func write(_ record: RunRecord, into json: inout JSONText) {
        member("schema", "okteto-run/report", &json)
        json.name("version")
        json.literal("\(version)")
        member("program", "okteto-run \(record.version)", &json)
        member("command", record.command, &json)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        member("startedAt", record.start.formatted(style), &json)
        member("seconds", record.duration, &json)
        member("exitStatus", record.status.code, &json)
        member("exitMeaning", record.status.meaning, &json)
        json.name("assumedRole")
        if let role = record.role {
            json.object { json in
                member("arn", role.arn, &json)
                member("expiration", role.expiration, &json)
            }
        } else {
            json.literal("null")
        }
        json.name("timeUse")
        json.array { json in
            for (use, duration) in TimeUse.breakdown(of: record) {
                json.object { json in
                    member("use", use.rawValue, &json)
                    member("seconds", duration, &json)
                }
            }
        }
        json.name("steps")
        json.array { json in
            for step in record.steps { write(step, into: &json) }
        }
        json.name("phases")
        json.array { json in
            for phase in record.phases { write(phase, of: record, into: &json) }
        }
        json.name("messages")
        json.array { json in
            for message in record.messages { write(message, into: &json) }
        }
    }

    private static func write(_ step: StepRecord, into json: inout JSONText) {
        json.newline()
        json.object { json in
            member("step", step.step.rawValue, &json)
            json.name("phase")
            json.string(step.phase?.path)
            member("start", step.span.start, &json)
            member("seconds", step.span.duration, &json)
            json.name("success")
            json.literal(step.isSuccess.map { "\($0)" } ?? "null")
        }
    }

    private static func write(_ message: MessageRecord, into json: inout JSONText) {
        json.newline()
        json.object { json in
            member("at", message.time, &json)
            json.name("phase")
            json.string(message.phase?.path)
            member("level", message.level.rawValue, &json)
            member("text", message.text, &json)
            member("hint", message.hint, &json)
        }
    }

    private static func write(_ phase: PhaseRecord, of record: RunRecord, into json: inout JSONText) {
        let kind = phase.outline.kind
        json.newline()
        json.object { json in
            member("phase", kind.path, &json)
            if case .test(let name) = kind { member("name", name, &json) } else { member("name", kind.label, &json) }
            switch phase.outline.place {
            case .shell: member("place", "shell", &json)
            case .container(let image):
                member("place", "container", &json)
                member("image", image, &json)
            }
            json.name("dependsOn")
            json.array { json in
                for phase in phase.outline.dependencies { json.string(phase.path) }
            }
            member("result", phase.result.rawValue, &json)
            member("reason", phase.reason, &json)
            if case .failed(let status, _) = phase.outcome { member("exitStatus", status.code, &json) }
            member("start", phase.span?.start, &json)
            member("seconds", phase.span?.duration, &json)
            json.name("commands")
            json.array { json in
                for command in phase.commands { write(command, of: record, into: &json) }
            }
            json.name("artifacts")
            json.array { json in
                for artifact in phase.artifacts { write(artifact, into: &json) }
            }
            guard !phase.output.isEmpty else { return }
            json.name("output")
            write(phase.output, of: record, into: &json)
        }
    }

    private static func write(_ artifact: ArtifactRecord, into json: inout JSONText) {
        json.object { json in
            member("path", artifact.path, &json)
            member("destination", artifact.destination, &json)
            json.name("files")
            json.literal("\(artifact.files)")
            json.name("bytes")
            json.literal("\(artifact.bytes)")
        }
    }

    private static func write(_ command: CommandRecord, of record: RunRecord, into json: inout JSONText) {
        json.newline()
        json.object { json in
            member("title", command.outline.title, &json)
            member("script", command.outline.script, &json)
            member("file", command.outline.path, &json)
            member("line", Int32(clamping: command.outline.line), &json)
            member("column", Int32(clamping: command.outline.column), &json)
            member("result", command.result.rawValue, &json)
            member("exitStatus", command.outcome?.exitStatus, &json)
            member("cause", command.outcome?.cause, &json)
            member("start", command.span?.start, &json)
            member("seconds", command.span?.duration, &json)
            json.name("outputBytes")
            json.literal("\(command.output.totalBytes)")
            json.name("output")
            write(command.output, of: record, into: &json)
        }
    }

    /// The output as pieces of one stream each, and the gap between its beginning and its end.
    private static func write(_ output: OutputExcerpt, of record: RunRecord, into json: inout JSONText) {
        var rest = CommandLog(output, masker: record.masker).entries[...]
        json.array { json in
            while let first = rest.first {
                json.object { json in
                    if case .gap(let bytes) = first {
                        json.name("omittedBytes")
                        json.literal("\(bytes)")
                        rest = rest.dropFirst()
                        return
                    }
                    let lines = rest.prefix { $0.target == first.target }
                    member("stream", first.target == .standardError ? "stderr" : "stdout", &json)
                    json.name("text")
                    json.string(of: lines.lazy.map(\.bytes))
                    rest = rest[lines.endIndex...]
                }
            }
        }
    }

    /// Adds a member; one without a value is left out.
    private static func member(_ name: StaticString, _ text: String?, _ json: inout JSONText) {
        guard let text else { return }
        json.name(name)
        json.string(text)
    }

    private static func member(_ name: StaticString, _ number: Int32?, _ json: inout JSONText) {
        guard let number else { return }
        json.name(name)
        json.literal("\(number)")
    }

    private static func member(_ name: StaticString, _ duration: Duration?, _ json: inout JSONText) {
        guard let duration else { return }
        json.name(name)
        json.seconds(duration)
    }
}
