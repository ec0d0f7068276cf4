internal import CLibYAML

/// One event of libyaml, copied out of C.
struct YAMLEvent {
    /// What happened.
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        case scalar(String, isPlain: Bool)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    let kind: Kind
    /// The anchor that names the node, if any.
    let anchor: String?
    let mark: SourceMark

    /// Copies an event, whose union member is the one that its type says.
    @unsafe init(_ event: yaml_event_t) {
        mark = unsafe SourceMark(event.start_mark)
        var anchor: UnsafeMutablePointer<yaml_char_t>?
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: kind = .streamStart
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
        case YAML_ALIAS_EVENT: kind = unsafe .alias(Self.text(event.data.alias.anchor))
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            unsafe anchor = scalar.anchor
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.tag == nil
            kind = .scalar(unsafe String(decoding: bytes, as: UTF8.self), isPlain: isPlain)
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequenceStart
            unsafe anchor = event.data.sequence_start.anchor
        case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            kind = .mappingStart
            unsafe anchor = event.data.mapping_start.anchor
        case YAML_MAPPING_END_EVENT: kind = .mappingEnd
        default: kind = .streamEnd
        }
        self.anchor = unsafe anchor == nil ? nil : Self.text(anchor)
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        return unsafe String(cString: pointer)
    }
}
