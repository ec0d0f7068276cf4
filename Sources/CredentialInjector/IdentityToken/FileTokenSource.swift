package import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A token in a file, as Kubernetes and CI systems put it there.
///
/// The file is opened and read whole each time: Kubernetes replaces it under the same name when it rotates the token.
package struct FileTokenSource: IdentityTokenSource {
    private let path: String

    /// Creates a source that reads the file at `path`; symbolic links are followed.
    package init(path: String) {
        self.path = path
    }

    package var name: String { TokenSourceDescription.file(path: path).description }

    package func fetch() async throws(CredentialError) -> Secret {
        do {
            // A file may be on a network file system that hangs, so not on the cooperative pool.
            return try await DedicatedThread.run { try read() }
        } catch let error as CredentialError {
            throw error
        } catch {
            throw CredentialError(.tokenSource, "the \(name) cannot be read: \(error)")
        }
    }

    private func read() throws(CredentialError) -> Secret {
        guard !path.utf8.contains(0) else { throw failure("has a NUL in its name") }
        // Without O_NONBLOCK, opening a FIFO would wait for a writer.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw failure("cannot be opened: \(SystemError(operation: "open", errno: errno).reason)")
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure("cannot be read") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw failure(isFolder ? "is a folder" : "is not a regular file")
        }
        // One byte more than allowed tells a file that is too large.
        var bytes = [UInt8](repeating: 0, count: IdentityToken.maximumSourceBytes + 1)
        defer { Cleanser.cleanse(&bytes) }
        var count = 0
        while count < bytes.count {
            let length = bytes.count - count
            let result = unsafe bytes.withUnsafeMutableBytes { buffer -> Int in
                guard let start = buffer.baseAddress else { return 0 }
                // The offset and length stay within the buffer.
                return unsafe Self.read(descriptor, start + count, length)
            }
            if result < 0 && errno == EINTR { continue }
            guard result >= 0 else {
                throw failure("cannot be read: \(SystemError(operation: "read", errno: errno).reason)")
            }
            if result == 0 { break }
            count += result
        }
        guard count > 0 else { throw failure("is empty") }
        guard count <= IdentityToken.maximumSourceBytes else { throw failure("is too large for an identity token") }
        return Secret(bytes: Array(bytes[..<count]))
    }

    /// Names the system's function apart from the method.
    private static func read(_ descriptor: CInt, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.read(descriptor, start, count)
        #else
        unsafe Darwin.read(descriptor, start, count)
        #endif
    }

    private func failure(_ what: String) -> CredentialError {
        CredentialError(
            .tokenSource,
            "the \(name) \(what)",
            nextStep: "point --token-file (or AWS_WEB_IDENTITY_TOKEN_FILE) to the file that holds the identity token"
        )
    }
}
