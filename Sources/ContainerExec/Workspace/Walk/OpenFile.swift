internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A file held open for reading.
struct OpenFile: ~Copyable {
    private let descriptor: CInt

    init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Returns what stat(2) says of the file that is open, which may be another than its name had before.
    func status() throws(SystemError) -> FileStatus {
        var info = stat()
        guard unsafe fstat(descriptor, &info) == 0 else { throw SystemError(operation: "read", errno: errno) }
        return FileStatus(info)
    }

    /// Reads into `buffer` from `offset` and returns the bytes read; 0 at the end.
    func read(into buffer: inout [UInt8], count: Int, at offset: Int64) throws(SystemError) -> Int {
        while true {
            // The bytes go into the buffer's own storage, never beyond it.
            let received = unsafe buffer.withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress, min(count, $0.count), off_t(offset))
            }
            if received >= 0 { return received }
            guard errno == EINTR else { throw SystemError(operation: "read", errno: errno) }
        }
    }

    /// Reads what comes next of a pipe, waiting for it, and returns the bytes read; 0 at the end.
    func readNext(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        while true {
            // The bytes go into the buffer's own storage, never beyond it.
            let received = unsafe buffer.withUnsafeMutableBytes {
                unsafe Self.read(descriptor, $0.baseAddress, $0.count)
            }
            if received >= 0 { return received }
            guard errno == EINTR else { throw SystemError(operation: "read", errno: errno) }
        }
    }

    private static func read(_ descriptor: CInt, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
        unsafe Darwin.read(descriptor, start, count)
        #else
        unsafe Glibc.read(descriptor, start, count)
        #endif
    }

    /// Returns the parts of the file's first `size` bytes that hold data; all of it where that cannot be told.
    func extents(size: Int64) -> [FileExtent] {
        let whole = [FileExtent(offset: 0, length: size)]
        var extents: [FileExtent] = []
        var position: Int64 = 0
        while position < size {
            let start = Int64(lseek(descriptor, off_t(position), Self.seekData))
            if start < 0 {
                // Nothing but a hole is left; any other failure means that the file system keeps no such record.
                guard errno == ENXIO else { return whole }
                break
            }
            guard start < size else { break }
            let end = min(Int64(lseek(descriptor, off_t(start), Self.seekHole)), size)
            guard end > start, extents.count < 4_096 else { return whole }
            extents.append(FileExtent(offset: start, length: end - start))
            position = end
        }
        return extents
    }

    // The headers show these only to programs that ask for more than POSIX.
    #if canImport(Darwin)
    private static let seekHole: CInt = 3
    private static let seekData: CInt = 4
    #else
    private static let seekData: CInt = 3
    private static let seekHole: CInt = 4
    #endif
}
