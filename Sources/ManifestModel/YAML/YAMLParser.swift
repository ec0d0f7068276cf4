internal import CLibYAML

/// Owns a libyaml parser and the bytes that it reads (https://pyyaml.org/wiki/LibYAML).
@safe struct YAMLParser: ~Copyable {
    // libyaml keeps pointers into both: they are allocated once and never move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// Creates a parser of a copy of the bytes.
    init(_ bytes: [UInt8]) throws(YAMLFailure) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        _ = unsafe input.initialize(from: bytes)
        unsafe self.parser = parser
        unsafe self.input = input
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            throw YAMLFailure(message: "out of memory", mark: nil)
        }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deinitialize(count: 1)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// Returns the next event.
    mutating func next() throws(YAMLFailure) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe YAMLEvent(event)
    }

    private var failure: YAMLFailure {
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "not valid YAML"
        let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) }
        let message = [context, problem].compactMap { $0 }.joined(separator: ", ")
        // For a byte that cannot be read libyaml sets an offset into the bytes, and no mark.
        if unsafe parser.pointee.error == YAML_READER_ERROR {
            return unsafe YAMLFailure(message: message, mark: mark(ofByte: parser.pointee.problem_offset))
        }
        return unsafe YAMLFailure(message: message, mark: SourceMark(parser.pointee.problem_mark))
    }

    private func mark(ofByte offset: Int) -> SourceMark {
        let before = unsafe Array(input.prefix(offset))
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return SourceMark(
            line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            column: String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1
        )
    }
}

extension SourceMark {
    /// libyaml counts from 0.
    init(_ mark: yaml_mark_t) {
        self.init(line: mark.line + 1, column: mark.column + 1)
    }
}
