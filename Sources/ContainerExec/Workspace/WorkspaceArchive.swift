internal import ProcessEnvironment

/// A folder of the user's machine as a tar archive that a container's file system takes in.
///
/// Everything in it belongs to user and group 0, as in Okteto; modes and times of change are kept, links stay links.
/// Names are bytes and need not be text. The files are read as the archive is written, so memory stays flat; a file
/// that is gone or shorter by then is an error, since the commands would run on a folder that never existed so.
package struct WorkspaceArchive: Sendable {
    /// Decides about a path relative to the folder, without a slash at its ends; the Boolean tells a folder.
    package typealias Filter = @Sendable (_ path: [UInt8], _ isFolder: Bool) -> WorkspaceDecision

    /// The folder's path, or nil for an archive of files from memory alone.
    package let folder: String?
    /// Where its contents land, relative to the archive's root.
    package let destination: String
    /// Files from memory, written first.
    package let extraFiles: [MemoryFile]

    /// Whether there is nothing to put in it, not even an empty folder.
    package var isEmpty: Bool { folder == nil && extraFiles.isEmpty }
    /// Says what is copied.
    package let filter: Filter

    /// Creates an archive; nothing is read yet.
    package init(
        folder: String?,
        destination: String = "okteto/src",
        extraFiles: [MemoryFile] = [],
        filter: @escaping Filter = { _, _ in .include }
    ) {
        self.folder = folder
        self.destination = destination
        self.extraFiles = extraFiles
        self.filter = filter
    }

    /// Writes the archive to `sink`, blocking the thread, and returns what it holds.
    ///
    /// `progress` is called after each file, link and folder.
    ///
    /// - Throws: ``ContainerExecError`` with the code `workspace` when something cannot be read, and whatever the sink
    ///   throws; what was written until then is no archive.
    package func write(
        progress: @escaping (WorkspaceSummary) -> Void = { _ in },
        to sink: @escaping ArchiveSink
    ) throws(ContainerExecError) -> WorkspaceSummary {
        var walk = try WorkspaceWalk(archive: self, writer: .open(sink: sink), progress: progress)
        return try walk.run()
    }

    /// Returns the whole archive when it is small and any tar program can read it, blocking the thread; else nil.
    ///
    /// It gives up as soon as more than `limit` bytes have come together, a name does not fit ustar, or a symbolic link
    /// comes, whose time BusyBox does not keep. What cannot be read is no error here: ``write(progress:to:)``, which
    /// takes over then, reports it.
    package func packed(limit: Int) -> PackedWorkspace? {
        let pack = Pack(limit: limit)
        do {
            var walk = try WorkspaceWalk(
                archive: self,
                writer: .open(.ustar) { (bytes) throws(ContainerExecError) in try pack.append(bytes) },
                repeatsFolders: true,
                progress: { _ in }
            )
            let summary = try walk.run()
            return summary.links == 0 ? PackedWorkspace(archive: pack.bytes, summary: summary) : nil
        } catch {
            return nil
        }
    }

    /// The bytes of a small archive, of one thread.
    private final class Pack {
        let limit: Int
        private(set) var bytes: [UInt8] = []

        init(limit: Int) {
            self.limit = limit
        }

        func append(_ piece: RawSpan) throws(ContainerExecError) {
            guard bytes.count + piece.byteCount <= limit else {
                throw ContainerExecError(.workspace, "the archive is larger than \(limit) bytes")
            }
            unsafe piece.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        }
    }
}
