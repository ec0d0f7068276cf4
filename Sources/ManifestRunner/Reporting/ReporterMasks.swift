internal import ContainerExec
internal import ProcessEnvironment
internal import Synchronization

/// Masks secrets in okteto-run's own lines.
///
/// No message is made of a secret; but some cite what a server or a program said, and that may be anything.
final class ReporterMasks: Sendable {
    private let masker = Mutex(SecretMasker())

    /// Masks secrets from now on.
    func add(_ secrets: [Secret]) {
        masker.withLock { $0.add(secrets) }
    }

    /// Returns the text with all secrets masked that are known by now.
    func concealed(_ text: String) -> String {
        var masker = masker.withLock { $0 }
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        let append: (RawSpan) -> Void = { piece in
            unsafe piece.withUnsafeBytes { unsafe result.append(contentsOf: $0) }
        }
        unsafe masker.consume(bytes.span.bytes, emit: append)
        masker.finish(emit: append)
        return String(decoding: result, as: UTF8.self)
    }
}
