/// Names as C functions take them.
enum CString {
    /// Returns the bytes with a NUL behind them; a name of the file system holds none.
    static func make(_ bytes: [UInt8]) -> [CChar] {
        bytes.map { CChar(bitPattern: $0) } + [0]
    }
}
