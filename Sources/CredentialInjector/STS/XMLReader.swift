internal import CExpat

/// Reads a small XML document into elements, within bounds.
///
/// Documents with a DOCTYPE are refused: only with one can there be entities that grow, or that name files.
/// See the expat manual.
enum XMLReader {
    /// The bytes that a document may have: an answer of STS has some thousand.
    static let maximumBytes = 256 << 10
    /// How deep elements may nest; STS nests five.
    static let maximumDepth = 16
    /// How many elements there may be.
    static let maximumElements = 1000

    /// Returns the document's root.
    ///
    /// - Throws: ``XMLReaderError`` when the document is not well formed or out of bounds.
    static func read(_ bytes: [UInt8]) throws(XMLReaderError) -> XMLElement {
        guard bytes.count <= maximumBytes else { throw XMLReaderError(reason: "it is larger than 256 KiB") }
        // With a separator, names become `uri|name`; with UTF-8 given, a prolog cannot choose another encoding.
        guard let parser = unsafe XML_ParserCreateNS("UTF-8", XML_Char(XMLSink.separator)) else {
            throw XMLReaderError(reason: "there is no memory left")
        }
        defer { unsafe XML_ParserFree(parser) }
        let sink = unsafe XMLSink(parser: parser)
        // The sink outlives the parse, so the unretained reference in the callbacks is good.
        let isParsed = withExtendedLifetime(sink) {
            unsafe XML_SetUserData(parser, Unmanaged.passUnretained(sink).toOpaque())
            unsafe install(on: parser)
            return unsafe bytes.withUnsafeBytes { buffer -> Bool in
                let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                return unsafe XML_Parse(parser, start, CInt(buffer.count), CInt(XML_TRUE)) == XML_STATUS_OK
            }
        }
        if let failure = sink.failure { throw XMLReaderError(reason: failure) }
        guard isParsed, let root = sink.root else {
            let line = unsafe XML_GetCurrentLineNumber(parser)
            throw XMLReaderError(reason: "it is not well formed at line \(line)")
        }
        return root
    }

    /// The callbacks get the sink as their user data; expat calls them on this thread during the parse alone.
    private static func install(on parser: XML_Parser) {
        unsafe XML_SetElementHandler(
            parser,
            { user, name, _ in
                guard let user = unsafe user, let name = unsafe name else { return }
                let sink = unsafe Unmanaged<XMLSink>.fromOpaque(user).takeUnretainedValue()
                unsafe sink.open(String(cString: name))
            },
            { user, _ in
                guard let user = unsafe user else { return }
                unsafe Unmanaged<XMLSink>.fromOpaque(user).takeUnretainedValue().close()
            }
        )
        unsafe XML_SetCharacterDataHandler(parser) { user, text, count in
            guard let user = unsafe user else { return }
            let sink = unsafe Unmanaged<XMLSink>.fromOpaque(user).takeUnretainedValue()
            unsafe sink.append(UnsafeRawBufferPointer(start: text, count: Int(count)))
        }
        unsafe XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
            guard let user = unsafe user else { return }
            unsafe Unmanaged<XMLSink>.fromOpaque(user).takeUnretainedValue().fail("it has a DOCTYPE")
        }
    }
}
