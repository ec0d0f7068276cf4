internal import ContainerExec
internal import CredentialInjector

/// Joins the digest of libcrypto to the scan of a workspace.
final class WorkspaceDigester: ContentDigester {
    private let digest: ContentDigest

    /// - Throws: ``CredentialError`` when libcrypto refuses.
    init() throws {
        digest = try ContentDigest()
    }

    func update(_ bytes: RawSpan) { digest.update(bytes) }

    func finish() throws -> [UInt8] { try digest.finish() }
}
