/// What libyaml reports while it reads, as a Swift value.
struct YAMLEvent {
    /// The kinds of events.
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        case scalar(YAMLScalar)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    let kind: Kind
    let mark: SourceMark
    /// The name by which aliases refer to the node, if it has one.
    var anchor: String?
    /// The explicit tag, if the node has one.
    var tag: String?
}
