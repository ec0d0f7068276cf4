internal import ContainerExec

extension SuccessRecord {
    /// The most bytes of a record that is read: for ``ContentListing/limit`` files with long names.
    static let byteLimit = 16 << 20

    /// What a record begins with; another version is none.
    private static let mark = Array("okteto-run success 1\n".utf8)

    /// The record as bytes.
    var bytes: [UInt8] {
        var writer = RecordWriter()
        writer.write(Self.mark)
        writer.write(date)
        writer.write(hasFailedSince ? 1 : 0 as UInt64)
        writer.write(UInt64(inputs.parts.count))
        for part in inputs.parts {
            writer.write(Array(part.name.utf8))
            writer.write(part.hash)
        }
        writer.write(files.sum)
        writer.write(files.outputSum)
        writer.write(files.entries == nil ? 0 : 1 as UInt64)
        writer.write(UInt64(files.entries?.count ?? 0))
        var before: [UInt8] = []
        for entry in files.entries ?? [] {
            // Names of one folder begin alike.
            let shared = zip(entry.path, before).prefix { $0 == $1 }.count
            writer.write(UInt64(shared))
            writer.write(Array(entry.path.dropFirst(shared)))
            before = entry.path
            writer.write(UInt64(entry.kind.rawValue) << 1 | (entry.isOutput ? 1 : 0))
            writer.write(UInt64(entry.mode))
            guard entry.kind != .folder else { continue }
            writer.write(entry.hash)
            writer.write(entry.stamp.size)
            writer.write(entry.stamp.modified)
            writer.write(entry.stamp.changed)
            writer.write(entry.stamp.device)
            writer.write(entry.stamp.inode)
        }
        return writer.bytes
    }

    /// Reads a record; nil for bytes that are none.
    init?(bytes: [UInt8]) {
        var reader = RecordReader(bytes)
        guard reader.bytes() == Self.mark, let date = reader.signed(), let failed = reader.number(), failed <= 1,
            let partCount = reader.count()
        else { return nil }
        var parts: [TestInputs.Part] = []
        for _ in 0..<partCount {
            guard let name = reader.text(), let hash = reader.hash() else { return nil }
            parts.append(TestInputs.Part(name: name, hash: hash))
        }
        guard let sum = reader.hash(), let outputSum = reader.hash(), let isWhole = reader.number(), isWhole <= 1,
            let count = reader.count()
        else { return nil }
        var entries: [ContentEntry] = []
        var before: [UInt8] = []
        for _ in 0..<count {
            guard let entry = Self.entry(&reader, after: before) else { return nil }
            entries.append(entry)
            before = entry.path
        }
        guard reader.isAtEnd else { return nil }
        self.init(
            date: date,
            hasFailedSince: failed == 1,
            inputs: TestInputs(parts),
            files: ContentListing(entries: isWhole == 1 ? entries : nil, sum: sum, outputSum: outputSum)
        )
    }

    private static func entry(_ reader: inout RecordReader, after before: [UInt8]) -> ContentEntry? {
        guard let shared = reader.number(), shared <= UInt64(before.count), let rest = reader.bytes(),
            let kindAndPlace = reader.number(),
            let kind = UInt8(exactly: kindAndPlace >> 1).flatMap({ ContentEntry.Kind(rawValue: $0) }),
            let mode = reader.number().flatMap({ UInt32(exactly: $0) })
        else { return nil }
        var stamp = FileStamp.unknown
        var hash = ContentHash.none
        if kind != .folder {
            guard let known = reader.hash(), let size = reader.signed(), let modified = reader.signed(),
                let changed = reader.signed(), let device = reader.number(), let inode = reader.number()
            else { return nil }
            hash = known
            stamp = FileStamp(size: size, modified: modified, changed: changed, device: device, inode: inode)
        }
        return ContentEntry(
            path: Array(before.prefix(Int(shared))) + rest,
            kind: kind,
            mode: mode,
            isOutput: kindAndPlace & 1 == 1,
            stamp: stamp,
            hash: hash
        )
    }
}
