internal import CPlatform
internal import FoundationEssentials
internal import ProcessEnvironment
internal import SystemPackage

/// Output that is held until its turn comes, in memory and, where it is more than a few MiB, in a file without a name.
struct HeldBlock {
    /// What a piece is.
    enum Kind: UInt8, CaseIterable {
        case output
        case errors
        case ownOutput
        case ownErrors
    }

    /// What is kept in memory.
    static let memory = 4 << 20

    private static let headBytes = 5

    /// Pieces: the kind, the size in four bytes, the lowest first, and the bytes.
    private var bytes: [UInt8] = []
    private var file: FileDescriptor?
    private var fileBytes: Int64 = 0

    /// What of a run's ``HeldBudget`` it takes.
    var share: HeldBudget.Share { HeldBudget.Share(bytes: bytes.count, files: file == nil ? 0 : 1) }

    /// Adds a piece.
    ///
    /// - Throws: `Errno` when the file cannot be written; nothing is added then, and what was held before still is.
    mutating func append(_ piece: UnsafeRawBufferPointer, _ kind: Kind) throws {
        let room = Self.memory - bytes.count - Self.headBytes
        if piece.count > room { try spill() }
        var start = 0
        repeat {
            let end = min(start + Self.memory / 2, piece.count)
            let size = UInt32(end - start)
            if bytes.count + Self.headBytes + Int(size) > Self.memory { try spill() }
            bytes += [kind.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: size >> ($0 * 8)) }
            unsafe bytes.append(contentsOf: piece[start..<end])
            start = end
        } while start < piece.count
    }

    /// Hands on everything that is held, in its order, and holds nothing any more.
    ///
    /// - Throws: `Errno` when the file cannot be read; what follows in it is lost.
    mutating func release(_ body: (UnsafeRawBufferPointer, Kind) -> Void) throws {
        defer {
            try? file?.close()
            self = HeldBlock()
        }
        if let file {
            var rest: [UInt8] = []
            var offset: Int64 = 0
            while offset < fileBytes {
                var chunk = [UInt8](repeating: 0, count: min(256 << 10, Int(fileBytes - offset)))
                let position = offset
                let count = try unsafe chunk.withUnsafeMutableBytes {
                    unsafe try file.read(fromAbsoluteOffset: position, into: $0)
                }
                guard count > 0 else { throw Errno.ioError }
                offset += Int64(count)
                rest += chunk[..<count]
                unsafe rest.removeFirst(Self.give(rest, body))
            }
        }
        _ = unsafe Self.give(bytes, body)
    }

    /// Hands on the whole pieces, and returns how many bytes they are.
    private static func give(_ bytes: [UInt8], _ body: (UnsafeRawBufferPointer, Kind) -> Void) -> Int {
        unsafe bytes.withUnsafeBytes { all in
            var start = 0
            while all.count - start >= headBytes, let kind = unsafe Kind(rawValue: all[start]) {
                let size = (0..<4).reduce(0) { unsafe $0 | Int(all[start + 1 + $1]) << ($1 * 8) }
                let end = start + headBytes + size
                guard end <= all.count else { break }
                unsafe body(UnsafeRawBufferPointer(rebasing: all[(start + headBytes)..<end]), kind)
                start = end
            }
            return start
        }
    }

    /// Moves what is in memory to the end of the file.
    private mutating func spill() throws {
        guard !bytes.isEmpty else { return }
        let file = try self.file ?? Self.makeFile()
        self.file = file
        let position = fileBytes
        // Another write at the same place takes the place of one that failed.
        _ = try unsafe bytes.withUnsafeBytes { unsafe try file.writeAll(toAbsoluteOffset: position, $0) }
        fileBytes += Int64(bytes.count)
        // Its memory is another one's now.
        bytes = []
    }

    private static func makeFile() throws -> FileDescriptor {
        var descriptor: CInt = -1
        let code = unsafe oktetorun_open_unnamed_file(FileManager.default.temporaryDirectory.path, &descriptor)
        guard code == 0 else { throw Errno(rawValue: code) }
        return FileDescriptor(rawValue: descriptor)
    }
}
