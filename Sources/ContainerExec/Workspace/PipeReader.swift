internal import ProcessEnvironment

/// The reading end of a pipe, closed with the last reference.
final class PipeReader {
    private let file: OpenFile

    init(_ file: consuming OpenFile) {
        self.file = file
    }

    /// Fills the buffer with what has come; returns 0 when the writer has closed its end.
    func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        try file.readNext(into: &buffer)
    }
}
