import FoundationEssentials
import SystemPackage

@testable import ManifestRunner

/// A writer whose two streams are files, or one.
struct WrittenFiles: ~Copyable {
    let writer: OutputWriter
    private let folder: String

    init(isOneScreen: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.path + "/okteto-run-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let files = try ["out", isOneScreen ? "out" : "err"].map { [folder] name in
            try FileDescriptor.open(
                FilePath(folder + "/" + name),
                .writeOnly,
                options: [.create, .append],
                permissions: [.ownerReadWrite]
            )
        }
        writer = OutputWriter(sharesTerminal: isOneScreen, descriptors: files)
        self.files = files
    }

    private let files: [FileDescriptor]

    var output: String { read("out") }
    var errors: String { read("err") }

    private func read(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: folder + "/" + name) ?? Data(), as: UTF8.self)
    }

    deinit {
        for file in files { try? file.close() }
        try? FileManager.default.removeItem(atPath: folder)
    }
}

extension OutputLane {
    func print(_ text: String, to target: OutputWriter.Target = .standardOutput) {
        let bytes = Array(text.utf8)
        _ = write(bytes.span.bytes, to: target)
    }
}
