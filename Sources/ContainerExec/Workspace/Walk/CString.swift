/// Names as C functions take them.
enum CString {
    /// Returns the bytes with a NUL behind them; a name of the file system holds none.
    static func make(_ bytes: [UInt8]) -> [CChar] {
        bytes.map { CChar(bitPattern: $0) } + [0]
    }

    /// Returns the bytes before the first NUL.
    static func bytes(_ characters: some Sequence<CChar>) -> [UInt8] {
        characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    }
}
