internal import CExpat

/// Builds elements from the events of one parse.
@safe
final class XMLSink {
    /// Stands between a namespace and a name: no URI contains it.
    static let separator = UInt8(ascii: "|")

    /// Valid as long as the parse that this sink belongs to.
    private let parser: XML_Parser
    private var open: [XMLElement] = []
    private var count = 0
    /// The document's outermost element, once it was closed.
    private(set) var root: XMLElement?
    /// Why the parse was stopped, or nil.
    private(set) var failure: String?

    /// Creates the sink of `parser`.
    @unsafe
    init(parser: XML_Parser) {
        unsafe self.parser = unsafe parser
    }

    func open(_ qualified: String) {
        guard failure == nil else { return }
        count += 1
        guard open.count < XMLReader.maximumDepth, count <= XMLReader.maximumElements else {
            fail("it has too many or too deep elements")
            return
        }
        let name = qualified.utf8.lastIndex(of: Self.separator).map { qualified[qualified.utf8.index(after: $0)...] }
        let element = XMLElement(name: String(name ?? qualified[...]))
        open.last?.children.append(element)
        open.append(element)
    }

    func close() {
        guard failure == nil, let element = open.popLast() else { return }
        if open.isEmpty { root = element }
    }

    /// Adds character data, of which expat may hand over a text in several pieces.
    func append(_ bytes: UnsafeRawBufferPointer) {
        guard failure == nil else { return }
        unsafe open.last?.text.append(contentsOf: bytes)
    }

    func fail(_ reason: String) {
        failure = reason
        _ = unsafe XML_StopParser(parser, XML_Bool(XML_FALSE))
    }
}
