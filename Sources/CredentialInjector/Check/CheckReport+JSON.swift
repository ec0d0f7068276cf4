extension CheckReport {
    /// Returns the report for a program, with the exit status that goes with it.
    package func json(exitStatus: Int32) -> JSONValue {
        .object([
            "ok": .bool(exitStatus == 0),
            "exitStatus": .number("\(exitStatus)"),
            "serviceCode": failure?.serviceCode.map { .string($0) },
            "steps": .array(steps.map(Self.json)),
        ])
    }

    private static func json(of step: CheckStep) -> JSONValue {
        .object([
            "name": .string(step.name),
            "outcome": .string(step.outcome.rawValue),
            "summary": .string(step.summary),
            "facts": .array(
                step.facts.map { fact in
                    .object([
                        "name": .string(fact.name), "value": .string(fact.value),
                        "origin": fact.origin.map { .string($0) },
                    ])
                }
            ),
            "notes": .array(step.notes.map { .string($0) }),
            "nextStep": step.nextStep.map { .string($0) },
        ])
    }
}
