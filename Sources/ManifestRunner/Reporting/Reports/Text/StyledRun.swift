/// A piece of a line in one style.
struct StyledRun: Sendable, Hashable {
    /// Its text in UTF-8, as it came: it may be none.
    let bytes: ArraySlice<UInt8>
    let style: TextStyle

    init(bytes: ArraySlice<UInt8>, style: TextStyle) {
        self.bytes = bytes
        self.style = style
    }

    init(text: String, style: TextStyle) {
        self.init(bytes: Array(text.utf8)[...], style: style)
    }

    /// The text; bytes that are no UTF-8 become U+FFFD.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    static func == (one: StyledRun, other: StyledRun) -> Bool {
        one.style == other.style && one.bytes.elementsEqual(other.bytes)
    }
}
