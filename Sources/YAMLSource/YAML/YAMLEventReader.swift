internal import CLibYAML

/// A libyaml parser over a copy of a text's bytes.
///
/// libyaml keeps pointers into its parser and to the input, so both are allocated and stay where they are until the
/// reader goes away. See <https://pyyaml.org/wiki/LibYAML>.
@safe struct YAMLEventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let source: SourceText

    /// Creates a reader of UTF-8, or nil when there is no memory for one.
    init?(_ source: SourceText) {
        self.source = source
        unsafe parser = .allocate(capacity: 1)
        unsafe input = .allocate(capacity: max(1, source.bytes.count))
        _ = unsafe input.initialize(from: source.bytes)
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            unsafe parser.deallocate()
            unsafe input.deallocate()
            // A failed initialisation leaves nothing to delete.
            return nil
        }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, source.bytes.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// Returns the next event.
    ///
    /// - Throws: ``YAMLError`` when the text is no YAML.
    mutating func next() throws(YAMLError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        // The event is filled from here on; its strings are copied before it is deleted.
        defer { unsafe yaml_event_delete(&event) }
        let mark = unsafe Self.mark(from: event.start_mark, to: event.end_mark)
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, mark: mark)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, mark: mark)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, mark: mark)
        case YAML_ALIAS_EVENT:
            return YAMLEvent(kind: .alias(unsafe Self.text(event.data.alias.anchor) ?? ""), mark: mark)
        case YAML_SCALAR_EVENT:
            let data = unsafe event.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: data.value, count: data.length)
            let scalar = unsafe YAMLScalar(text: String(decoding: bytes, as: UTF8.self), style: Self.style(data.style))
            return unsafe YAMLEvent(
                kind: .scalar(scalar),
                mark: mark,
                anchor: Self.text(data.anchor),
                tag: Self.text(data.tag)
            )
        case YAML_SEQUENCE_START_EVENT:
            let data = unsafe event.data.sequence_start
            return unsafe YAMLEvent(
                kind: .sequenceStart,
                mark: mark,
                anchor: Self.text(data.anchor),
                tag: Self.text(data.tag)
            )
        case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, mark: mark)
        case YAML_MAPPING_START_EVENT:
            let data = unsafe event.data.mapping_start
            return unsafe YAMLEvent(
                kind: .mappingStart,
                mark: mark,
                anchor: Self.text(data.anchor),
                tag: Self.text(data.tag)
            )
        case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, mark: mark)
        // After its last event libyaml goes on reporting none.
        default: return YAMLEvent(kind: .streamEnd, mark: mark)
        }
    }

    /// Returns what stopped libyaml, from the fields it leaves in its parser.
    private func failure() -> YAMLError {
        let problem = unsafe Self.text(parser.pointee.problem) ?? "it can't be read"
        switch unsafe parser.pointee.error {
        case YAML_MEMORY_ERROR:
            return YAMLError("there is no memory left to read this file", at: .start)
        case YAML_READER_ERROR:
            // The mark is not set for this kind of error, but the offset is.
            let mark = unsafe source.mark(atByte: parser.pointee.problem_offset)
            return YAMLError("invalid YAML: \(problem)", at: mark)
        default:
            var mark = unsafe Self.mark(parser.pointee.problem_mark)
            // At its end libyaml counts one line more than there is.
            let end = source.mark(atByte: source.bytes.count)
            if mark.line > end.line { mark = end }
            var related: [Diagnostic.Related] = []
            if let context = unsafe Self.text(parser.pointee.context) {
                let start = unsafe Self.mark(parser.pointee.context_mark)
                if start != mark { related = [.init(message: context, mark: start)] }
            }
            return YAMLError(
                "invalid YAML: \(problem)",
                at: mark,
                help: YAMLHint.help(for: problem, in: source, at: mark),
                related: related
            )
        }
    }

    private static func mark(_ mark: yaml_mark_t) -> SourceMark {
        SourceMark(line: mark.line + 1, column: mark.column + 1)
    }

    private static func mark(from start: yaml_mark_t, to end: yaml_mark_t) -> SourceMark {
        let length = start.line == end.line ? end.column - start.column : 1
        return SourceMark(line: start.line + 1, column: start.column + 1, length: length)
    }

    private static func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .plain
        }
    }

    /// Returns a copy of a NUL-terminated string of libyaml's, which may be absent.
    private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }
}
