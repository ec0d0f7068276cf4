internal import Synchronization

/// The folders that are watched, by the numbers that the system gave them.
final class FolderNumbers: Sendable {
    private let paths = Mutex<[CInt: [UInt8]]>([:])

    func set(_ number: CInt, _ path: [UInt8]) { paths.withLock { $0[number] = path } }

    func remove(_ number: CInt) { paths.withLock { $0[number] = nil } }

    func path(_ number: CInt) -> [UInt8]? { paths.withLock { $0[number] } }

    /// The numbers of a folder and all that are in it.
    func numbers(in path: [UInt8]) -> [CInt] {
        paths.withLock { paths in
            paths.filter { $0.value == path || $0.value.starts(with: path + [UInt8(ascii: "/")]) }.map(\.key)
        }
    }
}
