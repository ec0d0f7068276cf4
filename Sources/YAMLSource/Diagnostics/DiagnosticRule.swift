extension Diagnostic {
    /// What kind of finding it is, by names that programs can rely on.
    package enum Rule: String, Sendable, Hashable, CaseIterable {
        /// The text is no YAML, or YAML that is refused here.
        case yaml
        /// A key is set twice in one mapping.
        case duplicateKey = "duplicate-key"
        /// A key that has no meaning where it stands.
        case unknownKey = "unknown-key"
        /// A value of another kind than its key takes.
        case wrongType = "wrong-type"
        /// A value of the right kind that is none of those its key takes.
        case wrongValue = "wrong-value"
        /// Something that has to be there is not.
        case missing
        /// Keys that do not go together.
        case conflict
        /// A name that nothing has.
        case unknownName = "unknown-name"
        /// Things that depend on each other in a circle.
        case circle
        /// A name that is given twice.
        case duplicateName = "duplicate-name"
        /// Variables that cannot be expanded.
        case expansion
        /// Something that Okteto runs and only `okteto validate` refuses.
        case oktetoSchema = "okteto-schema"
        /// Something that has a meaning, but hardly the one intended.
        case suspicious
        /// Something that needs the Okteto platform.
        case notExecuted = "not-executed"

        /// What the rule is about, in one sentence.
        package var summary: String {
            switch self {
            case .yaml: "The text is no YAML that can be read."
            case .duplicateKey: "A key is set twice in one mapping."
            case .unknownKey: "A key has no meaning where it stands."
            case .wrongType: "A value is of another kind than its key takes."
            case .wrongValue: "A value is none of those that its key takes."
            case .missing: "Something that has to be there is missing."
            case .conflict: "Keys do not go together."
            case .unknownName: "A name is used that nothing has."
            case .circle: "Things depend on each other in a circle."
            case .duplicateName: "A name is given twice."
            case .expansion: "Variables of a text cannot be expanded."
            case .oktetoSchema: "Okteto runs this, but 'okteto validate' refuses it."
            case .suspicious: "Something has a meaning, but hardly the one intended."
            case .notExecuted: "Something needs the Okteto platform and is not executed."
            }
        }
    }
}
